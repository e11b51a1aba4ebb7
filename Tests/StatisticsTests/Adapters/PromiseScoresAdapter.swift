import Statistics

extension FixtureAdapter {
    static let promiseScores = FixtureAdapter("promise_scores") { fixture in
        let input = fixture.input
        if input.optional("q") != nil {
            let loss = PromiseScore.pinball(
                actual: try input["y"].doubles, promised: try input["q"].doubles, p: try input["p"].double)
            return ["mean_pinball_loss": .of(loss)]
        }
        if input.optional("lower") != nil {
            let score = PromiseScore.interval(
                actual: try input["y"].doubles, lower: try input["lower"].doubles,
                upper: try input["upper"].doubles, alpha: try input["alpha"].double)
            return ["mean_interval_score": .of(score)]
        }
        if let misses = try? input["misses"].bools {
            let test = IndependenceTest(misses: misses)
            return ["lr_ind": .of(test?.likelihoodRatio), "p_value": .of(test?.pValue)]
        }
        let test = CoverageTest(
            n: try input["n"].int, misses: try input["misses"].int,
            nominalMissRate: try input["nominal_miss_rate"].double)
        return [
            "lr_uc": .of(test?.likelihoodRatio), "p_value": .of(test?.pValue),
            "exact_binomial_two_sided_p": .of(test?.exactTwoSidedP),
            "exact_one_sided_p_greater": .of(test?.exactGreaterP),
        ]
    }

    static let quantileUpperBound = FixtureAdapter("quantile_upper_bound") { fixture in
        let input = fixture.input
        if let pairs = input.optional("p_conf") {
            return [
                "n": .of(
                    try pairs.doubleRows.map { QuantileUpperBound.smallestCount(p: $0[0], confidence: $0[1]) })
            ]
        }
        let bound = QuantileUpperBound(
            count: try input["n"].int, p: try input["p"].double, confidence: try input["confidence"].double)
        return ["rank_1_based": .of(bound?.rank), "achieved_confidence": .of(bound?.achievedConfidence)]
    }
}
