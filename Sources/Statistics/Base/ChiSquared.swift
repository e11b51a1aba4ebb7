/// The chi-squared distribution with df > 0 degrees of freedom. NaN outside the domain (df ≤ 0, x < 0).
package enum ChiSquared {
    /// P(X ≤ x).
    package static func cdf(_ x: Double, df: Double) -> Double { Gamma.cdf(x / 2, df / 2) }

    /// P(X > x): the p-value of a chi-squared statistic.
    package static func survival(_ x: Double, df: Double) -> Double { Gamma.survival(x / 2, df / 2) }

    /// x with P(X ≤ x) = p.
    package static func quantile(_ p: Double, df: Double) -> Double { 2 * Gamma.quantile(p, df / 2) }
}
