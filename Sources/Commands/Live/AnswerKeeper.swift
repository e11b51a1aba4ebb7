package import Analyses
package import Experience
package import Storage
internal import Synchronization

/// Every service's answers in columns, kept up by the tail of the record. A page takes what is there and works on it.
package final class AnswerKeeper: Sendable {
    private struct Kept {
        var columns: [ServiceID: ResponseColumns] = [:]
        /// Keys of answers that are kept out of scores.
        var held: [ServiceID: Set<UInt64>] = [:]
        /// The last event of the record that was taken up.
        var sequence: Int64 = 0
        /// Versions that were answered and were not known.
        var guesses: Set<Guess> = []
    }

    private struct Guess: Hashable {
        var service: ServiceID
        var form: Slug
        var version: Int
    }

    private let kept = Mutex(Kept())
    private let form: @Sendable (ServiceID, Slug, Int) -> FormDefinition?

    /// - Parameter form: a form in the version that was answered, or the nearest there is.
    package init(form: @escaping @Sendable (ServiceID, Slug, Int) -> FormDefinition?) { self.form = form }

    package subscript(service: ServiceID) -> ResponseColumns {
        kept.withLock { $0.columns[service] } ?? ResponseColumns()
    }

    /// Reads every answer and offer of the record. Called once before the server opens, so that the first page is whole.
    package func fill(_ record: Record) async throws(StorageError) {
        var sequence: Int64 = 0
        while true {
            let events = try await record.answersAndOffers(after: sequence)
            guard let last = events.last else { return }
            observe(events)
            sequence = last.sequence
        }
    }

    /// Sees events in the order of the record; what was seen before changes nothing.
    package func observe(_ events: [RecordedEvent]) {
        let relevant = events.filter { $0.event.kind == .response || $0.event.kind == .offer }
        guard !relevant.isEmpty else { return }
        kept.withLock { kept in
            for event in relevant where event.sequence > kept.sequence { take(event, &kept) }
        }
    }

    private func take(_ event: RecordedEvent, _ kept: inout Kept) {
        kept.sequence = event.sequence
        let service = event.event.service
        var guessed: [Guess] = []
        kept.columns[service, default: ResponseColumns()].append(event) { id, version in
            let found = form(service, id, version)
            if version > 0, found?.version != version {
                guessed.append(Guess(service: service, form: id, version: version))
            }
            return found
        }
        kept.guesses.formUnion(guessed)
    }

    /// Counts everything anew when a version became known whose answers were packed by another one: it was published
    /// elsewhere and answered before this process heard of it. Gives whether it did.
    @discardableResult
    package func settle(_ record: Record) async throws(StorageError) -> Bool {
        let guesses = kept.withLock { $0.guesses }
        guard guesses.contains(where: { form($0.service, $0.form, $0.version)?.version == $0.version }) else {
            return false
        }
        var fresh = Kept()
        while true {
            let events = try await record.answersAndOffers(after: fresh.sequence)
            for event in events { take(event, &fresh) }
            let counted = fresh
            let isDone = kept.withLock { kept in
                guard kept.sequence <= counted.sequence else { return false }
                let held = kept.held
                kept = counted
                kept.held = held
                for (service, keys) in held { kept.columns[service]?.hold(keys) }
                return true
            }
            if isDone { return true }
            if events.isEmpty { return false }
        }
    }

    /// Marks the answers of a service that are kept out of scores.
    func hold(_ keys: Set<UInt64>, of service: ServiceID) {
        kept.withLock { kept in
            guard kept.held[service, default: []] != keys else { return }
            kept.held[service] = keys
            kept.columns[service]?.hold(keys)
        }
    }
}
