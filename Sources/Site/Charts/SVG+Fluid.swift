/// Pictures that are as wide as their place while their text keeps its size: across, places are shares of the width
/// (0–1); down, they are pixels. A picture scaled to a telephone would scale its words to half.
extension SVG {
    /// Across a fluid picture: a share of the width.
    struct Across: Sendable {
        var share: Double

        init(_ share: Double) { self.share = share }

        var text: String { SVG.percent(share) }
    }

    static func fluid(
        _ kind: String, height: Double, title: String, text: String, id: String, isDecoration: Bool = false,
        _ draw: (inout SVG) -> Void
    ) -> String {
        var svg = SVG()
        draw(&svg)
        let size = "class=\"pic pic--fluid pic--\(kind)\" width=\"100%\" height=\"\(number(height))\""
        // What stands beside it says the same: read out once.
        if isDecoration { return "<svg \(size) aria-hidden=\"true\" focusable=\"false\">\(svg.text)</svg>" }
        let role = svg.text.contains("<a href") ? "group" : "img"
        let (name, description) = ("\(id)-title", "\(id)-text")
        return """
            <svg \(size) role="\(role)" aria-labelledby="\(name) \(description)"><title id="\(name)">\
            \(BytewiseHTML.escape(title))</title><desc id="\(description)">\(BytewiseHTML.escape(text))</desc>\
            \(svg.text)</svg>
            """
    }

    mutating func line(_ kind: String, _ x1: Across, _ y1: Double, _ x2: Across, _ y2: Double) {
        put("<line class=\"\(kind)\" x1=\"\(x1.text)\" y1=\"\(n(y1))\" x2=\"\(x2.text)\" y2=\"\(n(y2))\"/>")
    }

    mutating func dot(_ kind: String, _ x: Across, _ y: Double, _ r: Double, tip: String? = nil) {
        let title = tip.map { "<title>\(BytewiseHTML.escape($0))</title>" } ?? ""
        put("<circle class=\"\(kind)\" cx=\"\(x.text)\" cy=\"\(n(y))\" r=\"\(n(r))\">\(title)</circle>")
    }

    mutating func box(
        _ kind: String, _ x: Across, _ y: Double, _ width: Across, _ height: Double, round: Double = 0,
        tip: String? = nil
    ) {
        let title = tip.map { "<title>\(BytewiseHTML.escape($0))</title>" } ?? ""
        put(
            "<rect class=\"\(kind)\" x=\"\(x.text)\" y=\"\(n(y))\" width=\"\(width.text)\" "
                + "height=\"\(n(max(0, height)))\" rx=\"\(n(round))\">\(title)</rect>")
    }

    /// `shift` moves the words by pixels from their place.
    mutating func words(
        _ kind: String, _ x: Across, _ y: Double, _ words: String, _ anchor: Anchor = .start, shift: Double = 0
    ) {
        let moved = shift == 0 ? "" : " dx=\"\(n(shift))\""
        put(
            "<text class=\"\(kind)\" x=\"\(x.text)\" y=\"\(n(y))\"\(moved) text-anchor=\"\(anchor.rawValue)\">"
                + "\(BytewiseHTML.escape(words))</text>")
    }

    /// Lines and areas, which take no shares: drawn on a sheet a thousand wide that is stretched to the width.
    mutating func stretched(height: Double, _ draw: (inout SVG) -> Void) {
        put(
            "<svg class=\"stretched\" x=\"0\" y=\"0\" width=\"100%\" height=\"\(n(height))\" "
                + "viewBox=\"0 0 1000 \(n(height))\" preserveAspectRatio=\"none\">")
        draw(&self)
        put("</svg>")
    }

    /// Two decimals of a per cent: less than a pixel on any screen.
    static func percent(_ share: Double) -> String {
        guard share.isFinite, abs(share) < 1e6 else { return "0%" }
        let hundredths = Int((share * 10_000).rounded())
        let rest = abs(hundredths) % 100
        let sign = hundredths < 0 ? "-" : ""
        let digits = rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)"
        return "\(sign)\(abs(hundredths) / 100)\(digits)%"
    }
}
