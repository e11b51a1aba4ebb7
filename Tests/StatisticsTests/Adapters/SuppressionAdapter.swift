import Statistics

extension FixtureAdapter {
    static let suppression = FixtureAdapter("suppression") { fixture in
        let input = fixture.input
        let threshold = try input.optional("threshold_k")?.int ?? 11
        let width = try input.optional("required_interval_width")?.int ?? 10
        if input.optional("published_total") != nil {
            let difference = Differencing(
                whole: try input["published_total"].int, part: try input["published_subset_total"].int,
                threshold: threshold)
            return ["implied_count": .of(difference?.implied), "block": .of(difference?.isDisclosing)]
        }
        guard let table = CountTable(try input["table"].intRows) else { throw FixtureError("no table of counts") }
        if let given = input.optional("suppressed") {
            let pattern = CellPattern(try given.intRows.map { row in row.map { $0 != 0 } })
            guard let pattern, let bounds = IntruderBounds.of(table, hidden: pattern) else {
                throw FixtureError("no bounds of these")
            }
            return [
                "bounds_row_col_lo_hi": rows(bounds),
                "exactly_disclosed": .of(bounds.filter(\.isDisclosed).map { [$0.row, $0.column] }),
            ]
        }
        let primary = table.primary(threshold: threshold)
        guard let bounds = IntruderBounds.of(table, hidden: primary) else { throw FixtureError("no bounds") }
        // Whatever pattern the module picks, it must hold the primary cells and stand its own audit.
        let protection = TableSuppression(table, threshold: threshold, width: width)
        guard let audit = IntruderBounds.of(table, hidden: protection.hidden) else { throw FixtureError("no audit") }
        let narrow = audit.filter { primary[$0.row, $0.column] && $0.width < width }
        guard narrow.isEmpty == protection.isSafe else { throw FixtureError("the pattern is not what it says") }
        return [
            "primary": .of(primary.lines.map { line in line.map { $0 ? 1 : 0 } }),
            "bounds_after_primary_only_row_col_lo_hi": rows(bounds),
            "primary_only_safe": .of(bounds.allSatisfy { $0.width >= width }),
        ]
    }

    private static func rows(_ bounds: [IntruderBounds]) -> JSON {
        .of(bounds.map { [$0.row, $0.column, $0.lower, $0.upper] })
    }
}
