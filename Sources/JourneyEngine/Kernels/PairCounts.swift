/// How often one code came straight after another. Dense while the square of the alphabet is small, else hashed.
struct PairCounts: ~Copyable {
    /// Alphabets up to this size are counted in a square table.
    static let denseLimit = 1024

    let alphabet: Int
    /// One-byte codes index the table by their two bytes as they lie in memory, which no damaged code can leave.
    let stride: Int
    private(set) var dense: GrowingColumn<UInt32>
    private var sparse: [UInt64: UInt32] = [:]
    var isDense: Bool { stride > 0 }

    init(alphabet: Int, width: Int) {
        self.alphabet = alphabet
        stride = width == 1 ? 256 : alphabet <= Self.denseLimit ? alphabet : 0
        dense = GrowingColumn(capacity: stride * stride)
        dense.pad(to: stride * stride, with: 0)
    }

    @inline(__always)
    func index<Code: FixedWidthInteger>(_ from: Code, _ to: Code) -> Int {
        if Code.bitWidth == 8 { return Int(from) | Int(to) << 8 }
        return min(Int(from), alphabet - 1) + min(Int(to), alphabet - 1) * stride
    }

    @inline(__always)
    mutating func add<Code: FixedWidthInteger>(_ from: Code, _ to: Code) {
        if isDense {
            dense.start[index(from, to)] &+= 1
        } else {
            sparse[UInt64(from) | UInt64(to) << 32, default: 0] &+= 1
        }
    }

    /// Every pair with a count, in no order.
    func forEach(_ body: (_ from: Int, _ to: Int, _ count: Int) -> Void) {
        if isDense {
            for to in 0..<min(alphabet, stride) {
                for from in 0..<min(alphabet, stride) where dense[from + to * stride] != 0 {
                    body(from, to, Int(dense[from + to * stride]))
                }
            }
        } else {
            for (key, count) in sparse where count != 0 {
                let from = Int(key & 0xFFFF_FFFF)
                let to = Int(key >> 32)
                if from < alphabet, to < alphabet { body(from, to, Int(count)) }
            }
        }
    }
}

/// Pairs inside journeys, and pairs across the border of one journey and the next, of a run of journeys.
///
/// All neighbours are counted first, in one loop without regard to journeys, and the few across borders apart: their
/// sums by row are the journeys' last codes, by column their first ones.
struct BorderedPairs: ~Copyable {
    var all: PairCounts
    var borders: PairCounts
    /// First and last codes that have no neighbour across a border.
    var firsts: [Int] = []
    var lasts: [Int] = []

    init(alphabet: Int, width: Int) {
        all = PairCounts(alphabet: alphabet, width: width)
        borders = PairCounts(alphabet: alphabet, width: width)
    }

    mutating func count(_ codes: CodeColumn, _ segment: LogSegment, _ journeys: Range<Int>) {
        switch codes.width {
        case 1: count(codes.pointer(UInt8.self), segment, journeys)
        case 2: count(codes.pointer(UInt16.self), segment, journeys)
        default: count(codes.pointer(UInt32.self), segment, journeys)
        }
    }

    @inline(__always)
    private mutating func count<Code: FixedWidthInteger>(
        _ codes: UnsafePointer<Code>, _ segment: LogSegment, _ journeys: Range<Int>
    ) {
        let low = segment.events(journeys.lowerBound).lowerBound
        let high = segment.events(journeys.upperBound - 1).upperBound
        guard high > low else { return }
        var event = low
        while event < high - 1 {
            all.add(codes[event], codes[event + 1])
            event += 1
        }
        for journey in journeys.dropFirst() {
            let border = segment.events(journey).lowerBound
            if border > low, border < high { borders.add(codes[border - 1], codes[border]) }
        }
        firsts.append(Int(codes[low]))
        lasts.append(Int(codes[high - 1]))
    }
}
