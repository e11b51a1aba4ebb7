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
        let sealed = try seal(submission)
        return try await submit(weight: sealed.weight, events: sealed.events) { (transaction) throws(StorageError) in
            try transaction.append(sealed)
        }
    }

    /// Appends many submissions in one commit, each all or nothing and none keeping the others out. One answer each, in their
    /// order. Throws only when nothing could be stored at all.
    ///
    /// - Parameter key: the key of the program that sends; see ``append(_:under:)``.
    package func append(
        _ submissions: [Submission], under key: APIKey? = nil
    ) async throws(StorageError) -> [Result<[Appended], StorageError>] {
        var sealed: [Result<SealedSubmission, StorageError>] = []
        sealed.reserveCapacity(submissions.count)
        for submission in submissions {
            do throws(StorageError) {
                sealed.append(.success(try seal(submission)))
            } catch {
                guard case .refused = error else { throw error }
                sealed.append(.failure(error))
            }
        }
        let all = sealed
        let good = all.compactMap { try? $0.get() }
        guard !good.isEmpty || key != nil else { return all.map { $0.map { _ in [] } } }
        return try await submit(weight: good.reduce(1) { $0 + $1.weight }, events: good.flatMap(\.events)) {
            (transaction) throws(StorageError) in
            if let key { try transaction.demand(key) }
            var answers: [Result<[Appended], StorageError>] = []
            answers.reserveCapacity(all.count)
            for one in all {
                switch one {
                case .failure(let error): answers.append(.failure(error))
                case .success(let submission):
                    do throws(StorageError) {
                        answers.append(.success(try transaction.append(submission)))
                    } catch {
                        guard case .refused = error, transaction.session.isInTransaction else { throw error }
                        answers.append(.failure(error))
                    }
                }
            }
            return answers
        }
    }

    /// A submission ready for the writer: events bound, words sealed, the code hashed.
    func seal(_ submission: Submission) throws(StorageError) -> SealedSubmission {
        var prepared: [PreparedEvent] = []
        prepared.reserveCapacity(submission.events.count)
        for event in submission.events {
            do throws(PreparedEvent.Refused) {
                prepared.append(try PreparedEvent(event))
            } catch {
                throw .refused(error.reason.description)
            }
        }
        var tracking: (agency: String, hash: String, journey: String)?
        if let given = submission.tracking {
            tracking = (given.agency.text, try hash(of: given.code), given.journey.text)
        }
        return SealedSubmission(
            events: prepared, words: try seal(submission.words), tracking: tracking,
            messages: try seal(submission.messages), audit: submission.audit, mark: submission.mark)
    }
}

/// What the writer needs of a submission.
struct SealedSubmission: Sendable {
    let events: [PreparedEvent]
    let words: [SealedWords]
    let tracking: (agency: String, hash: String, journey: String)?
    let messages: [SealedMessage]
    let audit: [AuditEntry]
    let mark: IntakeMark?

    /// Rows it will write, about.
    var weight: Int { events.count + words.count }
    /// One event and nothing else: it is stored or not by itself, without a savepoint around it.
    var isPlain: Bool {
        events.count == 1 && words.isEmpty && tracking == nil && messages.isEmpty && audit.isEmpty && mark == nil
    }
}
