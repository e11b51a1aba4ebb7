/// A named amount, with its interval where it has one.
struct ChartBar: Sendable {
    var label: String
    var value: Double
    var low: Double?
    var high: Double?
    var shown: String
    var href: String?
    /// A second line in a quieter voice.
    var note: String?
}

/// Bars beside their words. The words are a list of the page's own text, so that they wrap, grow and are read like
/// any other; only the bars are drawn.
enum BarChart {
    /// One bar a row, its label and amount above it. `whole` is what a full bar stands for; the largest value, unless told.
    static func rows(
        _ bars: [ChartBar], id: String, title: String, text: String, of whole: Double? = nil
    ) -> String {
        let most = max(whole ?? bars.map(\.value).max() ?? 0, 1e-9)
        return list("bars", bars, title: title) { bar in
            SVG.fluid("bar", height: 10, title: "", text: "", id: id, isDecoration: true) { svg in
                svg.box("rail", SVG.Across(0), 0, SVG.Across(1), 10, round: 5)
                if bar.value > 0 {
                    svg.box("bar1", SVG.Across(0), 0, SVG.Across(min(max(bar.value / most, 0.012), 1)), 10, round: 5)
                }
            }
        }
    }

    /// One dot a group with its interval as a whisker, over one scale that stands under the last of them.
    static func dots(_ rows: [ChartBar], id: String, title: String, text: String, tick: (Double) -> String) -> String {
        let values = rows.flatMap { [$0.low ?? $0.value, $0.high ?? $0.value] }
        let axis = Axis(from: values.min() ?? 0, to: values.max() ?? 1)
        func x(_ value: Double) -> SVG.Across { SVG.Across(axis.place(value, from: 0.02, to: 0.98)) }
        let shown = list("bars bars--dots", rows, title: title) { row in
            SVG.fluid("dots", height: 18, title: "", text: "", id: id, isDecoration: true) { svg in
                for value in axis.ticks { svg.line("grid", x(value), 0, x(value), 18) }
                if let low = row.low, let high = row.high { svg.line("whisker", x(low), 9, x(high), 9) }
                svg.dot("dot1", x(row.value), 9, 6)
            }
        }
        return shown
            + SVG.fluid("scale", height: 24, title: "", text: "", id: id, isDecoration: true) { svg in
                for value in axis.ticks {
                    let anchor: SVG.Anchor = value == axis.low ? .start : value == axis.high ? .end : .middle
                    svg.words("tick", x(value), 15, tick(value), anchor)
                }
            }
    }

    /// One bar of parts that make a whole, and under it what each part is.
    static func stack(_ parts: [ChartBar], id: String, title: String, text: String) -> String {
        let whole = max(parts.map(\.value).reduce(0, +), 1e-9)
        let picture = SVG.fluid("stack", height: 28, title: title, text: text, id: id) { svg in
            var x = 0.0
            for (at, part) in parts.enumerated() where part.value > 0 {
                let share = part.value / whole
                svg.box(
                    "part\(at % 6 + 1)", SVG.Across(x), 0, SVG.Across(max(share - 0.004, 0.002)), 28, round: 2,
                    tip: "\(part.label): \(part.shown)")
                x += share
            }
        }
        let names = parts.enumerated().map { at, part in
            let name = "<span class=\"key__name\">\(BytewiseHTML.escape(part.label))</span>"
            let swatch =
                "<svg class=\"key__swatch\" width=\"12\" height=\"12\" aria-hidden=\"true\">"
                + "<rect class=\"part\(at % 6 + 1)\" width=\"12\" height=\"12\" rx=\"2\"/></svg>"
            return "<li>\(swatch)\(linked(part.href, name)) <b>\(BytewiseHTML.escape(part.shown))</b></li>"
        }
        return "\(picture)<ul class=\"key\">\(names.joined())</ul>"
    }

    /// Adjoining bars over a line of values. `marks` are named places on it.
    static func histogram(
        _ bins: [(low: Double, high: Double, count: Int, href: String?)], marks: [(value: Double, label: String)],
        per unit: Double, id: String, title: String, text: String, tick: (Double) -> String,
        tip: (Double, Double, Int) -> String
    ) -> String {
        let height = 250.0
        let (left, right) = (0.12, 0.985)
        let (top, bottom) = (48.0, height - 30)
        let counts = Axis(from: 0, to: Double(bins.map(\.count).max() ?? 1))
        let first = bins.first?.low ?? 0
        let last = max(bins.last?.high ?? 1, first + 1e-9)
        func x(_ value: Double) -> Double {
            left + (min(max(value, first), last) - first) / (last - first) * (right - left)
        }
        func y(_ count: Double) -> Double { counts.place(count, from: bottom, to: top) }
        return SVG.fluid("histogram", height: height, title: title, text: text, id: id) { svg in
            for value in counts.ticks {
                svg.line("grid", SVG.Across(left), y(value), SVG.Across(1), y(value))
                svg.words(
                    "tick", SVG.Across(left), y(value) + 4.5, NumberText.decimal(value, places: 0), .end, shift: -8)
            }
            for bin in bins {
                let tip = tip(bin.low, bin.high, bin.count)
                func draw(_ svg: inout SVG) {
                    svg.box(
                        "bar1", SVG.Across(x(bin.low) + 0.0012), y(Double(bin.count)),
                        SVG.Across(max(x(bin.high) - x(bin.low) - 0.0024, 0.001)), bottom - y(Double(bin.count)),
                        tip: tip)
                }
                if let href = bin.href, bin.count > 0 { svg.link(href, label: tip, draw) } else { draw(&svg) }
            }
            for (at, mark) in marks.enumerated() {
                // Each name on a line of its own: two that lie close together don't write over one another.
                let line = 14 + Double(at % 2) * 16
                let isLate = x(mark.value) > 0.62
                svg.line("target", SVG.Across(x(mark.value)), line - 10, SVG.Across(x(mark.value)), bottom)
                svg.words(
                    "tick tick--target", SVG.Across(x(mark.value)), line, mark.label, isLate ? .end : .start,
                    shift: isLate ? -5 : 5)
            }
            svg.line("base", SVG.Across(left), bottom, SVG.Across(right), bottom)
            // Round in the unit shown, not in the unit kept.
            for value in Axis(from: first / unit, to: last / unit, count: 5).ticks.map({ $0 * unit })
            where value >= first && value <= last {
                svg.words("tick", SVG.Across(x(value)), height - 8, tick(value), .middle)
            }
        }
    }

    private static func list(
        _ kind: String, _ bars: [ChartBar], title: String, _ picture: (ChartBar) -> String
    ) -> String {
        let rows = bars.map { bar in
            let name = "<span class=\"bars__name\">\(BytewiseHTML.escape(bar.label))</span>"
            let note = bar.note.map { "<span class=\"bars__note\">\(BytewiseHTML.escape($0))</span>" } ?? ""
            return "<li><p class=\"bars__top\">\(linked(bar.href, name)) <b>\(BytewiseHTML.escape(bar.shown))</b></p>"
                + "\(picture(bar))\(note)</li>"
        }
        return "<ul class=\"\(kind)\" aria-label=\"\(BytewiseHTML.escape(title))\">\(rows.joined())</ul>"
    }

    private static func linked(_ href: String?, _ inner: String) -> String {
        href.map { "<a href=\"\(BytewiseHTML.escape($0))\">\(inner)</a>" } ?? inner
    }

    static func cut(_ text: String, _ limit: Int) -> String {
        text.count <= max(limit, 2) ? text : text.prefix(max(limit, 2) - 1) + "…"
    }
}
