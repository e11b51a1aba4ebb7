/// Where each row goes when rows did not come journey by journey: a counting sort by journey that keeps the input's
/// order.
struct RowPlan: ~Copyable {
    var offsets: GrowingColumn<UInt32>
    private let rows: Int
    private let journeys: Int

    init(rows: Int, journeys: Int) {
        self.rows = rows
        self.journeys = journeys
        offsets = GrowingColumn(capacity: journeys + 1)
    }

    /// Sizes the journeys' ranges from the runs.
    mutating func count(
        runs: Int, starts: UnsafePointer<UInt32>, journeys numbers: UnsafePointer<UInt32>,
        places: UnsafePointer<UInt32>
    ) {
        offsets.pad(to: journeys + 1, with: 0)
        for run in 0..<runs {
            offsets.start[Int(places[Int(numbers[run])]) + 1] += starts[run + 1] - starts[run]
        }
        for journey in 0..<journeys { offsets.start[journey + 1] += offsets.start[journey] }
    }

    consuming func finishOffsets() -> Column<UInt32> {
        let column = offsets
        return column.freeze()
    }

    /// The start of each journey's range, to be moved on as rows are placed.
    private func cursors() -> GrowingColumn<UInt32> {
        var cursors = GrowingColumn<UInt32>(capacity: journeys)
        cursors.append(contentsOf: offsets.start, count: journeys)
        return cursors
    }

    func scatter<Value: BitwiseCopyable>(
        _ source: consuming GrowingColumn<Value>, _ starts: UnsafePointer<UInt32>, _ numbers: UnsafePointer<UInt32>,
        _ places: UnsafePointer<UInt32>
    ) -> GrowingColumn<Value> {
        var target = GrowingColumn<Value>(capacity: rows)
        if rows > 0 { target.pad(to: rows, with: source[0]) }
        move(source.start, target.start, starts, numbers, places)
        return target
    }

    func scatter(
        _ source: consuming GrowingCodes, _ starts: UnsafePointer<UInt32>, _ numbers: UnsafePointer<UInt32>,
        _ places: UnsafePointer<UInt32>
    ) -> GrowingCodes {
        var target = GrowingCodes(like: source.width, capacity: rows)
        target.pad(to: rows)
        switch source.width {
        case 1: move(source.typed(UInt8.self), target.typed(UInt8.self), starts, numbers, places)
        case 2: move(source.typed(UInt16.self), target.typed(UInt16.self), starts, numbers, places)
        default: move(source.typed(UInt32.self), target.typed(UInt32.self), starts, numbers, places)
        }
        return target
    }

    /// A journey-level column in the order of the log's journeys.
    func permute(_ source: consuming GrowingCodes, places: UnsafePointer<UInt32>, known: Int) -> GrowingCodes {
        var target = GrowingCodes(like: source.width, capacity: journeys)
        target.pad(to: journeys)
        for journey in 0..<known where places[journey] != .max {
            target.write(source[journey], at: Int(places[journey]))
        }
        return target
    }

    @inline(__always)
    private func move<Value: BitwiseCopyable>(
        _ source: UnsafeMutablePointer<Value>, _ target: UnsafeMutablePointer<Value>,
        _ starts: UnsafePointer<UInt32>, _ numbers: UnsafePointer<UInt32>, _ places: UnsafePointer<UInt32>
    ) {
        let cursors = cursors()
        let cursor = cursors.start
        var row = 0
        var run = 0
        while row < rows {
            let place = Int(places[Int(numbers[run])])
            var at = Int(cursor[place])
            let end = Int(starts[run + 1])
            while row < end {
                target[at] = source[row]
                at += 1
                row += 1
            }
            cursor[place] = UInt32(truncatingIfNeeded: at)
            run += 1
        }
    }
}
