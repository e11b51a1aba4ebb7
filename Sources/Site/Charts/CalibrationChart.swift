/// What was said and what was: one point a probability that dates were given with.
package struct CalibrationPoint: Sendable, Hashable {
    /// The share said to be kept, 0–1.
    package var said: Double
    package var was: ShownFigure
    /// What was said lies within the interval of what was.
    package var isHonest: Bool

    package init(said: Double, was: ShownFigure, isHonest: Bool) {
        self.said = said
        self.was = was
        self.isHonest = isHonest
    }
}

/// Said against was, beside the line on which both are equal; each point with its interval.
enum CalibrationChart {
    static func draw(_ points: [CalibrationPoint], id: String, title: String, text: String, format: Format) -> String {
        let words = format.words
        let size = 280.0
        let (left, right, top, bottom) = (52.0, size - 14, 12.0, size - 46)
        let shown = points.filter { $0.was.value != nil }
        let values = shown.flatMap { [$0.said, $0.was.value, $0.was.low].compactMap { $0 } }
        let axis = Axis(from: max(0, (values.min() ?? 0) - 0.05), to: 1)
        let high = min(axis.high, 1)
        func x(_ value: Double) -> Double { left + (value - axis.low) / (high - axis.low) * (right - left) }
        func y(_ value: Double) -> Double { bottom - (value - axis.low) / (high - axis.low) * (bottom - top) }
        return SVG.picture("calibration", width: size, height: size, title: title, text: text, id: id) { svg in
            for value in axis.ticks where value <= high + 1e-9 {
                svg.line("grid", left, y(value), right, y(value))
                svg.words("tick", left - 8, y(value) + 4.5, format.share(value), .end)
                svg.words("tick", x(value), bottom + 18, format.share(value), value > 0.99 ? .end : .middle)
            }
            svg.line("target", x(axis.low), y(axis.low), x(high), y(high))
            svg.words("tick", (left + right) / 2, size - 6, words["calibration_said"], .middle)
            for point in shown {
                guard let was = point.was.value else { continue }
                if let low = point.was.low, let high = point.was.high {
                    svg.line("whisker", x(point.said), y(low), x(point.said), y(high))
                }
                svg.dot(point.isHonest ? "dot1" : "dot1 dot1--off", x(point.said), y(was), 5)
            }
        }
    }
}
