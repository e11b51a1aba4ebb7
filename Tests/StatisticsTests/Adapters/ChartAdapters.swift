import Statistics

extension FixtureAdapter {
    static let runLengths = FixtureAdapter("arl_tables") { fixture in
        let input = fixture.input
        if let streams = input.optional("streams") {
            let count = try streams.double
            let observations = try input["observations_per_year"].double
            var result: [(String, JSON)] = [
                (
                    "false_alarms_per_year",
                    .of(
                        try input["arl0"].doubles.map {
                            AlarmRate.perYear(streams: count, observationsPerYear: observations, runLength: $0)
                        })
                )
            ]
            for key in fixture.wanted where key.hasPrefix("arl0_needed_for_") {
                guard let wanted = Double(key.split(separator: "_")[3]) else { throw FixtureError("odd key \(key)") }
                let needed = AlarmRate.runLengthNeeded(
                    streams: count, observationsPerYear: observations, alarmsPerYear: wanted)
                result.append((key, .of(needed)))
            }
            return .object(JSONObject(result))
        }
        let shifts = try input["shift_in_sigma"].doubles
        let lengths: [Double?]
        if let lambda = input.optional("lambda") {
            let width = try input["L"].double
            lengths = try shifts.map { RunLength.ewma(lambda: try lambda.double, width: width, shift: $0) }
        } else if let k = input.optional("k") {
            let h = try input["h"].double
            let isTwoSided = try input.optional("two_sided")?.bool ?? true
            lengths = try shifts.map {
                isTwoSided
                    ? RunLength.cusum(reference: try k.double, decision: h, shift: $0)
                    : RunLength.upperCusum(reference: try k.double, decision: h, shift: $0)
            }
        } else {
            let width = try input["L"].double
            lengths = shifts.map { RunLength.shewhart(width: width, shift: $0) }
        }
        return ["arl": .of(lengths)]
    }

    static let controlCharts = FixtureAdapter("control_charts") { fixture in
        let input = fixture.input
        if let values = input.optional("y"), let lambda = input.optional("lambda") {
            guard
                let chart = EwmaChart.run(
                    values: try values.doubles, mean: try input["mu0"].double, sigma: try input["sigma"].double,
                    lambda: try lambda.double, width: try input["L"].double)
            else { throw FixtureError("refused") }
            return [
                "z": .of(chart.points.map(\.value)), "lower": .of(chart.points.map(\.lower)),
                "upper": .of(chart.points.map(\.upper)), "first_alarm_1_based": .of(chart.firstAlarm.map { $0 + 1 }),
            ]
        }
        if let values = input.optional("y") {
            guard
                let chart = TabularCusum.run(
                    values: try values.doubles, mean: try input["mu0"].double, sigma: try input["sigma"].double,
                    reference: try input["k"].double, decision: try input["h"].double)
            else { throw FixtureError("refused") }
            return [
                "c_plus": .of(chart.upper), "c_minus": .of(chart.lower),
                "first_alarm_1_based": .of(chart.firstAlarm.map { $0 + 1 }),
                "estimated_change_after_index": .of(chart.changeAfter),
            ]
        }
        if let counts = input.optional("counts") {
            let decision = try (input.optional("h") ?? input.optional("decision"))?.double
            guard
                let chart = PoissonCusum.run(
                    counts: try counts.doubles, usual: try input["lambda0"].double,
                    raised: try input["lambda1"].double, decision: decision)
            else { throw FixtureError("refused") }
            return [
                "k": .number(chart.reference), "c": .of(chart.sums),
                "first_alarm_1_based": .of(chart.firstAlarm.map { $0 + 1 }),
            ]
        }
        return try ProportionChartAnswer(input).answers(to: fixture.wanted)
    }

    static let changePoints = FixtureAdapter("bocpd") { fixture in
        let input = fixture.input
        let hazard = try input["hazard"].double
        let result: ChangePoints?
        if let values = input.optional("y") {
            result = ChangePoints.normal(
                try values.doubles, hazard: hazard, mean: try input["mu0"].double, kappa: try input["kappa0"].double,
                alpha: try input["alpha0"].double, beta: try input["beta0"].double)
        } else {
            result = ChangePoints.binomial(
                successes: try input["x"].doubles, totals: try input["n"].doubles, hazard: hazard,
                a: try input["a0"].double, b: try input["b0"].double)
        }
        guard let result else { throw FixtureError("refused") }
        var answer: [(String, JSON)] = [
            ("map_run_length", .of(result.mostLikely)), ("posterior_last", .of(result.posteriors.last ?? [])),
        ]
        for key in fixture.wanted {
            let number = Int(key.split(separator: "_").last ?? "")
            if key.hasPrefix("prob_run_length_below_"), let number {
                answer.append((key, .of(result.probabilityBelow(number))))
            } else if key.hasPrefix("posterior_at_"), let number, result.posteriors.indices.contains(number - 1) {
                answer.append((key, .of(result.posteriors[number - 1])))
            }
        }
        return .object(JSONObject(answer))
    }

    static let bursts = FixtureAdapter("bursts") { fixture in
        let input = fixture.input
        guard
            let result = BurstDetection.detect(
                relevant: try input["relevant"].doubles, totals: try input["total"].doubles,
                ratio: try input["s"].double, gamma: try input["gamma"].double,
                baseRate: try input.optional("p0")?.double)
        else { throw FixtureError("refused") }
        return ["state": .of(result.states), "cost": .number(result.cost), "p0": .number(result.baseRate)]
    }
}
