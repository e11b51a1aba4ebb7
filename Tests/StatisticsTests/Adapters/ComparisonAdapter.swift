import Statistics

extension FixtureAdapter {
    static let comparisonAndSuppression = FixtureAdapter("comparison_and_suppression") { fixture in
        let input = fixture.input
        if input.optional("estimate") != nil {
            let intervals = RankInterval.of(
                estimates: try input["estimate"].doubles, standardErrors: try input["se"].doubles,
                perUnitConfidence: try input["per_unit_confidence"].double,
                largestFirst: input.optional("rank_1") != .string("smallest"))
            guard let intervals else { throw FixtureError("no ranks of these") }
            return ["best_rank": .of(intervals.map(\.best)), "worst_rank": .of(intervals.map(\.worst))]
        }
        if input.optional("p") != nil {
            let standard = PresentationStandard(
                proportion: try input["p"].double, n: try input["n"].int,
                designEffect: try input.optional("design_effect")?.double ?? 1)
            guard let standard else { throw FixtureError("no standard for these") }
            return [
                "present": .of(standard.isPresentable), "reason": .of(standard.reason.rawValue),
                "ci": .of(standard.interval), "review": .of(standard.needsReview),
                "complement_flag": .of(standard.complementIsImprecise), "relative_width": .of(standard.relativeWidth),
            ]
        }
        guard
            let shrinkage = BetaBinomialShrinkage(successes: try input["x"].ints, n: try input["n"].ints)
        else { throw FixtureError("no shrinkage of these") }
        return [
            "pooled": .of(shrinkage.pooled), "between_variance": .of(shrinkage.betweenVariance),
            "prior_strength": .of(shrinkage.priorStrength), "shrunk": .of(shrinkage.shrunk),
            "interval_95": .array(shrinkage.intervals.map { .of($0) }),
        ]
    }
}
