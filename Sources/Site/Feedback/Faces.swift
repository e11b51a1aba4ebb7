/// The five faces and two thumbs, drawn for this project: the mouth's curve is the only thing that changes, so that
/// they differ by shape and not by colour alone.
enum Faces {
    static func picture(_ score: Int) -> String {
        let bends: [Double] = [-11, -5, 0, 6, 13]
        let bend = bends[max(1, min(score, 5)) - 1]
        let corner = 43 - bend * 0.35
        let mouth =
            score == 5
            ? "<path d=\"M19 39 Q32 60 45 39 Z\" fill=\"currentColor\" stroke=\"currentColor\"/>"
            : "<path d=\"M21 \(text(corner)) Q32 \(text(corner + bend)) 43 \(text(corner))\" fill=\"none\"/>"
        let brows =
            score == 1
            ? "<path d=\"M18 19 L27 23 M46 19 L37 23\" fill=\"none\"/>" : ""
        return """
            <svg class="face face--\(score)" viewBox="0 0 64 64" aria-hidden="true" focusable="false">\
            <circle class="face__disc" cx="32" cy="32" r="29"/>\
            <g stroke="currentColor" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round">\
            \(mouth)\(brows)</g>\
            <circle cx="23" cy="27" r="3.2" fill="currentColor"/><circle cx="41" cy="27" r="3.2" fill="currentColor"/></svg>
            """
    }

    static func thumb(up: Bool) -> String {
        let turn = up ? "" : " transform=\"rotate(180 32 32)\""
        return """
            <svg class="thumb" viewBox="0 0 64 64" aria-hidden="true" focusable="false"><g\(turn) fill="none" \
            stroke="currentColor" stroke-width="3.5" stroke-linejoin="round" stroke-linecap="round">\
            <path d="M22 30 L30 10 Q38 10 37 18 L35.5 26 H49 Q54 26 53 31 L50 48 Q49 53 44 53 H22 Z"/>\
            <path d="M22 30 H11 V53 H22"/></g></svg>
            """
    }

    private static func text(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}
