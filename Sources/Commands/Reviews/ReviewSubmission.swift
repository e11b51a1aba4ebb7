internal import Analyses
internal import Channels
internal import Experience
internal import Storage

/// A public review as it goes into the record. The host's copy is public, ours is redacted all the same.
enum ReviewSubmission {
    static func make(_ event: Event, _ review: ReviewPage.Review) -> Submission {
        let subject = VaultSubject.response(event)
        var words: [VaultEntry] = []
        if !review.text.isEmpty {
            words.append(VaultEntry(subject: subject, field: "words", text: IntakeWords(review.text).shown))
        }
        if let reply = review.reply {
            words.append(VaultEntry(subject: subject, field: "reply", text: IntakeWords(reply).shown))
        }
        return Submission(events: [event], words: words)
    }
}
