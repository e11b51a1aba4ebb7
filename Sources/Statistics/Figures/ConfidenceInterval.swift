/// A two-sided interval with finite ends, in the units of the estimate.
package struct ConfidenceInterval: Sendable, Codable, Hashable {
    package var lower: Double
    package var upper: Double

    package init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    package var width: Double { upper - lower }

    package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

extension Figure.Interval {
    package init(_ interval: ConfidenceInterval) { self.init(lower: interval.lower, upper: interval.upper) }
}
