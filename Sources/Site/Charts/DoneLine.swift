import Experience

/// When those who ask today are done, as dates on a line: what a person wants to know of two numbers of days.
struct DoneLine: Sendable {
    var title: String
    var text: String
    var svg: String

    /// Nil where either fact may not be shown, or is not reached.
    init?(_ facts: PublicFacts, _ format: Format) {
        guard let half = facts.halfDone.value, let nine = facts.nineOfTenDone.value, half.isFinite, nine.isFinite,
            half >= 0, nine > 0, nine < 36_500, half <= nine
        else { return nil }
        let words = format.words
        let today = facts.period.last
        func date(_ days: Double) -> String { format.date(today.adding(days: Int(days.rounded(.up)))) }
        title = words["done_title"]
        text = words["done_text", ["half": date(half), "nine": date(nine)]]
        let middle = min(max(half / nine, 0.02), 0.98)
        // The words of the middle keep clear of those at the ends, wherever its dot lies.
        let place = min(max(middle, 0.36), 0.62)
        svg = SVG.fluid("done", height: 84, title: title, text: text, id: "done") { svg in
            svg.box("rail", SVG.Across(0), 36, SVG.Across(1), 10, round: 5)
            svg.box("bar1", SVG.Across(0), 36, SVG.Across(middle), 10, round: 5)
            svg.box("bar2", SVG.Across(middle), 36, SVG.Across(1 - middle), 10)
            svg.dot("stop", SVG.Across(0.012), 41, 8)
            svg.dot("stop", SVG.Across(middle), 41, 8)
            svg.dot("stop stop--last", SVG.Across(0.985), 41, 8)
            svg.words("when", SVG.Across(0), 18, words["done_today"])
            svg.words("when", SVG.Across(place), 18, date(half), .middle)
            svg.words("when", SVG.Across(1), 18, date(nine), .end)
            svg.words("tick", SVG.Across(place), 72, words["done_half"], .middle)
            svg.words("tick", SVG.Across(1), 72, words["done_nine"], .end)
        }
    }
}
