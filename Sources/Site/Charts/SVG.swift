/// Text of an SVG picture, escaped as it is written. Looks come from classes of the stylesheet and from presentation
/// attributes; the content security policy allows no style attribute.
struct SVG: Sendable {
    private(set) var text = ""

    /// A picture with a name and a description for those who can't see it.
    static func picture(
        _ kind: String, width: Double, height: Double, title: String, text: String, id: String, scale: Double? = nil,
        _ draw: (inout SVG) -> Void
    ) -> String {
        var svg = SVG()
        draw(&svg)
        // An image's children are not read out, so a picture with links in it is a group.
        let role = svg.text.contains("<a href") ? "group" : "img"
        let name = "\(id)-title"
        let description = "\(id)-text"
        // With a scale the picture has a size of its own; without, it is as wide as its place.
        let look = scale == nil && width > 200 ? " pic--scaled" : ""
        let size = scale.map { " width=\"\(number(width * $0))\" height=\"\(number(height * $0))\"" } ?? ""
        return """
            <svg class="pic pic--\(kind)\(look)"\(size) viewBox="0 0 \(number(width)) \(number(height))" role="\(role)" \
            aria-labelledby="\(name) \(description)"><title id="\(name)">\(BytewiseHTML.escape(title))</title>\
            <desc id="\(description)">\(BytewiseHTML.escape(text))</desc>\(svg.text)</svg>
            """
    }

    mutating func line(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        text += "<line class=\"\(kind)\" x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\"/>"
    }

    mutating func path(_ kind: String, _ d: String, width: Double? = nil) {
        let stroke = width.map { " stroke-width=\"\(n($0))\"" } ?? ""
        text += "<path class=\"\(kind)\" d=\"\(d)\"\(stroke)/>"
    }

    mutating func dot(_ kind: String, _ x: Double, _ y: Double, _ r: Double) {
        text += "<circle class=\"\(kind)\" cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(r))\"/>"
    }

    mutating func box(
        _ kind: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double, round: Double = 0,
        tip: String? = nil
    ) {
        let title = tip.map { "<title>\(BytewiseHTML.escape($0))</title>" } ?? ""
        text +=
            "<rect class=\"\(kind)\" x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(max(0, width)))\" "
            + "height=\"\(n(max(0, height)))\" rx=\"\(n(round))\">\(title)</rect>"
    }

    enum Anchor: String { case start, middle, end }

    mutating func words(_ kind: String, _ x: Double, _ y: Double, _ words: String, _ anchor: Anchor = .start) {
        text +=
            "<text class=\"\(kind)\" x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor.rawValue)\">"
            + "\(BytewiseHTML.escape(words))</text>"
    }

    mutating func link(_ href: String, label: String, _ draw: (inout SVG) -> Void) {
        text += "<a href=\"\(BytewiseHTML.escape(href))\" aria-label=\"\(BytewiseHTML.escape(label))\">"
        draw(&self)
        text += "</a>"
    }

    func n(_ value: Double) -> String { SVG.number(value) }

    mutating func put(_ markup: String) { text += markup }

    /// One decimal; what is not finite becomes 0, so that a bad figure can't break the picture.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let whole = abs(tenths) / 10
        let rest = abs(tenths) % 10
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }
}
