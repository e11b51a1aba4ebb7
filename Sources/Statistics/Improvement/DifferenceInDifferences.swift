/// The effect of a change as the difference of two before–after differences.
///
/// - Formula: least squares on treated, after and their product; effect = coefficient of the product; HC1 standard error.
/// - Reference: Angrist & Pischke, *Mostly Harmless Econometrics*, ch. 5; MacKinnon & White 1985.
/// - Assumes both groups would have moved alike without the change: show earlier periods beside it. Cases of one office or
///   week are alike: with few groups the interval is too narrow. Smallest n: 30 per cell.
package struct DifferenceInDifferences: Sendable, Equatable {
    package let effect: Double
    package let standardError: Double
    package let interval: ConfidenceInterval

    package struct Observation: Sendable, Equatable {
        package let isTreated: Bool
        package let isAfter: Bool
        package let value: Double

        package init(isTreated: Bool, isAfter: Bool, value: Double) {
            self.isTreated = isTreated
            self.isAfter = isAfter
            self.value = value
        }
    }

    /// `nil` when one of the four cells is empty, fewer than five observations exist, or a value is not finite.
    package init?(_ observations: [Observation], confidence: Double = 0.95) {
        let design = observations.map { row -> [Double] in
            [1, row.isTreated ? 1 : 0, row.isAfter ? 1 : 0, row.isTreated && row.isAfter ? 1 : 0]
        }
        guard confidence > 0, confidence < 1, let fit = LeastSquares(design: design, y: observations.map(\.value))
        else { return nil }
        effect = fit.coefficients[3]
        standardError = fit.robustErrors[3]
        let half = Normal.twoSidedZ(confidence) * standardError
        interval = ConfidenceInterval(lower: effect - half, upper: effect + half)
    }
}
