import Statistics

extension FixtureAdapter {
    static let driverImportance = FixtureAdapter("driver_importance") { fixture in
        let input = fixture.input
        do {
            let correlations: DriverCorrelations
            if let rows = input.optional("rows_y_then_x") {
                correlations = try DriverCorrelations(rows: try rows.doubleRows)
            } else {
                correlations = try DriverCorrelations(
                    among: try input["R"].doubleRows, withOutcome: try input["r"].doubles)
            }
            let result = try DriverImportance(correlations)
            return [
                "r_squared": .number(result.rSquared), "lmg": .of(result.lmg), "lmg_share": .of(result.lmgShare),
                "johnson_relative_weight": .of(result.johnson), "johnson_share": .of(result.johnsonShare),
                "first": .of(result.first), "last": .of(result.last),
                "standardized_beta": .of(result.standardizedBeta), "pratt": .of(result.pratt),
                "vif": .of(result.varianceInflation),
            ]
        } catch let error as DriverError {
            return ["error": .string(error.description)]
        }
    }

    static let ordinalLogit = FixtureAdapter("ordinal_logit") { fixture in
        let fit = try OrdinalLogit(rows: try fixture.inputOrReferenced("rows_y_then_x").doubleRows)
        return [
            "beta": .of(fit.coefficients), "thresholds": .of(fit.thresholds), "se_beta": .of(fit.coefficientErrors),
            "se_thresholds": .of(fit.thresholdErrors), "odds_ratio": .of(fit.oddsRatios),
            "log_likelihood": .number(fit.logLikelihood),
        ]
    }

    static let eValue = FixtureAdapter("e_value") { fixture in
        let ratio = try fixture.input["rr"].double
        let limits = try fixture.input["ci"].doubles
        guard limits.count == 2 else { throw FixtureError("two limits expected") }
        return [
            "e_value": .of(EValue.of(riskRatio: ratio)),
            "e_value_of_limit": .of(EValue.ofLimit(riskRatio: ratio, lower: limits[0], upper: limits[1])),
        ]
    }
}
