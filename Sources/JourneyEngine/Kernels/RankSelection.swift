/// The values at given ranks of a set, without sorting it.
///
/// Values are counted by magnitude (exponent and five bits of mantissa, about 3 % wide), then only those that share a bin with
/// a wanted rank are moved out and partitioned. Three reads of the values at most, whatever their distribution.
enum RankSelection {
    static let bins = 64 * 32
    /// Sets up to this size are sorted.
    static let small = 256

    /// A monotonic bin of a value that is not negative.
    @inline(__always)
    static func bin(_ value: Int64) -> Int {
        let bits = UInt64(bitPattern: value)
        let zeros = (bits | 31).leadingZeroBitCount
        // Below 64 every value has its own bin.
        let shift = 58 - min(zeros, 58)
        return shift << 5 &+ Int(truncatingIfNeeded: bits >> UInt64(truncatingIfNeeded: shift))
    }

    /// Values at the 0-based `ranks`, ascending and below `count`, of a set small enough to sort.
    static func sorted(_ values: UnsafePointer<Int64>, count: Int, ranks: [Int]) -> [Int64] {
        var copy = Array(UnsafeBufferPointer(start: values, count: count))
        copy.sort()
        return ranks.map { copy[$0] }
    }

    /// The same of any set; no value is negative. `histogram` counts the values by bin; it and `cursors`, as long, are used up.
    static func select(
        _ values: UnsafePointer<Int64>, count: Int, ranks: [Int], histogram: UnsafeMutablePointer<UInt32>,
        cursors: UnsafeMutablePointer<UInt32>
    ) -> [Int64] {
        // Place the bins that hold a rank one after another; slot 0 takes, and forgets, everything else.
        var wanted: [(bin: Int, below: Int, start: Int)] = []
        var size = 1
        var below = 0
        var next = 0
        for bin in 0..<bins {
            let inside = Int(histogram[bin])
            let isWanted = next < ranks.count && ranks[next] < below + inside
            if isWanted {
                wanted.append((bin, below, size))
                cursors[bin] = UInt32(truncatingIfNeeded: size)
                size += inside
                while next < ranks.count, ranks[next] < below + inside { next += 1 }
            }
            below += inside
            // From here on: how far the cursor moves for a value of this bin.
            histogram[bin] = isWanted ? 1 : 0
        }
        var gathered = GrowingColumn<Int64>(capacity: size)
        gathered.pad(to: 1, with: 0)
        gathered.reserve(size)
        let out = gathered.start
        for index in 0..<count {
            let value = values[index]
            let bin = bin(value)
            let at = cursors[bin]
            out[Int(at)] = value
            cursors[bin] = at &+ histogram[bin]
        }
        var result: [Int64] = []
        result.reserveCapacity(ranks.count)
        var group = 0
        for rank in ranks {
            while group + 1 < wanted.count, wanted[group + 1].below <= rank { group += 1 }
            let (bin, below, start) = wanted[group]
            result.append(nth(out + start, Int(cursors[bin]) - start, rank - below))
        }
        return result
    }

    /// The value at `rank` after partitioning in place.
    static func nth(_ values: UnsafeMutablePointer<Int64>, _ count: Int, _ rank: Int) -> Int64 {
        var low = 0
        var high = count
        var rounds = 0
        while high - low > 32 {
            rounds += 1
            if rounds > 64 {
                // A hostile order: sort what is left.
                var rest = UnsafeMutableBufferPointer(start: values + low, count: high - low)
                rest.sort()
                return values[rank]
            }
            let pivot = median(values[low], values[low + (high - low) / 2], values[high - 1])
            let split = partition(values, low, high) { $0 < pivot }
            if rank < split {
                high = split
                continue
            }
            let above = partition(values, split, high) { $0 == pivot }
            if rank < above { return pivot }
            low = above
        }
        for index in low..<high {
            let value = values[index]
            var at = index
            while at > low, values[at - 1] > value {
                values[at] = values[at - 1]
                at -= 1
            }
            values[at] = value
        }
        return values[rank]
    }

    /// Moves values that fit to the front; no branch depends on a value.
    @inline(__always)
    private static func partition(
        _ values: UnsafeMutablePointer<Int64>, _ low: Int, _ high: Int, _ fits: (Int64) -> Bool
    ) -> Int {
        var store = low
        for index in low..<high {
            let value = values[index]
            values[index] = values[store]
            values[store] = value
            store &+= fits(value) ? 1 : 0
        }
        return store
    }

    private static func median(_ first: Int64, _ second: Int64, _ third: Int64) -> Int64 {
        max(min(first, second), min(max(first, second), third))
    }
}
