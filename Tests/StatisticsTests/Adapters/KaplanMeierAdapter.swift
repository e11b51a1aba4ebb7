import Statistics

extension FixtureAdapter {
    static let kaplanMeier = FixtureAdapter("kaplan_meier") { fixture in
        let input = fixture.input
        let times = try input["time"].doubles
        let events = try fixture.inputOrReferenced("event").bools
        let entryKey = input.keys.first { ["entry", "entries", "start", "entry_time", "delayed_entry"].contains($0) }
        let entries = try entryKey.map { try input[$0].doubles }
        let weights = try input.optional("weights")?.doubles
        guard let curve = KaplanMeier(times: times, isEvent: events, entries: entries, weights: weights) else {
            throw FixtureError("no curve of these")
        }
        let confidence = try input.optional("confidence")?.double ?? 0.95
        let p: [Double]
        if let list = try? input["p"].doubles {
            p = list
        } else {
            p = try input.optional("p").map { [try $0.double] } ?? []
        }
        let logLog = curve.limits(confidence: confidence)
        let plain = curve.limits(confidence: confidence, .plain)
        let intervals = p.map { curve.quantileInterval($0, confidence: confidence) }
        let completed = zip(times, events).filter(\.1).map(\.0)
        let mean = try input.optional("tau").flatMap { curve.restrictedMean(to: try $0.double) }
        var answer: JSONObject = [
            "time": .of(curve.times), "n_risk": .of(curve.atRisk.map { Int($0) }),
            "n_event": .of(curve.events.map { Int($0) }), "survival": .of(curve.survival),
            "greenwood_se": .of(curve.standardErrors), "loglog_lower": .of(logLog.map { $0?.lower }),
            "loglog_upper": .of(logLog.map { $0?.upper }), "plain_lower": .of(plain.map { $0?.lower }),
            "plain_upper": .of(plain.map { $0?.upper }), "quantile_type1": .of(p.map { curve.quantile($0) }),
            "quantile_ci_loglog_lower": .of(intervals.map(\.lower)),
            "quantile_ci_loglog_upper": .of(intervals.map(\.upper)),
            "r_quantile_midpoint_rule": .of(p.map { curve.midpointQuantile($0) }),
            "rmst": .of(mean?.mean), "rmst_se_R": .of(mean?.standardError),
        ]
        if p.count == 1 {
            answer["completed_only_quantile_type1"] = .of(Quantile.of(completed, p[0], type: .invertedCDF))
            answer["kaplan_meier_quantile"] = .of(curve.quantile(p[0]))
        }
        // The questions (s, u) stand beside their answers.
        if let rows = try fixture.expected.optional("residual_s_u_prob")?.array {
            answer["residual_s_u_prob"] = .array(
                try rows.map { row in
                    let s = try row.array[0].double
                    let u = try row.array[1].double
                    return .of([s, u, curve.probabilityOfEnding(within: u, afterOpenFor: s)])
                })
        }
        return .object(answer)
    }
}
