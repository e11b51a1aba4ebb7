import Experience
import Foundation
import Statistics

/// Rated and closed journeys folded by their rating and what happened on them: people who met the same and said the same are
/// one cell. Ten million journeys come to some hundred thousand cells, and a fit over cells is the fit over journeys.
///
/// The wait is taken in whole days; counts of 255 and more are one value.
struct FactCells: Sendable {
    /// A rating in the lowest three bits, then the facts in the order of ``JourneyFacts/Fact``.
    private static let shifts: [UInt64] = [3, 17, 18, 26, 34]
    private static let widths: [UInt64] = [14, 1, 8, 8, 8]

    private(set) var keys: [UInt64] = []
    private(set) var counts: [Int] = []

    var journeys: Int { counts.reduce(0, +) }

    /// - Parameter rows: rows of the snapshot's table to look at; those that are open or not rated are passed over.
    init(_ snapshot: ServiceSnapshot, rows: [Int32]) {
        let (table, reworked) = (snapshot.table, snapshot.reworked)
        let lanes = rows.count < 100_000 ? 1 : max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
        let parts = inLanes(lanes) { lane in
            FactCells.fold(rows[rows.count * lane / lanes..<rows.count * (lane + 1) / lanes], table, reworked)
        }
        var whole = parts.first ?? KeyCounts()
        for part in parts.dropFirst() { part.forEach { whole.add($0, $1) } }
        // In order, so that sums come out the same however the work was parted.
        var found: [(key: UInt64, count: Int)] = []
        whole.forEach { found.append(($0, Int($1))) }
        found.sort { $0.key < $1.key }
        keys = found.map(\.key)
        counts = found.map(\.count)
    }

    private static func fold(_ rows: ArraySlice<Int32>, _ table: JourneyTable, _ reworked: [UInt8]) -> KeyCounts {
        var cells = KeyCounts()
        let day = Instant.day
        table.rating.withUnsafeBufferPointer { rating in
            table.closed.withUnsafeBufferPointer { closed in
                table.opened.withUnsafeBufferPointer { opened in
                    for index in rows {
                        let row = Int(index)
                        let rated = UInt64(rating[row])
                        guard rated > 0, rated < 8, closed[row] != JourneyTable.notYet else { continue }
                        let wait = UInt64(min(max(0, (closed[row] &- opened[row] &+ day / 2) / day), 16_383))
                        let chases = UInt64(min(table.failureDemand[row], 255))
                        let reached = UInt64(max(0, min(255, Int(table.contacts[row]) - Int(chases))))
                        let broken: UInt64 = table.promise[row] == .broken ? 1 : 0
                        cells.add(
                            rated | wait << 3 | broken << 17 | reached << 18 | chases << 26
                                | UInt64(reworked[row]) << 34, 1)
                    }
                }
            }
        }
        return cells
    }

    /// The value of a fact in a cell: the wait in units of ten days, the others as they are.
    private static func value(_ key: UInt64, _ fact: Int) -> Double {
        let value = Double(key >> shifts[fact] & (1 << widths[fact] - 1))
        return fact == 0 ? value / 10 : value
    }

    /// Facts that differ between at least 15 journeys and the most common value, by place in ``JourneyFacts/Fact``: one that
    /// never changes says nothing, and would keep the others from being fitted.
    var differing: [Int] {
        JourneyFacts.Fact.allCases.indices.filter { fact in
            var seen: [UInt64: Int] = [:]
            let mask: UInt64 = (1 << FactCells.widths[fact] - 1) << FactCells.shifts[fact]
            for (key, count) in zip(keys, counts) { seen[key & mask, default: 0] += count }
            return journeys - (seen.values.max() ?? 0) >= 15
        }
    }

    /// Cells for a regression of the rating on some facts.
    func cells(_ facts: [Int]) -> OrdinalCells {
        var cells = OrdinalCells(width: facts.count)
        for (key, count) in zip(keys, counts) {
            cells.append(Double(key & 7), facts.map { FactCells.value(key, $0) }, count: count)
        }
        return cells
    }
}

/// Counts by key, in a table with open places: a look at memory or two an event, no hashing of objects.
private struct KeyCounts: Sendable {
    /// 0 = free; keys are never 0, as a rating is at least 1.
    private var keys = [UInt64](repeating: 0, count: 1 << 12)
    private var counts = [UInt32](repeating: 0, count: 1 << 12)
    private var used = 0

    @inline(__always)
    mutating func add(_ key: UInt64, _ count: UInt32) {
        let mask = keys.count - 1
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
        while keys[place] != key {
            if keys[place] == 0 {
                keys[place] = key
                used += 1
                break
            }
            place = (place + 1) & mask
        }
        counts[place] &+= count
        if used * 2 > keys.count { grow() }
    }

    private mutating func grow() {
        let (oldKeys, oldCounts) = (keys, counts)
        keys = Array(repeating: 0, count: oldKeys.count * 4)
        counts = Array(repeating: 0, count: oldKeys.count * 4)
        used = 0
        for (key, count) in zip(oldKeys, oldCounts) where key != 0 { add(key, count) }
    }

    func forEach(_ body: (UInt64, UInt32) -> Void) {
        for (key, count) in zip(keys, counts) where key != 0 { body(key, count) }
    }
}
