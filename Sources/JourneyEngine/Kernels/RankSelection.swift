/// The values at given ranks of a set, without sorting it.
///
/// Values are counted by magnitude (exponent and five bits of mantissa, about 3 % wide), then only those that share a
/// bin with a wanted rank are moved out and partitioned. Three reads of the values at most, whatever their
/// distribution.
enum RankSelection {
    static let bins = 64 * 32
    /// Sets up to this size are sorted.
    static let small = 256
    /// Values worth a thread of their own.
    static let grain = 1 << 16

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

    /// The same of any set; no value is negative. `counted` are its parts of about equal size, in order, each with its
    /// bins.
    static func select(
        _ values: UnsafePointer<Int64>, count: Int, ranks: [Int], counted: [Magnitudes]
    ) -> [Int64] {
        let parts = counted.count
        // Every part has a slot of its own, a cache line apart, that takes, and forgets, what is not wanted.
        var size = parts * 8
        var wanted: [(below: Int, start: Int, count: Int)] = []
        var cursors = counted.indices.map { [UInt32](repeating: UInt32($0 * 8), count: bins) }
        var step = [UInt32](repeating: 0, count: bins)
        var below = 0
        var next = 0
        for bin in 0..<bins {
            let inside = counted.reduce(0) { $0 + Int($1.bins[bin]) }
            if next < ranks.count, ranks[next] < below + inside {
                wanted.append((below, size, inside))
                step[bin] = 1
                for part in counted.indices {
                    cursors[part][bin] = UInt32(truncatingIfNeeded: size)
                    size += Int(counted[part].bins[bin])
                }
                while next < ranks.count, ranks[next] < below + inside { next += 1 }
            }
            below += inside
        }
        var gathered = GrowingColumn<Int64>(capacity: size)
        gathered.setCount(size)
        let out = OutputPointer(gathered.start)
        let source = OutputPointer(UnsafeMutablePointer(mutating: values))
        _ = concurrently(parts) { part in
            guard let out = out.start, let values = source.start else { return }
            var cursors = cursors[part]
            cursors.withUnsafeMutableBufferPointer { cursors in
                step.withUnsafeBufferPointer { step in
                    guard let cursor = cursors.baseAddress, let step = step.baseAddress else { return }
                    for index in count * part / parts..<count * (part + 1) / parts {
                        let value = values[index]
                        let bin = bin(value)
                        let at = cursor[bin]
                        out[Int(at)] = value
                        cursor[bin] = at &+ step[bin]
                    }
                }
            }
        }
        var result: [Int64] = []
        result.reserveCapacity(ranks.count)
        var group = 0
        for rank in ranks {
            while group + 1 < wanted.count, wanted[group + 1].below <= rank { group += 1 }
            let (below, start, inside) = wanted[group]
            result.append(nth(gathered.start + start, inside, rank - below))
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
