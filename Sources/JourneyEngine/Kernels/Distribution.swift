/// Exact figures of a set of lengths of time.
package struct Distribution: Sendable, Hashable {
    /// A percentile (0…100), by linear interpolation (Hyndman and Fan's type 7) and by nearest rank (type 1), in
    /// seconds.
    package struct Percentile: Sendable, Hashable {
        package var level: Double
        package var linear: Double
        package var nearestRank: Double
    }

    package var count = 0
    /// Microseconds.
    package var sum: Int128 = 0
    package var minimum: Int64 = 0
    package var maximum: Int64 = 0
    /// Seconds; 0 for an empty set.
    package var mean = 0.0
    /// Sample standard deviation (n - 1), seconds; nil for fewer than two.
    package var deviation: Double?
    /// In the order asked for; empty for an empty set.
    package var percentiles: [Percentile] = []

    package init() {}

    package var sumSeconds: Double { Double(sum) / 1e6 }
    package var minimumSeconds: Double { Double(minimum) / 1e6 }
    package var maximumSeconds: Double { Double(maximum) / 1e6 }

    /// The linear percentile at a level that was asked for, seconds.
    package func linear(_ level: Double) -> Double? { percentiles.first { $0.level == level }?.linear }
    package func nearestRank(_ level: Double) -> Double? { percentiles.first { $0.level == level }?.nearestRank }

    /// Figures of `count` values, microseconds, none negative.
    init(_ values: UnsafePointer<Int64>, count: Int, levels: [Double], threads: Int = 1) {
        guard count > 0 else { return }
        self.count = count
        let bounds = levels.map { Self.bounds($0, count) }
        let ranks = Array(Set(bounds.flatMap { [$0.low, $0.high, $0.nearest] })).sorted()
        let found = measure(values, ranks, threads)
        func value(_ rank: Int) -> Double {
            var low = 0
            var high = ranks.count - 1
            while low < high {
                let middle = (low + high) / 2
                if ranks[middle] < rank { low = middle + 1 } else { high = middle }
            }
            return Double(found[low])
        }
        percentiles = zip(levels, bounds).map { level, bound in
            let below = value(bound.low)
            let above = value(bound.high)
            return Percentile(
                level: level, linear: (below + (above - below) * bound.fraction) / 1e6,
                nearestRank: value(bound.nearest) / 1e6)
        }
    }

    /// Sums, extremes and the values at ranks: one read that also counts by magnitude, and one that takes out what is
    /// needed.
    private mutating func measure(_ values: UnsafePointer<Int64>, _ ranks: [Int], _ threads: Int) -> [Int64] {
        let parts = max(1, min(threads, count / RankSelection.grain))
        let count = count
        let start = OutputPointer(UnsafeMutablePointer(mutating: values))
        let counted = concurrently(parts) { part in
            let from = count * part / parts
            let magnitudes = Magnitudes(size: count > RankSelection.small ? RankSelection.bins : 0)
            if let start = start.start { magnitudes.count(start + from, count * (part + 1) / parts - from) }
            return magnitudes
        }
        var squares = WideSum()
        minimum = .max
        maximum = .min
        for part in counted {
            minimum = min(minimum, part.minimum)
            maximum = max(maximum, part.maximum)
            sum += part.sum
            squares.add(part.squares)
        }
        mean = Double(sum) / Double(count) / 1e6
        deviation = squares.deviation(sum: sum, count: count).map { $0 / 1e6 }
        if count <= RankSelection.small { return RankSelection.sorted(values, count: count, ranks: ranks) }
        return RankSelection.select(values, count: count, ranks: ranks, counted: counted)
    }

    static func bounds(
        _ level: Double, _ count: Int
    ) -> (low: Int, high: Int, fraction: Double, nearest: Int) {
        let share = level.isFinite ? min(max(level, 0), 100) : 0
        let position = Double(count - 1) * share / 100
        let low = min(Int(position), count - 1)
        let nearest = Int((Double(count) * share / 100).rounded(.up))
        return (low, min(low + 1, count - 1), position - Double(low), min(max(nearest, 1), count) - 1)
    }
}

/// A sum of squares that does not overflow, whatever the values.
struct WideSum: Sendable, Hashable {
    private var low: UInt128 = 0
    private var high: UInt64 = 0

    @inline(__always)
    mutating func addSquare(_ value: Int64) {
        let magnitude = value.magnitude
        let (sum, overflow) = low.addingReportingOverflow(UInt128(magnitude) &* UInt128(magnitude))
        low = sum
        high &+= overflow ? 1 : 0
    }

    mutating func add(_ other: WideSum) {
        let (sum, overflow) = low.addingReportingOverflow(other.low)
        low = sum
        high &+= other.high &+ (overflow ? 1 : 0)
    }

    /// The sample standard deviation, from whole numbers up to the last division.
    func deviation(sum: Int128, count: Int) -> Double? {
        guard count > 1 else { return nil }
        let n = UInt128(count)
        // n Σx² - (Σx)², exactly, in 256 bits when Σx² fits 128.
        let numerator: Double
        if high == 0 {
            let scaled = n.multipliedFullWidth(by: low)
            let squared = sum.magnitude.multipliedFullWidth(by: sum.magnitude)
            let (lower, borrow) = scaled.low.subtractingReportingOverflow(squared.low)
            let upper = scaled.high &- squared.high &- (borrow ? 1 : 0)
            numerator = Double(upper) * 0x1p128 + Double(lower)
        } else {
            let total = Double(high) * 0x1p128 + Double(low)
            numerator = Double(count) * total - Double(sum) * Double(sum)
        }
        return (max(numerator, 0) / Double(count) / Double(count - 1)).squareRoot()
    }
}
