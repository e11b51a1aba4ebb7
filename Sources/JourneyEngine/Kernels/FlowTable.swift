/// For one thread: how many waits each flow has, then where the next of them goes.
final class FlowTable: @unchecked Sendable {
    private let alphabet: Int
    private let stride: Int
    /// By pair of codes while the alphabet is small: counts, then positions.
    private var dense: GrowingColumn<UInt32>
    private var sparse: [UInt64: Int] = [:]

    init(alphabet: Int, width: Int) {
        self.alphabet = alphabet
        stride = width == 1 ? 256 : alphabet <= PairCounts.denseLimit ? alphabet : 0
        dense = GrowingColumn(capacity: stride * stride)
        dense.pad(to: stride * stride, with: 0)
    }

    func forEach(_ body: (_ from: Int, _ to: Int, _ slot: Int, _ count: Int) -> Void) {
        if stride > 0 {
            let size = min(alphabet, stride)
            for to in 0..<size {
                for from in 0..<size where dense[from + to * stride] != 0 {
                    body(from, to, from + to * stride, Int(dense[from + to * stride]))
                }
            }
        } else {
            for (key, count) in sparse { body(Int(key & 0xFFFF_FFFF), Int(key >> 32), 0, count) }
        }
    }

    /// Replaces every count by the position `start` gives.
    func place(_ start: (_ from: Int, _ to: Int, _ count: Int) -> Int) {
        if stride > 0 {
            forEach { from, to, slot, count in dense[slot] = UInt32(truncatingIfNeeded: start(from, to, count)) }
        } else {
            for (key, count) in sparse { sparse[key] = start(Int(key & 0xFFFF_FFFF), Int(key >> 32), count) }
        }
    }

    func count(_ log: EventLog, _ pieces: [LogPiece]) {
        eachPair(log, pieces) { slot, _, _ in
            dense.start[slot] &+= 1
        } sparse: { key, _, _ in
            sparse[key, default: 0] += 1
        }
    }

    func move(_ log: EventLog, _ pieces: [LogPiece], _ calendar: WorkingCalendar?, to out: UnsafeMutablePointer<Int64>)
    {
        let dense = dense.start
        if let calendar {
            eachPair(log, pieces) { slot, first, second in
                let at = dense[slot]
                out[Int(at)] = calendar.workingTime(from: first, to: second)
                dense[slot] = at &+ 1
            } sparse: { key, first, second in
                let at = sparse[key] ?? 0
                out[at] = calendar.workingTime(from: first, to: second)
                sparse[key] = at + 1
            }
        } else {
            eachPair(log, pieces) { slot, first, second in
                let at = dense[slot]
                out[Int(at)] = max(0, second &- first)
                dense[slot] = at &+ 1
            } sparse: { key, first, second in
                let at = sparse[key] ?? 0
                out[at] = max(0, second &- first)
                sparse[key] = at + 1
            }
        }
    }

    @inline(__always)
    private func eachPair(
        _ log: EventLog, _ pieces: [LogPiece], _ body: (_ slot: Int, Int64, Int64) -> Void,
        sparse: (UInt64, Int64, Int64) -> Void
    ) {
        for piece in pieces {
            let segment = log.segments[piece.segment]
            switch segment.activities.width {
            case 1: eachPair(segment.activities.pointer(UInt8.self), segment, piece.journeys, body, sparse)
            case 2: eachPair(segment.activities.pointer(UInt16.self), segment, piece.journeys, body, sparse)
            default: eachPair(segment.activities.pointer(UInt32.self), segment, piece.journeys, body, sparse)
            }
        }
    }

    @inline(__always)
    private func eachPair<Code: FixedWidthInteger>(
        _ codes: UnsafePointer<Code>, _ segment: LogSegment, _ journeys: Range<Int>,
        _ body: (_ slot: Int, Int64, Int64) -> Void, _ sparse: (UInt64, Int64, Int64) -> Void
    ) {
        let times = segment.times.start
        let last = alphabet - 1
        guard last >= 0 else { return }
        for journey in journeys {
            let events = segment.events(journey)
            guard events.count > 1 else { continue }
            var time = times[events.lowerBound]
            for event in events.lowerBound..<events.upperBound - 1 {
                let next = times[event + 1]
                let from = Int(codes[event])
                let to = Int(codes[event + 1])
                if Code.bitWidth == 8 && stride == 256 {
                    body(from | to << 8, time, next)
                } else if stride > 0 {
                    body(min(from, last) + min(to, last) * stride, time, next)
                } else {
                    sparse(UInt64(min(from, last)) | UInt64(min(to, last)) << 32, time, next)
                }
                time = next
            }
        }
    }
}
