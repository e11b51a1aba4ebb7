import Foundation
import Synchronization

/// The offsets of one time zone as a table of the moments they change, so that the calendar's arithmetic is a
/// binary search without locale or locks. Covers 1970–2100; outside, the first or last offset holds.
final class ZoneOffsets: Sendable {
    /// `changes[i]` starts the stretch with `offsets[i + 1]`; everything in microseconds.
    private let changes: [Int64]
    private let offsets: [Int64]
    /// The local time at which stretch i ends.
    private let localEnds: [Int64]

    private static let known = Mutex<[String: ZoneOffsets]>([:])

    static func named(_ name: String) -> ZoneOffsets? {
        if let found = known.withLock({ $0[name] }) { return found }
        guard !name.isEmpty, let zone = TimeZone(identifier: name) else { return nil }
        let made = ZoneOffsets(zone)
        known.withLock { $0[name] = made }
        return made
    }

    private init(_ zone: TimeZone) {
        let start = Date(timeIntervalSince1970: 0)
        let end = Date(timeIntervalSince1970: 4_133_980_800)
        var changes: [Int64] = []
        var offsets: [Int64] = [Int64(zone.secondsFromGMT(for: start)) * 1_000_000]
        var cursor = start
        while let next = zone.nextDaylightSavingTimeTransition(after: cursor), next > cursor, next < end {
            let offset = Int64(zone.secondsFromGMT(for: next.addingTimeInterval(1))) * 1_000_000
            if offset != offsets.last {
                changes.append(Int64(next.timeIntervalSince1970.rounded()) * 1_000_000)
                offsets.append(offset)
            }
            cursor = next
        }
        self.changes = changes
        self.offsets = offsets
        localEnds = zip(changes, offsets).map { $0 + $1 }
    }

    func offset(at instant: Int64) -> Int64 {
        offsets[changes.prefixCount { $0 <= instant }]
    }

    /// The moment of a local time. One that happens twice (clocks back) is the first; one that does not happen
    /// (clocks forward) is the moment of the change. So a later local time is never an earlier moment.
    func instant(local: Int64) -> Int64 {
        let stretch = localEnds.prefixCount { $0 <= local }
        let moment = local - offsets[stretch]
        return stretch > 0 ? max(moment, changes[stretch - 1]) : moment
    }
}

extension [Int64] {
    /// How many of these, which are sorted, come before the first that does not fit.
    func prefixCount(where fits: (Int64) -> Bool) -> Int {
        withUnsafeBufferPointer { sorted in
            var low = 0
            var high = sorted.count
            while low < high {
                let middle = (low + high) / 2
                if fits(sorted[middle]) { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}
