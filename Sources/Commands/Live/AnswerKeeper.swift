internal import Analyses
internal import Experience
internal import Storage
internal import Synchronization

/// Every service's answers in columns, kept up by the tail of the record. A page takes what is there and works on it.
final class AnswerKeeper: Sendable {
    private struct Kept {
        var columns: [ServiceID: ResponseColumns] = [:]
        /// Keys of answers that are kept out of scores.
        var held: [ServiceID: Set<UInt64>] = [:]
        /// The last event of the record that was taken up.
        var sequence: Int64 = 0
    }

    private let kept = Mutex(Kept())
    private let catalogue: @Sendable () -> ServiceCatalogue

    init(catalogue: @escaping @Sendable () -> ServiceCatalogue) { self.catalogue = catalogue }

    subscript(service: ServiceID) -> ResponseColumns { kept.withLock { $0.columns[service] } ?? ResponseColumns() }

    /// Reads every answer and offer of the record. Called once before the server opens, so that the first page is whole.
    func fill(_ record: Record) async throws(StorageError) {
        var sequence: Int64 = 0
        while true {
            let events = try await record.answersAndOffers(after: sequence)
            guard let last = events.last else { return }
            observe(events)
            sequence = last.sequence
        }
    }

    /// Sees events in the order of the record; what was seen before changes nothing.
    func observe(_ events: [RecordedEvent]) {
        let relevant = events.filter { $0.event.kind == .response || $0.event.kind == .offer }
        guard !relevant.isEmpty else { return }
        let catalogue = catalogue()
        kept.withLock { kept in
            for event in relevant where event.sequence > kept.sequence {
                kept.sequence = event.sequence
                let service = event.event.service
                kept.columns[service, default: ResponseColumns()].append(event) { form, _ in
                    catalogue[service]?.forms.first { $0.id == form }
                }
            }
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
