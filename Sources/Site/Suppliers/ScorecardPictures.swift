import Experience

/// A scorecard to look at: a dot a supplier, office or step, with how sure it is. The figures stand in the table below.
struct ScorecardPicture: Sendable {
    var id: String
    var title: String
    var text: String
    var svg: String

    /// First dates kept, a dot a row; nil while no row has enough.
    init?(_ rows: [ScorecardRow], by attribute: String, _ tables: ScorecardTables) {
        let (words, format) = (tables.format.words, tables.format)
        let bars = rows.compactMap { row -> ChartBar? in
            guard let value = row.keptFirst.value else { return nil }
            let note = words[
                "scorecard_dot",
                [
                    "n": format.count(row.keptFirst.n),
                    "days": row.lateDays.map { NumberText.decimal($0, places: 1) } ?? "0",
                    "dates": NumberText.decimal(row.newDates, places: 2),
                ]]
            return ChartBar(
                label: tables.name(row, by: attribute), value: value, low: row.keptFirst.low, high: row.keptFirst.high,
                shown: format.fineShare(value), note: note)
        }
        guard !bars.isEmpty else { return nil }
        self.init("kept", words["scorecard_kept_first"], words["scorecard_picture"], bars, format)
    }

    /// One measure of a month, a dot a supplier; nil when nobody had an order due.
    init?(measure: String, of cards: [SupplierCard], _ tables: ScorecardTables) {
        let words = tables.format.words
        var target: String?
        let bars = cards.compactMap { card -> ChartBar? in
            guard let one = card.measures.first(where: { $0.id == measure }), let value = one.share.value else {
                return nil
            }
            target = tables.target(one)
            return ChartBar(
                label: tables.supplier(card.supplier), value: value, low: one.share.low, high: one.share.high,
                shown: tables.format.fineShare(value),
                note: words["cards_dot", ["lines": tables.counted(one), "verdict": tables.reached(one)]])
        }
        guard !bars.isEmpty, let target else { return nil }
        self.init(
            measure, words["measure_\(measure)"],
            words["cards_picture", ["target": target.prefix(1).uppercased() + target.dropFirst()]], bars, tables.format)
    }

    private init(_ id: String, _ title: String, _ text: String, _ bars: [ChartBar], _ format: Format) {
        self.id = id
        self.title = title
        self.text = text
        svg = BarChart.dots(bars, id: id, title: title, text: text) { format.fineShare($0) }
    }

    /// A picture a measure, in the order of the programme.
    static func all(_ cards: [SupplierCard], _ tables: ScorecardTables) -> [ScorecardPicture] {
        (cards.first?.measures ?? []).compactMap { ScorecardPicture(measure: $0.id, of: cards, tables) }
    }
}
