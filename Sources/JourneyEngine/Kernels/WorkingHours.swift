/// The hours a service works, as plain intervals, and the working time between any two moments in constant time.
package struct WorkingHours: Sendable {
    private let starts: [Int64]
    private let ends: [Int64]
    /// Working time before each interval.
    private let before: [Int64]
    /// For equal cells of time from the first start: the last interval that starts at or before the cell's start.
    private let cells: [UInt32]
    private let shift: Int64

    /// Takes intervals `[start, end)` in microseconds, in any order; empty ones are left out, overlapping ones joined.
    /// They should cover the log's range: outside them no time is worked.
    package init(_ intervals: [Range<Int64>]) {
        var joined: [Range<Int64>] = []
        for interval in intervals.sorted(by: { $0.lowerBound < $1.lowerBound }) where !interval.isEmpty {
            let limit = JourneyEngine.timeLimit
            let range = interval.clamped(to: -limit..<limit)
            if range.isEmpty { continue }
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        starts = joined.map(\.lowerBound)
        ends = joined.map(\.upperBound)
        var worked: Int64 = 0
        before = joined.map { interval in
            defer { worked += interval.upperBound - interval.lowerBound }
            return worked
        }
        guard let first = starts.first, let last = ends.last else {
            cells = []
            shift = 0
            return
        }
        var bits: Int64 = 0
        while (last - first) >> bits > Int64(joined.count) * 4 { bits += 1 }
        shift = bits
        var table = [UInt32](repeating: 0, count: Int((last - first) >> bits) + 1)
        var at = 0
        for cell in table.indices {
            let moment = first + Int64(cell) << bits
            while at + 1 < joined.count, joined[at + 1].lowerBound <= moment { at += 1 }
            table[cell] = UInt32(at)
        }
        cells = table
    }

    package var isEmpty: Bool { starts.isEmpty }

    /// Working time between two moments, microseconds; 0 when `end` is not after `start`.
    package func workingTime(from start: Int64, to end: Int64) -> Int64 {
        let limit = JourneyEngine.timeLimit
        let low = min(max(start, -limit), limit)
        let high = min(max(end, -limit), limit)
        return high > low ? withClock { $0.reading(high) - $0.reading(low) } : 0
    }

    /// The hours as a clock, for as long as `body` runs.
    func withClock<Result>(_ body: (WorkingClock) -> Result) -> Result {
        starts.withUnsafeBufferPointer { starts in
            ends.withUnsafeBufferPointer { ends in
                before.withUnsafeBufferPointer { before in
                    cells.withUnsafeBufferPointer { cells in
                        body(WorkingClock(starts: starts, ends: ends, before: before, cells: cells, shift: shift))
                    }
                }
            }
        }
    }
}

/// What measures the time between two events: the difference of its readings.
protocol WaitClock {
    func reading(_ time: Int64) -> Int64
}

/// Time as it passes.
struct WallClock: WaitClock {
    @inline(__always)
    func reading(_ time: Int64) -> Int64 { time }
}

/// Time within working hours.
struct WorkingClock: WaitClock {
    let starts: UnsafeBufferPointer<Int64>
    let ends: UnsafeBufferPointer<Int64>
    let before: UnsafeBufferPointer<Int64>
    let cells: UnsafeBufferPointer<UInt32>
    let shift: Int64

    /// Working time up to a moment, microseconds.
    @inline(__always)
    func reading(_ time: Int64) -> Int64 {
        guard let starts = starts.baseAddress, let ends = ends.baseAddress, let before = before.baseAddress,
            let cells = cells.baseAddress, time > starts[0]
        else { return 0 }
        let last = self.starts.count - 1
        let cell = Int(truncatingIfNeeded: (time &- starts[0]) &>> shift)
        var at = cell < self.cells.count ? Int(cells[cell]) : last
        while at < last, starts[at + 1] <= time { at += 1 }
        return before[at] + min(time, ends[at]) - starts[at]
    }
}
