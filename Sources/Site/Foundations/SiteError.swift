/// What keeps a request from being served. Carries nothing a person typed: it may be logged.
package enum SiteError: Error, Hashable, Sendable {
    case notFound
    case serviceUnknown
    case codeUnknown
    case journeyUnknown
    /// Unsent answers that are not there: sent, expired, or never kept.
    case answersUnknown
    /// The form's token is missing, old or another browser's.
    case formExpired
    case crossSite
    case signInNeeded(returnTo: String)
    case notAllowed
    /// The account must have a second factor and has none.
    case secondFactorNeeded
    case linkUsed
    case tooManyTries
    case tooLarge
    case malformed
    case unavailable
    /// A file is not handed out: the malware scan found something in it, or gave no verdict.
    case fileInfected
    case fileUnchecked
}
