import Statistics

extension FixtureAdapter {
    static let raking = FixtureAdapter("raking") { fixture in
        let input = fixture.input
        do throws(RakingError) {
            return try rake(input)
        } catch {
            return ["error": .of(error.description)]
        }
    }

    private static func rake(_ input: JSON) throws(RakingError) -> JSON {
        if let seed = try? input["seed"].doubleRows, let rows = try? input["row_targets"].doubles,
            let columns = try? input["col_targets"].doubles
        {
            return ["fitted": .of(try Raking.fit(table: seed, rowTargets: rows, columnTargets: columns))]
        }
        let targets = input.optional("targets") ?? .null
        let margins = targets.keys.map { name in
            let totals = targets.optional(name) ?? .null
            return Raking.Margin(
                name: name, levels: (try? input[name].strings) ?? [],
                targets: totals.keys.map { ($0, (try? totals[$0].double) ?? .nan) })
        }
        try Raking.checkTotals(margins)
        let n = margins.first?.levels.count ?? 0
        let base: [Double]?
        if let list = try? input["base_weights"].doubles {
            base = list
        } else {
            base = (try? input["base_weights"].double).map { Array(repeating: $0, count: n) }
        }
        let result = try Raking.fit(margins, baseWeights: base)
        return [
            "weights": .of(result.weights), "kish_design_effect": .of(result.designEffect?.value),
            "effective_n": .of(result.designEffect?.effectiveN),
            "trimmed_at_3x_median_rescaled": Raking.trim(result.weights).map { .of($0) } ?? .null,
        ]
    }
}
