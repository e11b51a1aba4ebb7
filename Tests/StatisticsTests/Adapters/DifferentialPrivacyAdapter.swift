import Statistics

extension FixtureAdapter {
    /// Ranges and thresholds stand in the names of these results: `pmf_0_to_7`, `p_abs_at_least_11`.
    static let differentialPrivacy = FixtureAdapter("differential_privacy") { fixture in
        let input = fixture.input
        var answer = JSONObject()
        if let epsilons = input.optional("epsilons") {
            answer["basic_epsilon"] = .of(PrivacyBudget.composed(epsilons: try epsilons.doubles))
        }
        if let rhos = input.optional("rhos") {
            let rho = PrivacyBudget.composed(rhos: try rhos.doubles)
            let delta = try input["delta"].double
            answer["rho"] = .of(rho)
            answer["epsilon_from_rho"] = .of(rho.flatMap { PrivacyBudget.epsilon(rho: $0, delta: delta) })
        }
        let sensitivity = try input.optional("sensitivity")?.double ?? 1
        if let sigma = try input.optional("sigma")?.double {
            guard let noise = DiscreteGaussian(sigma: sigma) else { throw FixtureError("no noise of σ \(sigma)") }
            for name in fixture.wanted {
                if let last = trailingInteger(name, after: "pmf_0_to_") {
                    answer[name] = .of((0...last).map { noise.mass($0) })
                } else if name.hasPrefix("zcdp_rho_for_sensitivity_") {
                    answer[name] = .of(noise.rho(sensitivity: Double(name.dropFirst(25)) ?? sensitivity))
                } else if name.hasPrefix("opendp_accuracy_alpha_") {
                    answer[name] = .of(
                        Double(name.dropFirst(22)).flatMap { noise.accuracy(alpha: $0) }.map(Double.init))
                }
            }
            return .object(answer)
        }
        guard let epsilon = try input.optional("epsilon")?.double else { return .object(answer) }
        guard let noise = GeometricNoise(epsilon: epsilon, sensitivity: sensitivity) else {
            throw FixtureError("no noise of ε \(epsilon)")
        }
        if let seed = try input.optional("seed")?.double {
            var stream = SplitMix64(seed: UInt64(seed))
            let draws = (0..<1000).map { _ in noise.replayableDraw(&stream) }
            for name in fixture.wanted {
                if let count = trailingInteger(name, after: "first_") { answer[name] = .of(Array(draws.prefix(count))) }
            }
            return .object(answer)
        }
        let alpha = try input.optional("alpha")?.double ?? 0.05
        answer["scale"] = .of(noise.scale)
        answer["variance"] = .of(noise.variance)
        answer["continuous_accuracy"] = .of(noise.continuousAccuracy(alpha: alpha))
        answer["opendp_laplace_accuracy"] = .of(noise.continuousAccuracy(alpha: alpha))
        answer["opendp_discrete_laplace_accuracy"] = .of(noise.accuracy(alpha: alpha))
        for name in fixture.wanted {
            if let last = trailingInteger(name, after: "pmf_0_to_") {
                answer[name] = .of((0...last).map { noise.mass($0) })
            } else if let k = trailingInteger(name, after: "p_abs_at_least_") {
                answer[name] = .of(noise.tail(k))
            }
        }
        return .object(answer)
    }

    private static func trailingInteger(_ name: String, after prefix: String) -> Int? {
        name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
    }
}
