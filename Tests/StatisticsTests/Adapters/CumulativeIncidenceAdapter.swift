import Statistics

extension FixtureAdapter {
    static let cumulativeIncidence = FixtureAdapter("cumulative_incidence") { fixture in
        let input = fixture.input
        let times = try input["time"].doubles
        let outcomes = try input["outcome"].ints
        let names = try endingNames(try input["codes"].string)
        guard let curves = CumulativeIncidence(times: times, outcomes: outcomes, kinds: names.count) else {
            throw FixtureError("no curves of these")
        }
        var answer: JSONObject = ["time": .of(curves.times), "still_open": .of(curves.open)]
        let at = try (input.optional("at") ?? fixture.expected.optional("at"))?.doubles ?? []
        answer["at"] = .of(at)
        var variances: [JSON] = []
        var tests: [JSON] = []
        let groups = try input.optional("group")?.ints
        for (index, name) in names.enumerated() {
            answer["cif_\(name)"] = .of(curves.incidence[index])
            answer["se_cif_\(name)_R"] = .of(curves.standardErrors(of: index + 1) ?? [])
            variances.append(.of(at.map { curves.aalenVariance(of: index + 1, at: $0) }))
            if let groups {
                let test = GrayTest(times: times, outcomes: outcomes, groups: groups, kind: index + 1)
                tests.append([.of(test?.statistic), .of(test?.pValue), .of(test?.degreesOfFreedom)])
            }
            let naive = KaplanMeier(times: times, isEvent: outcomes.map { $0 == index + 1 })
            answer["one_minus_km_\(name)_wrong"] = .of(at.map { t in naive?.survival(at: t).map { 1 - $0 } })
        }
        answer["aalen_variance_at_cmprsk_rows_\(names.joined(separator: "_"))"] = .array(variances)
        answer["gray_test_rows_stat_p_df"] = .array(tests)
        return .object(answer)
    }

    /// “0 still open, 1 granted, 2 denied” names the endings.
    private static func endingNames(_ codes: String) throws -> [String] {
        var names: [String] = []
        for part in codes.split(separator: ",") {
            let words = part.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let code = Int(words[0]) else { throw FixtureError("codes: “\(codes)”") }
            if code > 0 { names.append(String(words[1].map { $0 == " " ? "_" : $0 })) }
        }
        return names
    }
}
