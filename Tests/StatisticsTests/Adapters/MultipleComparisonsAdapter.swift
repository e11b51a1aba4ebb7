import Statistics

extension FixtureAdapter {
    static let multipleComparisons = FixtureAdapter("multiple_comparisons") { fixture in
        let p = try fixture.input["p"].doubles
        let alpha = try fixture.input["alpha"].double
        let names: [(String, MultipleComparisons)] = [
            ("fdr_bh", .benjaminiHochberg), ("fdr_by", .benjaminiYekutieli), ("holm", .holm),
            ("bonferroni", .bonferroni),
        ]
        return .object(
            JSONObject(
                names.map { name, method in
                    guard let result = method.adjust(p, alpha: alpha) else { return (name, .null) }
                    return (name, ["adjusted": .of(result.adjusted), "reject": .of(result.rejected)])
                }))
    }
}
