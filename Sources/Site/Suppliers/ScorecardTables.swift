import Experience

/// The scorecards as tables: shown, and sent as CSV and JSON.
struct ScorecardTables {
    let definition: ServiceDefinition
    let format: Format

    private func column(_ key: String, _ isNumber: Bool = true) -> DataTable.Column {
        DataTable.Column(key, format.words["scorecard_\(key)"], isNumber: isNumber)
    }

    private func share(_ value: Double?) -> DataTable.Cell {
        value.map { DataTable.Cell(format.fineShare($0), .number($0)) } ?? .none
    }

    private func number(_ value: Double?, places: Int = 1) -> DataTable.Cell {
        value.map { DataTable.Cell(NumberText.decimal($0, places: places), .number($0)) } ?? .none
    }

    /// Rows in the order of their names: with few promises a place in a table says nothing. The ranks a row may hold are a
    /// column.
    func kept(_ rows: [ScorecardRow], by attribute: String) -> DataTable {
        let words = format.words
        let title = title(of: attribute)
        let isSteps = isSteps(attribute)
        return DataTable(
            id: "scorecard", title: words["scorecard_title", ["attribute": title]],
            columns: [DataTable.Column(attribute, title)]
                + [
                    "kept_first", "kept_first_low", "kept_first_high", "n", "kept_last", "kept_last_low",
                    "kept_last_high",
                    "late_days", "new_dates",
                    "held_service", "held_person", "held_partner", "held_law", "cancelled", "rating_kept",
                    "rating_broken", "pending",
                ].map { column($0) }
                + (isSteps ? [column("time_share"), column("passed_here")] : [column("ranks", false)]),
            rows: rows.map { row in
                func held(_ holder: ClockHolder?) -> DataTable.Cell {
                    guard row.keptFirst.value != nil else { return .none }
                    let own = row.held.filter { $0.holder == holder || (holder == .law && $0.holder == .other) }
                    return share(own.reduce(0) { $0 + $1.share })
                }
                let isShown = row.keptFirst.value != nil
                let ranks = row.ranks.map { "\($0.lowerBound)–\($0.upperBound)" }
                let own: [DataTable.Cell] =
                    isSteps
                    ? [
                        isShown ? share(row.timeShare) : .none,
                        isShown ? .count(row.passedHere ?? 0) : .none,
                    ] : [ranks.map { .words($0) } ?? .none]
                return [
                    DataTable.Cell(name(row, by: attribute), .text(row.value)),
                    share(row.keptFirst.value), share(row.keptFirst.low), share(row.keptFirst.high),
                    isShown ? .count(row.keptFirst.n) : DataTable.Cell(words["scorecard_few"], .none),
                    share(row.keptLast.value), share(row.keptLast.low), share(row.keptLast.high),
                    number(isShown ? row.lateDays : nil),
                    number(isShown ? row.newDates : nil, places: 2), held(nil), held(.person), held(.partner),
                    held(.law), share(row.cancelled.value), number(isShown ? row.ratingKept : nil),
                    number(isShown ? row.ratingBroken : nil), isShown ? .count(row.pending) : .none,
                ] + own
            }, stacksWhenNarrow: true)
    }

    /// What a row is about, in words.
    func name(_ row: ScorecardRow, by attribute: String) -> String {
        if row.value.isEmpty { return format.words["scorecard_unknown"] }
        return isSteps(attribute)
            ? format.words.activity(row.value, definition)
            : definition.valueTitle(attribute, row.value, format.language)
    }

    func supplier(_ value: String) -> String {
        definition.valueTitle(definition.suppliers?.attribute ?? "", value, format.language)
    }

    /// So many of so many orders.
    func counted(_ measure: SupplierCard.Measure) -> String {
        format.words[
            "measure_lines",
            [
                "met": format.count(measure.met.count),
                "all": format.count(measure.met.count + measure.missed.count),
            ]]
    }

    /// What a service's promises can be compared by: its attributes, and its steps.
    static func attributes(of definition: ServiceDefinition) -> [String] {
        let names = definition.cohorts.map(\.name)
        return names.contains(ScorecardRow.step) ? names : names + [ScorecardRow.step]
    }

    /// Steps are compared under their own word, unless the service has an attribute of that name.
    func isSteps(_ attribute: String) -> Bool {
        attribute == ScorecardRow.step && !definition.cohorts.contains { $0.name == attribute }
    }

    func title(of attribute: String) -> String {
        if isSteps(attribute) { return format.words["scorecard_step"] }
        return definition.cohorts.first { $0.name == attribute }?.title[format.language] ?? attribute
    }

    /// A line a supplier and measure.
    func cards(_ cards: [SupplierCard]) -> DataTable {
        let words = format.words
        return DataTable(
            id: "cards", title: words["cards_title"],
            columns: [
                column("supplier", false), column("measure", false), column("target", false), column("share"),
                column("low"), column("high"), column("met"), column("missed"), column("reached", false),
            ],
            rows: cards.flatMap { card in
                card.measures.map { measure -> [DataTable.Cell] in
                    [
                        DataTable.Cell(supplier(card.supplier), .text(card.supplier)),
                        DataTable.Cell(words["measure_\(measure.id)"], .text(measure.id)),
                        DataTable.Cell(target(measure), .number(measure.target)), share(measure.share.value),
                        share(measure.share.low), share(measure.share.high), .count(measure.met.count),
                        .count(measure.missed.count),
                        DataTable.Cell(
                            reached(measure),
                            measure.isReached.map { .text($0 ? "reached" : "not reached") } ?? .none),
                    ]
                }
            }, stacksWhenNarrow: true)
    }

    /// A line an order and measure: what stands behind every figure.
    func lines(_ cards: [SupplierCard]) -> DataTable {
        DataTable(
            id: "lines", title: format.words["cards_lines"],
            columns: [
                column("supplier", false), column("line", false), column("measure", false), column("verdict", false),
            ],
            rows: cards.flatMap { card in
                card.measures.flatMap { measure in
                    (measure.missed.map { ($0, "missed") } + measure.met.map { ($0, "met") }).map { line, verdict in
                        [
                            DataTable.Cell(supplier(card.supplier), .text(card.supplier)), .words(line),
                            DataTable.Cell(format.words["measure_\(measure.id)"], .text(measure.id)),
                            DataTable.Cell(format.words["verdict_line_\(verdict)"], .text(verdict)),
                        ]
                    }
                }
            }, stacksWhenNarrow: true)
    }

    func target(_ measure: SupplierCard.Measure) -> String {
        let key = measure.id == "cancelled" ? "target_below" : measure.isStrict ? "target_above" : "target_least"
        return format.words[key, ["share": format.share(measure.target)]]
    }

    func reached(_ measure: SupplierCard.Measure) -> String {
        format.words[measure.isReached.map { $0 ? "measure_reached" : "measure_not_reached" } ?? "measure_none"]
    }
}
