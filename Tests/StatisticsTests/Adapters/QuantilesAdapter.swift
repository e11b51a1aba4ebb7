import Statistics

extension FixtureAdapter {
    static let quantiles = FixtureAdapter("quantiles") { fixture in
        let values = try fixture.input["x"].doubles
        let ps = try fixture.input["p"].doubles
        let names: [(String, QuantileType)] = [
            ("inverted_cdf", .invertedCDF), ("interpolated_inverted_cdf", .interpolatedInvertedCDF),
            ("hazen", .hazen), ("weibull", .weibull), ("linear", .linear), ("median_unbiased", .medianUnbiased),
            ("normal_unbiased", .normalUnbiased), ("lower", .lower), ("higher", .higher),
        ]
        return .object(
            JSONObject(
                names.map { name, type in
                    (name, Quantile.of(values, ps, type: type).map { JSON.of($0) } ?? .null)
                }))
    }
}
