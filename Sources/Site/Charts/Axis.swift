import Foundation

/// A linear axis with round ticks.
struct Axis: Sendable {
    var low: Double
    var high: Double
    var ticks: [Double]

    /// Steps of 1, 2, 2.5 or 5 times a power of ten, about `count` of them, from at most `low` to at least `high`.
    init(from low: Double, to high: Double, count: Int = 4) {
        var low = low.isFinite ? low : 0
        var high = high.isFinite ? high : 1
        if high <= low { (low, high) = (min(low, 0), max(low, 0) + (low == 0 ? 1 : 0)) }
        let rough = (high - low) / Double(max(count, 1))
        let power = pow(10, log10(rough).rounded(.down))
        let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
        let first = (low / step).rounded(.down)
        let last = (high / step).rounded(.up)
        self.low = first * step
        self.high = last * step
        ticks = stride(from: first, through: min(last, first + 40), by: 1).map { $0 * step }
    }

    func place(_ value: Double, from start: Double, to end: Double) -> Double {
        start + (value - low) / (high - low) * (end - start)
    }
}
