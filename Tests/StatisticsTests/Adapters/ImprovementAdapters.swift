import Statistics

extension FixtureAdapter {
    private static func factor(_ pair: JSON) throws -> ProductEstimate.Factor {
        let numbers = try pair.doubles
        guard numbers.count == 2 else { throw FixtureError("a mean and a deviation expected") }
        return ProductEstimate.Factor(mean: numbers[0], standardDeviation: numbers[1])
    }

    static let quickWins = FixtureAdapter("quick_wins") { fixture in
        let input = fixture.input
        if let factors = input.optional("factors_mean_sd") {
            let result = ProductEstimate(try factors.array.map(factor))
            return ["mean_hours": .of(result?.mean), "sd_hours": .of(result?.standardDeviation)]
        }
        if let wins = input.optional("wins_people_share_hours_effortweeks_mean_sd") {
            let ranked = try wins.array.map { entry in
                let parts = try entry.array
                let factors = try parts[1].array.map(factor)
                return QuickWinRanking.Win(
                    name: try parts[0].string, gains: Array(factors.dropLast()), effort: factors[factors.count - 1])
            }
            guard
                let result = QuickWinRanking(
                    ranked, draws: try input["draws"].int, seed: UInt64(try input["seed"].int))
            else { throw FixtureError("refused") }
            return [
                "p_best": .of(result.outcomes.map(\.probabilityBest)),
                "rank_probabilities": .of(result.outcomes.map(\.rankProbabilities)),
                "median": .of(result.outcomes.map(\.median)), "p05": .of(result.outcomes.map(\.fifthPercentile)),
                "p95": .of(result.outcomes.map(\.ninetyFifthPercentile)),
                "expected_loss_if_choose_first": .of(result.outcomes.first?.expectedLoss),
            ]
        }
        let means = try input["mean"].doubles
        let deviations = try input["sd"].doubles
        let pair = zip(means, deviations).map { ProductEstimate.Factor(mean: $0, standardDeviation: $1) }
        guard pair.count == 2 else { throw FixtureError("two estimates expected") }
        return ["p_first_larger": .of(ProductEstimate.probabilityFirstLarger(pair[0], pair[1]))]
    }

    static let whatIf = FixtureAdapter("what_if") { fixture in
        let input = fixture.input
        if let journeys = input.optional("journeys_channel_complex_minutes") { return try mixShift(input, journeys) }
        if let rows = input.optional("minutes_by_step") {
            // Which step goes is said by the name of the case alone, counted from 1.
            let named = fixture.id.split(separator: "_").compactMap { Int($0) }.last ?? 2
            let bootstrap = try input["bootstrap"]
            let result = StepRemoval(
                minutesByStep: try rows.doubleRows, step: (try input.optional("step")?.int ?? named) - 1,
                replicates: try bootstrap["B"].int, seed: UInt64(try bootstrap["seed"].int))
            return [
                "mean_saving": .of(result?.meanSaving), "share_of_total": .of(result?.shareOfTotal),
                "bootstrap_percentile_95": .of(result?.interval),
            ]
        }
        if let rows = input.optional("treated_post_minutes") {
            let observations = try rows.doubleRows.map {
                DifferenceInDifferences.Observation(isTreated: $0[0] == 1, isAfter: $0[1] == 1, value: $0[2])
            }
            let result = DifferenceInDifferences(observations)
            return [
                "effect": .of(result?.effect), "hc1_se": .of(result?.standardError),
                "ci95_normal": .of(result?.interval),
            ]
        }
        if let values = input.optional("y") {
            guard
                let result = InterruptedTimeSeries(
                    try values.doubles, changeAfter: try input["change_after"].int, lags: try input["maxlags"].int)
            else { throw FixtureError("refused") }
            return [
                "params_const_slope_level_trendchange": [
                    .number(result.level), .number(result.slope), .number(result.levelChange),
                    .number(result.slopeChange),
                ], "newey_west_se": .of(result.standardErrors),
            ]
        }
        return try overlap(fixture)
    }

    private static func mixShift(_ input: JSON, _ journeys: JSON) throws -> JSON {
        let target = try input["target_share"]
        let names = target.keys
        let shares = try names.map { try target[$0].double }
        var strata: [Int] = []
        var values: [Double] = []
        for row in try journeys.array {
            let parts = try row.array
            let name = "\(try parts[0].string)|\(try parts[1].int)"
            guard let place = names.firstIndex(of: name) else { throw FixtureError("no target for \(name)") }
            strata.append(place)
            values.append(try parts[2].double)
        }
        guard let result = MixShift(values: values, strata: strata, shares: shares) else {
            throw FixtureError("refused")
        }
        return [
            "current_mean": .number(result.currentMean),
            "stratum_mean": .object(JSONObject(zip(names, result.stratumMeans).map { ($0, .number($1)) })),
            "what_if_mean": .number(result.mean), "se": .of(result.standardError),
            "hajek_weighted_mean": .number(result.mean), "effective_n": .number(result.effectiveN),
            "max_weight_over_mean": .number(result.maximumWeightOverMean),
        ]
    }

    /// Savings on the same minutes: a list of shares and the minutes they act on, jointly and added up.
    private static func overlap(_ fixture: FixtureCase) throws -> JSON {
        let input = fixture.input
        guard let shares = input.keys.first(where: { (try? input[$0].doubles) != nil }),
            let minutes = input.keys.first(where: { (try? input[$0].double) != nil })
        else { throw FixtureError("no what-if for \(input.keys)") }
        let cuts = try input[shares].doubles
        let base = try input[minutes].double
        let joint = StepRemoval.combined(cuts, of: base)
        let added = cuts.reduce(0, +) * base
        return .object(
            JSONObject(
                fixture.wanted.map { key in
                    let isSum = ["add", "sum", "naive", "separate"].contains { key.contains($0) }
                    return (key, .number(isSum ? added : joint))
                }))
    }
}
