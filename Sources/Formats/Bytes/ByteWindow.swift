/// A sliding window over a ``ByteSource``: what a tokenizer has not consumed yet lies contiguous at
/// `base[position..<end]`, followed by ``slack`` readable bytes, so that eight bytes may be loaded anywhere.
///
/// A tokenizer that meets the end in the middle of a token calls ``refill()`` and starts that token again: the window
/// keeps it whole, growing as needed up to `limit`. Memory is bounded by the longest token, not by the input.
struct ByteWindow: ~Copyable {
    static let slack = 64

    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var end = 0
    var position = 0
    private(set) var atEnd = false
    /// Offset in the stream of `base[0]`.
    private(set) var origin: Int64 = 0
    private var capacity: Int
    private let limit: Int
    let source: ByteSource
    /// Line feeds before `base[counted]`: counted up to there so far, each byte once.
    private var lines = 0
    private var counted = 0
    private let countsLines: Bool

    /// - Parameters:
    ///   - block: bytes asked of the source at a time; small enough to stay in the second-level cache.
    ///   - limit: the longest token kept.
    ///   - countsLines: whether ``line(at:)`` will be asked.
    init(_ source: ByteSource, block: Int = 1 << 18, limit: Int = 1 << 26, countsLines: Bool = true) {
        self.source = source
        self.limit = max(limit, block)
        self.countsLines = countsLines
        capacity = block
        base = .allocate(capacity: block + Self.slack)
        base.initialize(repeating: 0, count: block + Self.slack)
    }

    deinit { base.deallocate() }

    /// Offset in the stream of the byte at `position`.
    var offset: Int64 { origin + Int64(position) }

    /// Line (from 1) of the byte at `index`, which must not lie before the one asked for last.
    mutating func line(at index: Int) -> Int {
        let index = min(index, end)
        if index > counted {
            lines += countBytes(0x0A, UnsafePointer(base + counted), index - counted)
            counted = index
        }
        return 1 + lines
    }

    /// Drops what lies before `position` and reads more behind `end`.
    /// - Returns: whether bytes were added; false means the source is exhausted.
    /// - Throws: `.tooLarge` when the unconsumed part has reached the limit.
    mutating func refill() throws(FormatError) -> Bool {
        guard !atEnd else { return false }
        let kept = end - position
        if position > 0 {
            if countsLines {
                _ = line(at: position)
                counted -= position
            }
            if kept > 0 { base.update(from: base + position, count: kept) }
            origin += Int64(position)
            position = 0
            end = kept
        }
        if end > capacity / 2 {
            guard capacity < limit || end < capacity else { throw .tooLarge(limit: Int64(limit)) }
            if capacity < limit {
                let grown = min(capacity * 2, limit)
                let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: grown + Self.slack)
                wider.initialize(from: base, count: end)
                (wider + end).initialize(repeating: 0, count: grown + Self.slack - end)
                base.deallocate()
                base = wider
                capacity = grown
            }
        }
        let room = UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end)
        let count = try source.read(into: room)
        guard count > 0 else {
            atEnd = true
            (base + end).update(repeating: 0, count: Self.slack)
            return false
        }
        end += count
        (base + end).update(repeating: 0, count: Self.slack)
        return true
    }
}

/// How often `byte` occurs in the first `count` bytes at `start`.
func countBytes(_ byte: UInt8, _ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let pattern = repeated(byte)
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    var total = 0
    var index = 0
    while index + 8 <= count {
        let word = load8(start + index) ^ pattern
        // Bit 7 of a byte stays clear only where the whole byte is zero, without borrowing from its neighbours.
        total &+= (~(((word & low) &+ low) | word | low)).nonzeroBitCount
        index += 8
    }
    while index < count {
        if start[index] == byte { total &+= 1 }
        index += 1
    }
    return total
}
