/// Sequences of activity indices with how many journeys follow each, one after the other in memory; the same sequence
/// may be in it more than once.
struct SequencePool {
    private(set) var codes: [UInt32] = []
    private(set) var ends: [Int] = []
    private(set) var counts: [Int] = []

    var count: Int { counts.count }

    func range(_ sequence: Int) -> Range<Int> { (sequence == 0 ? 0 : ends[sequence - 1])..<ends[sequence] }

    mutating func append(_ code: UInt32) { codes.append(code) }

    /// Ends the sequence whose codes were appended last.
    mutating func close(count: Int) {
        ends.append(codes.count)
        counts.append(count)
    }

    /// The sequences in ascending order, and for each, whether it equals the one before it.
    func sorted() -> [(sequence: Int, isRepeat: Bool)] {
        codes.withUnsafeBufferPointer { codes in
            // The first two codes decide most comparisons; an ended sequence comes before a longer one.
            struct Key {
                var lead: UInt64
                var sequence: Int
            }
            var keys: [Key] = []
            keys.reserveCapacity(count)
            for sequence in 0..<count {
                let range = range(sequence)
                let first = range.count > 0 ? UInt64(codes[range.lowerBound]) + 1 : 0
                let second = range.count > 1 ? UInt64(codes[range.lowerBound + 1]) + 1 : 0
                keys.append(Key(lead: first << 32 | second, sequence: sequence))
            }
            func order(_ left: Int, _ right: Int) -> Int {
                let first = range(left)
                let second = range(right)
                for (one, two) in zip(first, second) where codes[one] != codes[two] {
                    return codes[one] < codes[two] ? -1 : 1
                }
                return first.count - second.count
            }
            keys.sort { left, right in
                left.lead != right.lead ? left.lead < right.lead : order(left.sequence, right.sequence) < 0
            }
            return keys.indices.map { index in
                let isRepeat = index > 0 && order(keys[index - 1].sequence, keys[index].sequence) == 0
                return (keys[index].sequence, isRepeat)
            }
        }
    }
}
