internal import JourneyEngine
internal import Synchronization

/// Where each row's journey stands in the log of the same snapshot.
///
/// The engine numbers journeys anew with every tail, so the two are joined by id. That costs a look-up a journey: it is
/// done once a snapshot, by the first page that needs it, and not at all for snapshots nobody narrows down.
final class JourneyPlaces: Sendable {
    private let known = Mutex<[Int32]?>(nil)

    /// By row: the journey's number in the log, -1 when it has no event there.
    func ofRows(_ log: EventLog, _ table: JourneyTable) -> [Int32] {
        known.withLock { known in
            if let known { return known }
            let found = table.ids.map { log.journeyIndex(ofID: $0).map(Int32.init) ?? -1 }
            known = found
            return found
        }
    }
}
