extension OrdinalLogit {
    /// How the coefficients differ when each cut of the scale is fitted alone.
    package struct CutCheck: Sendable, Equatable {
        /// Coefficients per cut (category ≤ j against above), `nil` where that fit does not exist (too few, separated).
        package let coefficients: [[Double]?]
        /// Per fact: largest distance between two cuts in units of their joint standard error.
        package let largestGap: [Double]

        /// No fact's coefficient differs between cuts by more than `limit` joint standard errors.
        ///
        /// The fits share respondents, so the joint error is too large and the check is lenient; it is a screen, not Brant's
        /// exact test.
        package func holds(limit: Double = 2.5) -> Bool { largestGap.allSatisfy { $0 <= limit } }
    }

    /// Brant-type check of "the same β at every cut" by separate binary fits.
    ///
    /// - Reference: Brant 1990, *Biometrics* 46:1171 (idea; the joint covariance is replaced by independence).
    package static func cutCheck(rows: [[Double]]) throws(FitError) -> CutCheck {
        let cells = OrdinalCells(rows: rows)
        return try OrdinalLogit(cells).cutCheck(cells)
    }

    /// As ``cutCheck(rows:)``, beside a fit of the same cells.
    package func cutCheck(_ cells: OrdinalCells) -> CutCheck {
        let whole = self
        let fits = whole.categories.dropLast().map { try? OrdinalLogit(cells.split(above: $0)) }
        let known = fits.compactMap { $0 }
        let gaps = whole.coefficients.indices.map { fact -> Double in
            var largest = 0.0
            for (i, first) in known.enumerated() {
                for second in known.dropFirst(i + 1) {
                    let variance =
                        first.coefficientErrors[fact] * first.coefficientErrors[fact]
                        + second.coefficientErrors[fact] * second.coefficientErrors[fact]
                    let gap = abs(first.coefficients[fact] - second.coefficients[fact])
                    largest = max(largest, variance > 0 ? gap / variance.squareRoot() : 0)
                }
            }
            return largest
        }
        return CutCheck(coefficients: fits.map { $0?.coefficients }, largestGap: gaps)
    }
}
