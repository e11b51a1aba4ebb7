/// Puts the events of every journey in order of time, keeping the order of equal times. Columns are changed in place,
/// which is sound only before the log exists.
func sortJourneysByTime(offsets: Column<UInt32>, times: Column<Int64>, codes: [CodeColumn], threads: Int) {
    let journeys = max(0, offsets.count - 1)
    let wanted = threads > 0 ? threads : coreCount
    let parts = max(1, min(wanted, journeys / 4096))
    _ = concurrently(parts) { part in
        var order = TimeOrder(times: times, codes: codes)
        for journey in journeys * part / parts..<journeys * (part + 1) / parts {
            order.sort(Int(offsets[journey])..<Int(offsets[journey + 1]))
        }
    }
}

/// Sorts the rows of one journey at a time, with room that is used again.
private struct TimeOrder: ~Copyable {
    /// Journeys up to this length are sorted by insertion.
    private static let short = 24

    private let time: UnsafeMutablePointer<Int64>
    private let codes: [CodeColumn]
    /// The rows in their new order, counted from the journey's first.
    private var order = GrowingColumn<UInt32>(capacity: 64)
    private var sortedTimes = GrowingColumn<Int64>(capacity: 64)
    private var sortedCodes = GrowingColumn<UInt32>(capacity: 64)

    init(times: Column<Int64>, codes: [CodeColumn]) {
        time = UnsafeMutablePointer(mutating: times.start)
        self.codes = codes
    }

    mutating func sort(_ rows: Range<Int>) {
        let time = time + rows.lowerBound
        let count = rows.count
        var event = 1
        while event < count, time[event - 1] <= time[event] { event += 1 }
        if event >= count { return }

        order.removeAll()
        for row in 0..<count { order.append(UInt32(truncatingIfNeeded: row)) }
        let place = order.start
        if count <= Self.short {
            for row in 1..<count {
                var at = row
                while at > 0, time[Int(place[at - 1])] > time[row] {
                    place[at] = place[at - 1]
                    at -= 1
                }
                place[at] = UInt32(truncatingIfNeeded: row)
            }
        } else {
            // The row decides between equal times, so the order is the same whatever the method.
            var rows = UnsafeMutableBufferPointer(start: place, count: count)
            rows.sort { left, right in
                let first = time[Int(left)]
                let second = time[Int(right)]
                return first != second ? first < second : left < right
            }
        }
        sortedTimes.setCount(count)
        for row in 0..<count { sortedTimes[row] = time[Int(place[row])] }
        time.update(from: sortedTimes.start, count: count)
        sortedCodes.setCount(count)
        for column in codes {
            for row in 0..<count {
                sortedCodes[row] = UInt32(truncatingIfNeeded: column[rows.lowerBound + Int(place[row])])
            }
            for row in 0..<count { column.overwrite(rows.lowerBound + row, sortedCodes[row]) }
        }
    }
}
