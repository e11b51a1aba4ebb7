import Statistics

extension FixtureAdapter {
    private static func textOrNumber(_ value: JSON) throws -> String {
        if case .string(let text) = value { return text }
        return "\(try value.double)"
    }

    static let burden = FixtureAdapter("burden") { fixture in
        let input = fixture.input
        func exact(_ value: JSON) throws -> ExactRational {
            if case .integer(let whole) = value { return ExactRational(whole) }
            let text = try textOrNumber(value)
            guard let number = ExactRational(decimal: text) else { throw FixtureError("no decimal: \(text)") }
            return number
        }
        let hourly = try exact(input["hourly_cost"])
        func estimate(_ row: JSON) throws -> BurdenEstimate {
            let numbers = try row.array.map(exact)
            guard numbers.count >= 3,
                let line = BurdenEstimate.Line(
                    respondents: numbers[0], frequency: numbers[1], formMinutes: numbers[2],
                    waitMinutes: numbers.count > 3 ? numbers[3] : ExactRational(0)),
                let result = BurdenEstimate(line, hourlyValue: hourly)
            else { throw FixtureError("refused") }
            return result
        }
        if let rows = input.optional("rows_respondents_frequency_form_minutes_wait_minutes") {
            return [
                "rows_form_hours_wait_hours_rounded_form_hours_total_cost": .array(
                    try rows.array.map { row in
                        let line = try estimate(row)
                        return [
                            .number(line.formHours.approximate), .number(line.waitHours.approximate),
                            .integer(Int(line.roundedFormHours)), .of(line.cost.text(places: 2)),
                        ]
                    })
            ]
        }
        let rows = try input["rows_respondents_frequency_minutes"].array
        let lines = try rows.map(estimate)
        guard let totals = BurdenEstimate.publishedTotals(lines) else { throw FixtureError("overflow") }
        return [
            "hours_rounded": .of(lines.map { Int($0.roundedFormHours) }),
            "cost_rounded": .of(lines.map { Int($0.roundedFormCost) }), "total_hours": .integer(Int(totals.hours)),
            "total_cost": .integer(Int(totals.cost)),
            "total_respondents": .integer(try rows.reduce(0) { $0 + (try $1.array[0].int) }),
        ]
    }

    static let measuredTime = FixtureAdapter("measured_time") { fixture in
        let input = fixture.input
        if let times = input.optional("event_seconds") {
            let seconds = try times.doubles
            let credit = try input.optional("credit_for_idle_gap")?.double ?? 0
            var answer: [(String, JSON)] = [("elapsed", .of(ActiveTime.elapsed(times: seconds)))]
            for cut in try input["idle_gap_seconds"].array {
                let active = ActiveTime.sum(times: seconds, idleCut: try cut.double, creditForIdle: credit)
                answer.append(("active_\(try cut.int)", .of(active)))
            }
            return .object(JSONObject(answer))
        }
        let bootstrap = try fixture.inputOrReferenced("bootstrap")
        let seed = UInt64(try bootstrap["seed"].int)
        let replicates = try bootstrap["B"].int
        let minutes = try fixture.inputOrReferenced("minutes").doubles
        if let declared = input.optional("declared_minutes") {
            let result = DeclaredBurden(
                declaredMinutes: try declared.double, minutes: minutes,
                annualResponses: try input["annual_responses"].double, replicates: replicates, seed: seed)
            return [
                "ratio": .of(result?.ratio), "ratio_interval_bootstrap": .of(result?.ratioInterval),
                "share_over_declared": .of(result?.shareOverDeclared),
                "undeclared_hours_per_year": .of(result?.undeclaredHoursPerYear),
            ]
        }
        guard let result = MeasuredTime(minutes: minutes, replicates: replicates, seed: seed)
        else { throw FixtureError("refused") }
        return [
            "mean": .number(result.mean), "median": .number(result.median),
            "trimmed_mean_10pct_each_side": .number(result.trimmedMean), "t_interval": .of(result.studentInterval),
            "cox_lognormal_mean": .of(result.logNormalMean), "cox_interval": .of(result.coxInterval),
            "bootstrap_percentile": .of(result.bootstrapInterval),
        ]
    }
}
