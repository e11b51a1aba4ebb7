import Statistics

extension FixtureAdapter {
    /// The weights of the drivers are a parameter that these fixtures print among the expected values.
    static let cxIndex = FixtureAdapter("cx_index") { fixture in
        let table = try RatingTable(fixture.input)
        var answer = JSONObject()
        for (name, scoring) in RatingScore.named {
            let given = fixture.expected.optional(name)?.optional("driver_weights")
            let weights = try (given ?? fixture.input.optional("driver_weights"))?.doubles
            guard let index = ExperienceIndex(table, scoring: scoring, driverWeights: weights) else {
                throw FixtureError("no index of these")
            }
            answer[name] = [
                "driver_weights": .of(index.drivers.map(\.weight)),
                "driver_scores": .of(index.drivers.map(\.score)),
                "driver_se": .of(index.drivers.map(\.standardError)), "index": .of(index.index),
                "se_linearised": .of(index.standardError), "lower95": .of(index.interval?.lower),
                "upper95": .of(index.interval?.upper),
            ]
        }
        return .object(answer)
    }
}
