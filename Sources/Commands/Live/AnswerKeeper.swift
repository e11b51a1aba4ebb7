internal import Analyses
internal import Experience
internal import Synchronization

/// Every service's answers in columns, kept up by the tail of the record. A page takes what is there and works on it.
final class AnswerKeeper: Sendable {
    private let columns = Mutex<[ServiceID: ResponseColumns]>([:])
    private let catalogue: @Sendable () -> ServiceCatalogue

    init(catalogue: @escaping @Sendable () -> ServiceCatalogue) { self.catalogue = catalogue }

    subscript(service: ServiceID) -> ResponseColumns { columns.withLock { $0[service] } ?? ResponseColumns() }

    /// Sees every event once, in the order of the record.
    func observe(_ events: [RecordedEvent]) {
        let relevant = events.filter { $0.event.kind == .response || $0.event.kind == .offer }
        guard !relevant.isEmpty else { return }
        let catalogue = catalogue()
        columns.withLock { columns in
            for event in relevant {
                let service = event.event.service
                columns[service, default: ResponseColumns()].append(event) { form, _ in
                    catalogue[service]?.forms.first { $0.id == form }
                }
            }
        }
    }

    /// Marks the answers of a service that are kept out of scores.
    func hold(_ keys: Set<UInt64>, of service: ServiceID) {
        columns.withLock { $0[service]?.hold(keys) }
    }
}
