internal import CoreMetrics
internal import Synchronization

/// One metric with one set of labels.
final class MetricSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    enum Shape: Sendable {
        case counter
        case gauge
        /// Upper bounds, ascending.
        case histogram([Double])
    }

    enum Reading: Sendable {
        case value(Double)
        /// How many were at or below each bound, then all of them.
        case histogram(bounds: [Double], counts: [UInt64], total: UInt64, sum: Double)
    }

    private struct State {
        var value = 0.0
        var counts: [UInt64]
        var total: UInt64 = 0
    }

    private let shape: Shape
    private let state: Mutex<State>

    init(_ shape: Shape) {
        self.shape = shape
        if case .histogram(let bounds) = shape {
            state = Mutex(State(counts: Array(repeating: 0, count: bounds.count)))
        } else {
            state = Mutex(State(counts: []))
        }
    }

    var kindWord: String {
        switch shape {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    var reading: Reading {
        let state = state.withLock { $0 }
        guard case .histogram(let bounds) = shape else { return .value(state.value) }
        var sum: UInt64 = 0
        let counts = state.counts.map { count in
            sum += count
            return sum
        }
        return .histogram(bounds: bounds, counts: counts, total: state.total, sum: state.value)
    }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        guard amount.isFinite else { return }
        state.withLock { $0.value += amount }
    }

    func decrement(by amount: Double) { increment(by: -amount) }

    func reset() { state.withLock { $0.value = 0 } }

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { state.withLock { $0.value = value } }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        guard case .histogram(let bounds) = shape else { return set(value) }
        state.withLock { state in
            state.value += value
            state.total += 1
            if let at = bounds.firstIndex(where: { value <= $0 }) { state.counts[at] += 1 }
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
