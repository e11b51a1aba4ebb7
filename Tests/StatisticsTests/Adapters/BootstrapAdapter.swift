import Statistics

extension FixtureAdapter {
    static let bootstrap = FixtureAdapter("bootstrap") { fixture in
        let input = fixture.input
        let replicates = try input.optional("B")?.int ?? 9999
        let seed = UInt64(try input.optional("seed")?.double ?? 1)
        let result: BootstrapResult?
        if let values = input.optional("x") {
            result = Bootstrap.ofMean(try values.doubles, replicates: replicates, seed: seed)
        } else {
            // The score is stated in the case's name only (index_mean, index_top2).
            let scoring = RatingScore.named.first { fixture.id.contains($0.0) }?.1 ?? .mean
            result = ExperienceIndex.bootstrap(
                try RatingTable(try input["rows"]), scoring: scoring,
                driverWeights: try input.optional("driver_weights")?.doubles, replicates: replicates, seed: seed)
        }
        guard let result else { throw FixtureError("nothing to resample") }
        return [
            "estimate": .of(result.estimate), "first_5_replicates": .of(Array(result.replicates.prefix(5))),
            "se": .of(result.standardError), "percentile_95": .of(result.percentileInterval()),
            "bca_z0": .of(result.biasCorrection), "bca_acceleration": .of(result.acceleration),
            "bca_95": .of(result.bcaInterval()), "bca_95_scipy_9999": .of(result.bcaInterval()),
        ]
    }
}
