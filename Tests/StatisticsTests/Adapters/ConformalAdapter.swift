import Statistics

/// Rows of keys with a value at the end, as “rows_supplier_product_destination_days” holds them.
struct KeyedRows {
    let paths: [[String]]
    let values: [Double]

    init(_ json: JSON) throws {
        let rows = try json.array.map { try $0.array }
        paths = try rows.map { row in try row.dropLast().map { try $0.string } }
        values = try rows.map { row in try (row.last ?? .null).double }
    }
}

extension FixtureAdapter {
    static let conformal = FixtureAdapter("conformal") { fixture in
        let input = fixture.input
        if input.optional("queries") != nil {
            let key = input.keys.first { $0.hasPrefix("rows") } ?? "rows"
            let rows = try KeyedRows(try input[key])
            let mondrian = MondrianConformal(
                paths: rows.paths, scores: rows.values, level: try input["level"].double,
                smallestGroup: try input.optional("n_min")?.int ?? 0)
            guard let mondrian else { throw FixtureError("no groups of these") }
            let answers = try input["queries"].array.map { query -> JSON in
                let answer = mondrian.answer(for: try query.strings)
                return [
                    "depth": .of(answer.depth), "n": .of(answer.n), "rank_1_based": .of(answer.rank),
                    "days": .of(answer.bound),
                ]
            }
            return ["answers": .array(answers)]
        }
        if let groups = ["groups", "group", "bins", "bin", "categories"].compactMap({ input.optional($0) }).first {
            return try mondrian(fixture, groups: try groups.array.map { "\(try label($0))" })
        }
        if let scores = input.optional("scores") {
            let scores = try scores.doubles
            let level = try input["level"].double
            return [
                "rank_1_based": .of(Conformal.rank(count: scores.count, level: level)),
                "quantile": .of(Conformal.bound(scores, level: level)),
            ]
        }
        let levels = try input["levels"].doubles
        guard let y = input.optional("y") else {
            return ["n": .of(levels.map { Conformal.smallestCount(level: $0) })]
        }
        let actual = try y.doubles
        let predicted: [Double]
        if let list = try? input["prediction"].doubles {
            predicted = list
        } else {
            predicted = Array(repeating: try input["prediction"].double, count: actual.count)
        }
        return [
            "half_width": .of(levels.map { Conformal.halfWidth(actual: actual, predicted: predicted, level: $0) })
        ]
    }

    private static func label(_ json: JSON) throws -> String {
        if case .integer(let value) = json { return String(value) }
        return try json.string
    }

    /// One bound a group, without back-off: the expected names tell ranks and counts from bounds.
    private static func mondrian(_ fixture: FixtureCase, groups: [String]) throws -> JSON {
        let input = fixture.input
        let scores: [Double]
        if let given = input.optional("scores") ?? input.optional("residuals") {
            scores = try given.doubles
        } else {
            scores = zip(try input["y"].doubles, try input["prediction"].doubles).map { abs($0 - $1) }
        }
        let level = try input["level"].double
        var byGroup: [String: [Double]] = [:]
        for (group, score) in zip(groups, scores) { byGroup[group, default: []].append(score) }
        func each(_ value: ([Double]) -> JSON) -> JSON {
            .object(JSONObject(byGroup.map { ($0.key, value($0.value)) }))
        }
        var answer = JSONObject()
        for name in fixture.wanted {
            if let scores = byGroup[name] {
                answer[name] = .of(Conformal.bound(scores, level: level))
            } else if name.contains("rank") {
                answer[name] = each { .of(Conformal.rank(count: $0.count, level: level)) }
            } else if name == "n" || name.contains("count") {
                answer[name] = each { .of($0.count) }
            } else {
                answer[name] = each { .of(Conformal.bound($0, level: level)) }
            }
        }
        return .object(answer)
    }

    static let hierarchicalShrinkage = FixtureAdapter("hierarchical_shrinkage") { fixture in
        let input = fixture.input
        let rows = try KeyedRows(try input["rows"])
        let key = try input["key"].strings
        guard let shrinkage = HierarchicalShrinkage(paths: rows.paths, kappa: try input["kappa"].double) else {
            throw FixtureError("no shrinkage of these")
        }
        return [
            "quantiles": .of(
                try input["p"].doubles.map { shrinkage.quantile($0, of: rows.values, for: key) }),
            "kish_effective_n": .of(shrinkage.effectiveN(for: key)),
        ]
    }

    static let adaptiveConformal = FixtureAdapter("adaptive_conformal") { fixture in
        let input = fixture.input
        let scores = try input["scores"].doubles
        let stream = AdaptiveConformal(
            level: try input["level"].double, gamma: try input["gamma"].double, window: try input["window"].int)
        guard var stream else { throw FixtureError("no stream of these") }
        let warmup = try input.optional("warmup")?.int ?? 0
        for score in scores.prefix(warmup) { stream.calibrate(score) }
        var alphas: [Double] = []
        var bounds: [JSON] = []
        var errors: [Int] = []
        for score in scores.dropFirst(warmup) {
            alphas.append(stream.alpha)
            switch stream.bound {
            case .finite(let value): bounds.append(.number(value))
            case .unbounded: bounds.append(.null)
            case .empty: bounds.append("empty")
            }
            errors.append(stream.observe(score) ? 1 : 0)
        }
        return [
            "alpha_t": .of(alphas), "quantile_t": .array(bounds), "err_t": .of(errors),
            "final_alpha": .of(stream.alpha), "coverage": .of(stream.coverage),
            "theory_bound_on_deviation": .of(stream.deviationBound),
        ]
    }
}
