/// Why the analytics server gave no answer. None repeats data or a password.
package enum AnalyticsError: Error, Hashable, Sendable, CustomStringConvertible {
    case badAddress(String)
    case unreachable(host: String, why: String)
    /// A server of the cluster is gone: what the others know would be a smaller number than the truth.
    case shardMissing(String)
    /// Fewer events answered than were fed.
    case incomplete(found: Int64, expected: Int64)
    case notSetUp(database: String)
    case neverFed
    case refused(code: Int, String)
    case unreadable(String)
    case tooLarge
    case cannot(String)

    package var description: String {
        switch self {
        case .badAddress(let why):
            "this is no analytics server: \(why). Write \(AnalyticsAddress.form)."
        case .unreachable(let host, let why):
            "the analytics server at \(host) can't be reached (\(why)); check that it runs and the address."
        case .shardMissing(let why):
            "a server of the analytics cluster does not answer, and without it every number would be too small, "
                + "so none is given. Bring it back and ask again. (\(why))"
        case .incomplete(let found, let expected):
            "the analytics servers hold \(found) of the \(expected) events fed to them, so no number is given. "
                + "Bring the missing server back, or feed anew with “throughline analytics setup --again”."
        case .notSetUp(let database):
            "the analytics database “\(database)” is not set up; run “throughline analytics setup”."
        case .neverFed: "nothing was fed to the analytics server yet; run “throughline analytics feed”."
        case .refused(let code, let why): "the analytics server refused (\(code)): \(why)"
        case .unreadable(let what): "the analytics server's answer can't be read: \(what)."
        case .tooLarge: "the answer is larger than a gigabyte; ask about fewer journeys."
        case .cannot(let what): "the analytics server does not answer this: \(what). Ask without --analytics."
        }
    }
}
