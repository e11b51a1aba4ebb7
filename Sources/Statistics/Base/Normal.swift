import RealModule

/// The standard normal distribution.
///
/// Reference: NIST DLMF 7.2 (error function), Wichura 1988 (algorithm AS 241) for the quantile. Relative error of the
/// probabilities below 1e-14, of the quantile about 1e-15. NaN in gives NaN out.
package enum Normal {
    package static func density(_ x: Double) -> Double {
        Double.exp(-x * x / 2 - SpecialFunction.halfLogTwoPi)
    }

    /// P(Z ≤ x).
    package static func cdf(_ x: Double) -> Double {
        0.5 * Double.erfc(-x * 0.5.squareRoot())
    }

    /// P(Z > x), exact also where 1 - cdf would be 0.
    package static func survival(_ x: Double) -> Double {
        0.5 * Double.erfc(x * 0.5.squareRoot())
    }

    /// The two-sided p-value of a z statistic.
    package static func twoSidedP(_ z: Double) -> Double { min(1, 2 * survival(abs(z))) }

    /// z with P(|Z| ≤ z) = `confidence`; NaN unless 0 < confidence < 1.
    package static func twoSidedZ(_ confidence: Double) -> Double {
        guard confidence > 0, confidence < 1 else { return .nan }
        return -quantile((1 - confidence) / 2)
    }

    /// x with P(Z ≤ x) = p; ±infinity at 0 and 1, NaN outside [0, 1].
    package static func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        if p == 0 { return -.infinity }
        if p == 1 { return .infinity }
        let q = p - 0.5
        if abs(q) <= 0.425 {
            let r = 0.180625 - q * q
            return q * ratio(r, centralNumerator, centralDenominator)
        }
        let tail = q < 0 ? p : 1 - p
        let r = (-Double.log(tail)).squareRoot()
        let x = r <= 5 ? ratio(r - 1.6, middleNumerator, middleDenominator) : ratio(r - 5, farNumerator, farDenominator)
        return q < 0 ? -x : x
    }

    private static func ratio(_ r: Double, _ numerator: [Double], _ denominator: [Double]) -> Double {
        var top = 0.0
        var bottom = 0.0
        for index in 0..<8 {
            top = top * r + numerator[index]
            bottom = bottom * r + denominator[index]
        }
        return top / bottom
    }

    // Coefficients from the highest power down.
    private static let centralNumerator: [Double] = [
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
    ]
    private static let centralDenominator: [Double] = [
        5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
    ]
    private static let middleNumerator: [Double] = [
        7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
        3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
    ]
    private static let middleDenominator: [Double] = [
        1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
        0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
    ]
    private static let farNumerator: [Double] = [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
        0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
    ]
    private static let farDenominator: [Double] = [
        2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
        0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1,
    ]
}
