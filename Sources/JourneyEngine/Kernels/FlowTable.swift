/// For one thread: how many waits each flow has, then where the next of them goes.
final class FlowTable: @unchecked Sendable {
    private let alphabet: Int
    private let stride: Int
    /// By pair of codes while the alphabet is small: counts, then positions.
    private let dense: UnsafeMutablePointer<UInt32>
    private var sparse: [UInt64: Int] = [:]

    init(alphabet: Int, width: Int) {
        self.alphabet = alphabet
        stride = width == 1 ? 256 : alphabet <= PairCounts.denseLimit ? alphabet : 0
        dense = .allocate(capacity: max(1, stride * stride))
        dense.initialize(repeating: 0, count: max(1, stride * stride))
    }

    deinit { dense.deallocate() }

    func forEach(_ body: (_ from: Int, _ to: Int, _ count: Int) -> Void) {
        if stride > 0 {
            let size = min(alphabet, stride)
            for to in 0..<size {
                for from in 0..<size where dense[from + to * stride] != 0 {
                    body(from, to, Int(dense[from + to * stride]))
                }
            }
        } else {
            for (key, count) in sparse where count > 0 { body(Int(key & 0xFFFF_FFFF), Int(key >> 32), count) }
        }
    }

    /// Replaces every count by the position `start` gives.
    func place(_ start: (_ from: Int, _ to: Int, _ count: Int) -> Int) {
        forEach { from, to, count in
            if stride > 0 {
                dense[from + to * stride] = UInt32(truncatingIfNeeded: start(from, to, count))
            } else {
                sparse[UInt64(from) | UInt64(to) << 32] = start(from, to, count)
            }
        }
    }

    func count(_ log: EventLog, _ pieces: [LogPiece]) {
        for piece in pieces {
            let segment = log.segments[piece.segment]
            switch segment.activities.width {
            case 1: count(segment.activities.pointer(UInt8.self), segment, piece.journeys)
            case 2: count(segment.activities.pointer(UInt16.self), segment, piece.journeys)
            default: count(segment.activities.pointer(UInt32.self), segment, piece.journeys)
            }
        }
    }

    /// Writes every wait to its flow's next position.
    func move(
        _ log: EventLog, _ pieces: [LogPiece], _ calendar: WorkingHours?, to out: UnsafeMutableBufferPointer<Int64>
    ) {
        if let calendar {
            calendar.withClock { move(log, pieces, $0, to: out) }
        } else {
            move(log, pieces, WallClock(), to: out)
        }
    }

    @inline(__always)
    private func move(
        _ log: EventLog, _ pieces: [LogPiece], _ clock: some WaitClock, to out: UnsafeMutableBufferPointer<Int64>
    ) {
        for piece in pieces {
            let segment = log.segments[piece.segment]
            switch segment.activities.width {
            case 1: move(segment.activities.pointer(UInt8.self), segment, piece.journeys, clock, out)
            case 2: move(segment.activities.pointer(UInt16.self), segment, piece.journeys, clock, out)
            default: move(segment.activities.pointer(UInt32.self), segment, piece.journeys, clock, out)
            }
        }
    }

    /// Codes are held below the alphabet, so that no damaged one leaves the table.
    @inline(__always)
    private func slot<Code: FixedWidthInteger>(_ from: Code, _ to: Code) -> Int {
        if Code.bitWidth == 8 && stride == 256 { return Int(from) | Int(to) << 8 }
        return min(Int(from), alphabet - 1) + min(Int(to), alphabet - 1) * stride
    }

    @inline(__always)
    private func key<Code: FixedWidthInteger>(_ from: Code, _ to: Code) -> UInt64 {
        UInt64(min(Int(from), alphabet - 1)) | UInt64(min(Int(to), alphabet - 1)) << 32
    }

    @inline(__always)
    private func count<Code: FixedWidthInteger>(
        _ codes: UnsafePointer<Code>, _ segment: LogSegment, _ journeys: Range<Int>
    ) {
        guard alphabet > 0 else { return }
        guard stride > 0 else { return countSparse(codes, segment, journeys) }
        // All neighbours in one loop, then those across the borders of journeys taken off again.
        let dense = dense
        let low = segment.events(journeys.lowerBound).lowerBound
        let high = segment.events(journeys.upperBound - 1).upperBound
        guard high > low else { return }
        var event = low
        while event < high - 1 {
            dense[slot(codes[event], codes[event + 1])] &+= 1
            event &+= 1
        }
        for journey in journeys.dropFirst() {
            let border = segment.events(journey).lowerBound
            if border > low, border < high { dense[slot(codes[border - 1], codes[border])] &-= 1 }
        }
    }

    private func countSparse<Code: FixedWidthInteger>(
        _ codes: UnsafePointer<Code>, _ segment: LogSegment, _ journeys: Range<Int>
    ) {
        for journey in journeys {
            for event in segment.events(journey).dropFirst() {
                sparse[key(codes[event - 1], codes[event]), default: 0] += 1
            }
        }
    }

    @inline(__always)
    private func move<Code: FixedWidthInteger>(
        _ codes: UnsafePointer<Code>, _ segment: LogSegment, _ journeys: Range<Int>, _ clock: some WaitClock,
        _ out: UnsafeMutableBufferPointer<Int64>
    ) {
        guard alphabet > 0 else { return }
        guard stride > 0 else { return moveSparse(codes, segment, journeys, clock, out) }
        let times = segment.times.start
        let dense = dense
        guard let waits = out.baseAddress else { return }
        // Positions stay inside on a sound log; a damaged one may count otherwise than it moves.
        let limit = out.count
        for journey in journeys {
            let events = segment.events(journey)
            guard events.count > 1 else { continue }
            var event = events.lowerBound
            let last = events.upperBound - 1
            var reading = clock.reading(times[event])
            while event < last {
                let next = clock.reading(times[event + 1])
                let slot = slot(codes[event], codes[event + 1])
                let at = dense[slot]
                if Int(at) < limit { waits[Int(at)] = max(0, next &- reading) }
                dense[slot] = at &+ 1
                reading = next
                event &+= 1
            }
        }
    }

    private func moveSparse<Code: FixedWidthInteger>(
        _ codes: UnsafePointer<Code>, _ segment: LogSegment, _ journeys: Range<Int>, _ clock: some WaitClock,
        _ out: UnsafeMutableBufferPointer<Int64>
    ) {
        for journey in journeys {
            for event in segment.events(journey).dropFirst() {
                let key = key(codes[event - 1], codes[event])
                let at = sparse[key] ?? 0
                let wait = clock.reading(segment.times[event]) &- clock.reading(segment.times[event - 1])
                if at < out.count { out[at] = max(0, wait) }
                sparse[key] = at + 1
            }
        }
    }
}
