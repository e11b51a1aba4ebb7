package import Experience

/// A text message on its way out.
package struct SMSText: Hashable, Sendable {
    /// E.164.
    package var to: String
    package var body: String
    /// The message's id in the outbox, the same at every attempt.
    package var id: String
    package var language: Language

    package init(to: String, body: String, id: String, language: Language) {
        self.to = to
        self.body = body
        self.id = id
        self.language = language
    }
}

package enum SMSResult: Hashable, Sendable {
    case accepted
    /// The carrier may take it later, or could not be reached; or the mistake is ours to mend.
    case later(String)
    /// It never will.
    case refused(String)
    /// The carrier knows that this person said STOP.
    case stopped
}

/// Who carries text messages. To add one is a file of its own and a word in ``SMSSettings``.
package protocol SMSProvider: Sendable {
    /// Never throws and repeats nothing personal in its reasons.
    func send(_ text: SMSText) async -> SMSResult
}
