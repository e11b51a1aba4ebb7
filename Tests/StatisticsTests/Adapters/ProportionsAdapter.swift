import Statistics

extension JSON {
    static func of(_ interval: ConfidenceInterval?) -> JSON {
        interval.map { .array([.number($0.lower), .number($0.upper)]) } ?? .null
    }
}

extension FixtureAdapter {
    static let proportions = FixtureAdapter("proportions") { fixture in
        let input = fixture.input
        let confidence = try input.optional("confidence")?.double ?? 0.95
        if input.optional("x1") != nil {
            guard
                let difference = ProportionDifference(
                    x1: try input["x1"].int, n1: try input["n1"].int, x2: try input["x2"].int,
                    n2: try input["n2"].int)
            else { throw FixtureError("no difference of these") }
            return [
                "difference": .of(difference.difference),
                "newcombe_hybrid_score": .of(difference.interval(confidence: confidence)),
                "pooled_z": .of(difference.pooledZ), "pooled_z_p_two_sided": .of(difference.pooledP),
                "score_p": .of(difference.pooledP), "fisher_exact_p": .of(difference.fisherExactP),
            ]
        }
        if input.optional("respondents") != nil {
            guard
                let net = NetMention(
                    positive: try input["positive_mentions"].int, negative: try input["negative_mentions"].int,
                    respondents: try input["respondents"].int)
            else { throw FixtureError("no net mention of these") }
            return [
                "net": .of(net.net), "se": .of(net.standardError), "wald_95": .of(net.interval()),
                "wald": .of(net.interval(confidence: confidence)),
            ]
        }
        if input.optional("design_effect") != nil {
            guard
                let share = Proportion(
                    share: try input["p_hat"].double, n: try input["n"].int,
                    designEffect: try input["design_effect"].double)
            else { throw FixtureError("no weighted proportion of these") }
            return [
                "effective_n": .of(share.effectiveN), "wilson": .of(share.interval(confidence: confidence)),
            ]
        }
        let x = try input["x"].double
        let n = try input["n"].double
        func interval(_ kind: ProportionInterval) -> JSON {
            .of(kind.interval(successes: x, n: n, confidence: confidence))
        }
        return [
            "wilson": interval(.wilson), "beta": interval(.clopperPearson), "jeffreys": interval(.jeffreys),
            "agresti_coull": interval(.agrestiCoull),
            "wilson_continuity_corrected": interval(.wilsonContinuityCorrected),
        ]
    }
}
