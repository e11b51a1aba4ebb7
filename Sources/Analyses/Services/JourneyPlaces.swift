internal import Foundation
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
            let lanes = table.count < 100_000 ? 1 : max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
            let parts = inLanes(lanes) { lane in
                log.journeyNumbers(of: table.ids[table.count * lane / lanes..<table.count * (lane + 1) / lanes])
            }
            let found = lanes == 1 ? parts.first ?? [] : Array(parts.joined())
            known = found
            return found
        }
    }
}
