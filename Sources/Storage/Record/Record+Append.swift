package import Experience

extension Record {
    /// Appends events; one answer each, in their order. Each stands for itself: a refused or known event does not
    /// keep the others out. Throws only when nothing could be stored at all.
    ///
    /// - Parameter key: the key of the program that sends. Whether it still stands is settled in the same commit, so a
    ///   caller may remember good keys: ``StorageError/keyRevoked`` tells it to forget one.
    package func append(
        _ events: [Event], under key: APIKey? = nil
    ) async throws(StorageError) -> [Appended] {
        guard !events.isEmpty else { return [] }
        var prepared: [PreparedEvent] = []
        prepared.reserveCapacity(events.count)
        var refused: [Int: Appended] = [:]
        for (position, event) in events.enumerated() {
            do throws(PreparedEvent.Refused) {
                prepared.append(try PreparedEvent(event))
            } catch {
                refused[position] = .refused(error.reason)
            }
        }
        let good = prepared
        guard !good.isEmpty else { return events.indices.compactMap { refused[$0] } }
        let stored = try await submit(weight: good.count, events: good) { (transaction) throws(StorageError) in
            if let key { try transaction.demand(key) }
            var answers: [Appended] = []
            answers.reserveCapacity(good.count)
            for event in good { answers.append(try transaction.append(event)) }
            return answers
        }
        if refused.isEmpty { return stored }
        var answers: [Appended] = []
        var next = stored.makeIterator()
        for position in events.indices {
            if let answer = refused[position] ?? next.next() { answers.append(answer) }
        }
        return answers
    }

    /// Appends one event.
    package func append(_ event: Event) async throws(StorageError) -> Appended {
        try await append([event])[0]
    }

    /// Appends a request or a response with its words and its tracking code: all of it or nothing. Throws
    /// ``StorageError/refused(_:)`` when one of the events meets a rule it breaks. Sent again it changes nothing.
    package func append(_ submission: Submission) async throws(StorageError) -> [Appended] {
        var prepared: [PreparedEvent] = []
        for event in submission.events {
            do throws(PreparedEvent.Refused) {
                prepared.append(try PreparedEvent(event))
            } catch {
                throw .refused(error.reason.description)
            }
        }
        let words = try seal(submission.words)
        var tracking: (agency: String, hash: String, journey: String)?
        if let given = submission.tracking {
            tracking = (given.agency.text, try hash(of: given.code), given.journey.text)
        }
        let (events, code, mark) = (prepared, tracking, submission.mark)
        let (messages, audit) = (try seal(submission.messages), submission.audit)
        return try await submit(weight: events.count + words.count, events: events) {
            (transaction) throws(StorageError) in
            try transaction.append(
                events, words: words, tracking: code, messages: messages, audit: audit, mark: mark)
        }
    }
}
