internal import Foundation
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
            let lanes = journeys.count < 100_000 ? 1 : max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
            let parts = inLanes(lanes) { lane in
                let rows = journeys.count * lane / lanes..<journeys.count * (lane + 1) / lanes
                return JourneyRework.count(journeys[rows], log)
            }
            let found = lanes == 1 ? parts.first ?? [] : Array(parts.joined())
            known = found
            return found
        }
    }

    private static func count(_ journeys: ArraySlice<Int32>, _ log: EventLog) -> [UInt8] {
        // The journey an activity was last seen in: nothing has to be cleared between journeys.
        var seenIn = [Int32](repeating: -1, count: log.activityNames.count)
        return journeys.map { journey in
            guard journey >= 0 else { return 0 }
            var again = 0
            for event in log.events(of: Int(journey)) {
                let activity = log.activity(at: event)
                guard activity >= 0 else { continue }
                if seenIn[activity] == journey { again += 1 } else { seenIn[activity] = journey }
            }
            return UInt8(clamping: again)
        }
    }
}
