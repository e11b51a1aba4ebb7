/// One point of a figure over time; nil where there is nothing to show.
package struct TrendPoint: Sendable, Hashable {
    package var label: String
    package var value: Double?
    package var low: Double?
    package var high: Double?
    package var n: Int

    package init(label: String, value: Double?, low: Double? = nil, high: Double? = nil, n: Int) {
        self.label = label
        self.value = value
        self.low = low
        self.high = high
        self.n = n
    }
}

/// A line with its interval as a band. Gaps stay gaps: nothing is drawn across a month without data.
enum TrendChart {
    static func draw(
        _ points: [TrendPoint], id: String, title: String, text: String, target: Double? = nil,
        targetLabel: String = "", tick: (Double) -> String
    ) -> String {
        let width = 480.0
        let height = 230.0
        let left = 46.0
        let right = width - 12
        let top = 14.0
        let bottom = height - 30
        let values = points.flatMap { [$0.value, $0.low, $0.high].compactMap { $0 } } + [target].compactMap { $0 }
        let lowest = values.min() ?? 0
        let highest = values.max() ?? 1
        let pad = max((highest - lowest) * 0.1, 1e-9)
        var axis = Axis(from: lowest - pad < 0 ? 0 : lowest - pad, to: highest + pad)
        if (values.max() ?? 0) <= 1, axis.high > 1 { axis = Axis(from: axis.low, to: 1) }
        func x(_ at: Int) -> Double {
            points.count < 2 ? (left + right) / 2 : left + (right - left) * Double(at) / Double(points.count - 1)
        }
        func y(_ value: Double) -> Double { axis.place(value, from: bottom, to: top) }
        return SVG.picture("trend", width: width, height: height, title: title, text: text, id: id) { svg in
            for value in axis.ticks {
                svg.line("grid", left, y(value), right, y(value))
                svg.words("tick", left - 8, y(value) + 4.5, tick(value), .end)
            }
            for run in runs(points, where: { $0.low != nil && $0.high != nil }) {
                let upper = run.map { "\(SVG.number(x($0))) \(SVG.number(y(points[$0].high ?? 0)))" }
                let lower = run.reversed().map { "\(SVG.number(x($0))) \(SVG.number(y(points[$0].low ?? 0)))" }
                svg.path("band1", "M" + (upper + lower).joined(separator: "L") + "Z")
            }
            if let target {
                svg.line("target", left, y(target), right, y(target))
                svg.words("tick tick--target", right, y(target) - 6, targetLabel, .end)
            }
            for run in runs(points, where: { $0.value != nil }) {
                let places = run.map { "\(SVG.number(x($0))) \(SVG.number(y(points[$0].value ?? 0)))" }
                svg.path("line1", "M" + places.joined(separator: "L"))
                for at in run { svg.dot("dot1", x(at), y(points[at].value ?? 0), 3.2) }
            }
            let every = max(1, (points.count + 3) / 4)
            for at in points.indices where at % every == 0 || at == points.count - 1 {
                if at == points.count - 1, at % every != 0, at % every < (every + 1) / 2 + 1 { continue }
                let anchor: SVG.Anchor = at == 0 ? .start : at == points.count - 1 ? .end : .middle
                svg.words("tick", x(at), height - 8, points[at].label, anchor)
            }
        }
    }

    /// A line without axes for a table or a card; nil with fewer than two points.
    static func spark(_ points: [TrendPoint], id: String, title: String, text: String) -> String? {
        let values = points.compactMap(\.value)
        guard values.count > 1, let low = values.min(), let high = values.max() else { return nil }
        let range = max(high - low, 0.02)
        func x(_ at: Int) -> Double { 4 + 112 * Double(at) / Double(max(points.count - 1, 1)) }
        func y(_ value: Double) -> Double { 26 - 22 * (value - low) / range }
        return SVG.picture("spark", width: 120, height: 30, title: title, text: text, id: id) { svg in
            for run in runs(points, where: { $0.value != nil }) {
                let places = run.map { "\(SVG.number(x($0))) \(SVG.number(y(points[$0].value ?? 0)))" }
                svg.path("line1", "M" + places.joined(separator: "L"))
            }
            if let last = points.lastIndex(where: { $0.value != nil }), let value = points[last].value {
                svg.dot("dot1", x(last), y(value), 3)
            }
        }
    }

    private static func runs(_ points: [TrendPoint], where holds: (TrendPoint) -> Bool) -> [[Int]] {
        var runs: [[Int]] = []
        for at in points.indices where holds(points[at]) {
            if let last = runs.last?.last, last == at - 1 { runs[runs.count - 1].append(at) } else { runs.append([at]) }
        }
        return runs
    }
}
