/// A named amount, with its interval where it has one.
struct ChartBar: Sendable {
    var label: String
    var value: Double
    var low: Double?
    var high: Double?
    var shown: String
    var href: String?
}

enum BarChart {
    /// Horizontal bars with their labels above them, so that long names fit a phone.
    static func rows(_ bars: [ChartBar], id: String, title: String, text: String) -> String {
        let width = 480.0
        let step = 44.0
        let most = max(bars.map(\.value).max() ?? 0, 1e-9)
        return SVG.picture(
            "bars", width: width, height: max(step * Double(bars.count), 1), title: title, text: text, id: id
        ) { svg in
            for (at, bar) in bars.enumerated() {
                let y = step * Double(at)
                func draw(_ svg: inout SVG) {
                    svg.words("label", 0, y + 15, cut(bar.label, 44))
                    svg.words("value", width, y + 15, bar.shown, .end)
                    svg.box("rail", 0, y + 22, width, 10, round: 5)
                    svg.box("bar1", 0, y + 22, max(width * bar.value / most, bar.value > 0 ? 3 : 0), 10, round: 5)
                }
                if let href = bar.href {
                    svg.link(href, label: "\(bar.label): \(bar.shown)", draw)
                } else {
                    draw(&svg)
                }
            }
        }
    }

    /// One bar of parts that make a whole, with a gap between them.
    static func stack(_ parts: [ChartBar], id: String, title: String, text: String) -> String {
        let whole = max(parts.map(\.value).reduce(0, +), 1e-9)
        return SVG.picture("stack", width: 480, height: 58, title: title, text: text, id: id) { svg in
            var x = 0.0
            for (at, part) in parts.enumerated() where part.value > 0 {
                let width = 480 * part.value / whole
                svg.box("part\(at + 1)", x, 0, max(width - 2, 1), 26, round: 2, tip: "\(part.label): \(part.shown)")
                if width > 60 { svg.words("label", x, 48, cut(part.label, Int(width / 8))) }
                x += width
            }
        }
    }

    /// Adjoining bars over a line of values. `marks` are named places on it.
    static func histogram(
        _ bins: [(low: Double, high: Double, count: Int, href: String?)], marks: [(value: Double, label: String)],
        per unit: Double, id: String, title: String, text: String, tick: (Double) -> String,
        tip: (Double, Double, Int) -> String
    ) -> String {
        let width = 480.0
        let height = 230.0
        let left = 46.0
        let right = width - 12
        let top = 34.0
        let bottom = height - 30
        let counts = Axis(from: 0, to: Double(bins.map(\.count).max() ?? 1))
        let first = bins.first?.low ?? 0
        let last = max(bins.last?.high ?? 1, first + 1e-9)
        func x(_ value: Double) -> Double {
            left + (min(max(value, first), last) - first) / (last - first) * (right - left)
        }
        func y(_ count: Double) -> Double { counts.place(count, from: bottom, to: top) }
        return SVG.picture("histogram", width: width, height: height, title: title, text: text, id: id) { svg in
            for value in counts.ticks {
                svg.line("grid", left, y(value), right, y(value))
                svg.words("tick", left - 8, y(value) + 4.5, NumberText.decimal(value, places: 0), .end)
            }
            for bin in bins {
                let tip = tip(bin.low, bin.high, bin.count)
                func draw(_ svg: inout SVG) {
                    svg.box(
                        "bar1", x(bin.low) + 0.75, y(Double(bin.count)), x(bin.high) - x(bin.low) - 1.5,
                        bottom - y(Double(bin.count)), tip: tip)
                }
                if let href = bin.href, bin.count > 0 { svg.link(href, label: tip, draw) } else { draw(&svg) }
            }
            for (at, mark) in marks.enumerated() {
                svg.line("target", x(mark.value), top - 6 - Double(at % 2) * 14, x(mark.value), bottom)
                svg.words(
                    "tick tick--target", x(mark.value) + 4, top - 10 - Double(at % 2) * 12, mark.label,
                    x(mark.value) > 340 ? .end : .start)
            }
            svg.line("base", left, bottom, right, bottom)
            // Round in the unit shown, not in the unit kept.
            for value in Axis(from: first / unit, to: last / unit, count: 5).ticks.map({ $0 * unit })
            where value >= first && value <= last {
                svg.words("tick", x(value), height - 8, tick(value), .middle)
            }
        }
    }

    /// One dot a group with its interval as a whisker.
    static func dots(_ rows: [ChartBar], id: String, title: String, text: String, tick: (Double) -> String) -> String {
        let width = 480.0
        let step = 46.0
        let left = 8.0
        let right = width - 8
        let values = rows.flatMap { [$0.low ?? $0.value, $0.high ?? $0.value] }
        let axis = Axis(from: values.min() ?? 0, to: values.max() ?? 1)
        func x(_ value: Double) -> Double { axis.place(value, from: left, to: right) }
        let height = step * Double(rows.count) + 26
        return SVG.picture("dots", width: width, height: height, title: title, text: text, id: id) { svg in
            for value in axis.ticks {
                svg.line("grid", x(value), 0, x(value), height - 24)
                let anchor: SVG.Anchor = value == axis.low ? .start : value == axis.high ? .end : .middle
                svg.words("tick", x(value), height - 6, tick(value), anchor)
            }
            for (at, row) in rows.enumerated() {
                let y = step * Double(at)
                func draw(_ svg: inout SVG) {
                    svg.words("label", left, y + 15, cut(row.label, 40))
                    svg.words("value", right, y + 15, row.shown, .end)
                    if let low = row.low, let high = row.high { svg.line("whisker", x(low), y + 30, x(high), y + 30) }
                    svg.dot("dot1", x(row.value), y + 30, 5.5)
                }
                if let href = row.href {
                    svg.link(href, label: "\(row.label): \(row.shown)", draw)
                } else {
                    draw(&svg)
                }
            }
        }
    }

    static func cut(_ text: String, _ limit: Int) -> String {
        text.count <= max(limit, 2) ? text : text.prefix(max(limit, 2) - 1) + "…"
    }
}
