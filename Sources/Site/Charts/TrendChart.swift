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
    private static let height = 236.0
    private static let (top, bottom) = (34.0, 204.0)
    private static let (left, right) = (0.15, 0.985)

    /// - Parameter startsAt: says in words that the axis begins above nought ("The scale starts at 80 %"); without
    ///   it the axis always begins at nought.
    static func draw(
        _ points: [TrendPoint], id: String, title: String, text: String, target: Double? = nil,
        targetLabel: String = "", startsAt: ((String) -> String)? = nil, tick: (Double) -> String
    ) -> String {
        let values = points.flatMap { [$0.value, $0.low, $0.high].compactMap { $0 } } + [target].compactMap { $0 }
        let axis = axis(values, mayBreak: startsAt != nil)
        func x(_ at: Int) -> Double {
            points.count < 2 ? (left + right) / 2 : left + (right - left) * Double(at) / Double(points.count - 1)
        }
        func y(_ value: Double) -> Double { axis.place(value, from: bottom, to: top) }
        func place(_ at: Int, _ value: Double) -> String {
            "\(SVG.number(x(at) * 1_000)) \(SVG.number(y(value)))"
        }
        return SVG.fluid("trend", height: height, title: title, text: text, id: id) { svg in
            for value in axis.ticks {
                svg.line("grid", SVG.Across(left), y(value), SVG.Across(1), y(value))
                svg.words("tick", SVG.Across(left), y(value) + 4.5, tick(value), .end, shift: -8)
            }
            if axis.low > 0, let startsAt { drawBreak(&svg, startsAt(tick(axis.low))) }
            svg.stretched(height: height) { svg in
                for run in runs(points, where: { $0.low != nil && $0.high != nil }) {
                    let upper = run.map { place($0, points[$0].high ?? 0) }
                    let lower = run.reversed().map { place($0, points[$0].low ?? 0) }
                    svg.path("band1", "M" + (upper + lower).joined(separator: "L") + "Z")
                }
                for run in runs(points, where: { $0.value != nil }) where run.count > 1 {
                    svg.path("line1", "M" + run.map { place($0, points[$0].value ?? 0) }.joined(separator: "L"))
                }
            }
            if let target {
                // Its words stand in a line of their own above the picture, where no value can come.
                svg.line("target", SVG.Across(left), y(target), SVG.Across(1), y(target))
                svg.words("tick tick--target", SVG.Across(1), 14, "┄ \(targetLabel)", .end)
            }
            for at in points.indices {
                guard let value = points[at].value else { continue }
                svg.dot("dot1", SVG.Across(x(at)), y(value), 3.5, tip: "\(points[at].label): \(tick(value))")
            }
            let every = max(1, (points.count + 3) / 4)
            for at in points.indices where at % every == 0 || at == points.count - 1 {
                if at == points.count - 1, at % every != 0, at % every < (every + 1) / 2 + 1 { continue }
                let anchor: SVG.Anchor = at == 0 && points.count > 1 ? .start : at == points.count - 1 ? .end : .middle
                svg.words("tick", SVG.Across(x(at)), height - 8, points[at].label, anchor)
            }
        }
    }

    /// From nought, unless everything lies so far above it that its movement could not be seen.
    static func axis(_ values: [Double], mayBreak: Bool) -> Axis {
        let lowest = values.min() ?? 0
        let highest = values.max() ?? 1
        let pad = max((highest - lowest) * 0.1, 1e-9)
        let breaks = mayBreak && lowest > 0.6 * highest
        var axis = Axis(from: breaks ? max(0, lowest - pad) : min(0, lowest), to: highest + pad)
        if highest <= 1, axis.high > 1 { axis = Axis(from: axis.low, to: 1) }
        return axis
    }

    /// Two strokes across the foot of the axis, and the words.
    private static func drawBreak(_ svg: inout SVG, _ words: String) {
        svg.put("<g class=\"break\" aria-hidden=\"true\">")
        for lift in [0.0, 5] {
            svg.line(
                "break__stroke", SVG.Across(left - 0.016), bottom + 9 - lift, SVG.Across(left + 0.016),
                bottom + 4 - lift)
        }
        svg.put("</g>")
        svg.words("tick tick--note", SVG.Across(0), 14, words)
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
