import Statistics

/// p-chart and Laney p′. The names of inputs and results differ between sources, so they are read from the words in them.
struct ProportionChartAnswer {
    let chart: ProportionChart

    init(_ input: JSON) throws {
        let isTotal: (String) -> Bool = { $0 == "n" || $0.contains("total") || $0.contains("size") }
        let lists = input.keys.filter { (try? input[$0].doubles) != nil }
        guard let totals = lists.first(where: isTotal), let events = lists.first(where: { !isTotal($0) }),
            let chart = ProportionChart.make(
                events: try input[events].doubles, totals: try input[totals].doubles,
                width: try input.optional("L")?.double ?? 3)
        else { throw FixtureError("no shares to chart in \(input.keys)") }
        self.chart = chart
    }

    func answers(to wanted: [String]) -> JSON {
        // Without a spread of z among the results only the plain chart can be meant.
        let hasSpread = wanted.contains { $0.contains("sigma_z") }
        return .object(JSONObject(wanted.map { ($0, answer($0, hasSpread: hasSpread)) }))
    }

    private func answer(_ name: String, hasSpread: Bool) -> JSON {
        let words = Set(name.lowercased().split(separator: "_").map(String.init))
        if name.contains("sigma_z") { return .of(chart.dispersion) }
        if name.contains("bar") || words.contains("center") || words.contains("centre") { return .number(chart.centre) }
        if words == ["z"] { return .of(chart.z) }
        let isLaney = !words.isDisjoint(with: ["laney", "prime", "pprime"])
        let isPlain =
            !words.isDisjoint(with: ["plain", "chart", "textbook", "binomial"])
            || words.contains("p") && words.count > 1
        let points = isLaney || !isPlain && hasSpread ? chart.laney : chart.plain
        let alarms = points.indices.filter { points[$0].isAlarm }.map { name.contains("1_based") ? $0 + 1 : $0 }
        if words.contains("first") { return .of(alarms.first) }
        if !words.isDisjoint(with: ["alarm", "alarms", "outside", "out", "signals"]) { return .of(alarms) }
        if !words.isDisjoint(with: ["lower", "lcl"]) { return .of(points.map(\.lower)) }
        if !words.isDisjoint(with: ["upper", "ucl"]) { return .of(points.map(\.upper)) }
        if words.contains("limits") { return .of(points.map { [$0.lower, $0.upper] }) }
        return .of(points.map(\.value))
    }
}
