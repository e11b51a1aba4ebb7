internal import JourneyEngine
internal import Synchronization

/// How many steps of each row's journey were done again: events whose activity the journey had before.
///
/// Read from the events once a snapshot, by the first page that asks, like ``JourneyPlaces``.
final class JourneyRework: Sendable {
    private let known = Mutex<[UInt8]?>(nil)

    /// By row of the table; 255 stands for as many or more.
    func ofRows(_ log: EventLog, _ table: JourneyTable, _ places: JourneyPlaces) -> [UInt8] {
        known.withLock { known in
            if let known { return known }
            let journeys = places.ofRows(log, table)
            let again = log.repeatsOfJourneys()
            let found = journeys.map { $0 < 0 ? 0 : again[Int($0)] }
            known = found
            return found
        }
    }
}
