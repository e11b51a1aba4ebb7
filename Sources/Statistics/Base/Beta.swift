import RealModule

/// The beta distribution, that is the regularised incomplete beta function I_x(a, b), a, b > 0.
///
/// Continued fraction (DLMF 8.17.22) with a saddle-point prefactor, so that large a and b keep 1e-9. NaN outside the
/// domain, and for a + b above 10^12, where the fraction would not settle.
package enum Beta {
    static let largestParameter = 1e12

    /// I_x(a, b) = P(X ≤ x).
    package static func cdf(_ x: Double, _ a: Double, _ b: Double) -> Double { tails(x, a, b).lower }

    /// P(X > x), exact in the far tail.
    package static func survival(_ x: Double, _ a: Double, _ b: Double) -> Double { tails(x, a, b).upper }

    /// Density at x.
    package static func density(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0, x >= 0, x <= 1 else { return .nan }
        if x == 0 { return a < 1 ? .infinity : (a == 1 ? b : 0) }
        if x == 1 { return b < 1 ? .infinity : (b == 1 ? a : 0) }
        return kernel(x, 1 - x, a, b) / (x * (1 - x))
    }

    /// Both tails; `y` is 1 - x where the caller knows it more exactly.
    static func tails(_ x: Double, y: Double? = nil, _ a: Double, _ b: Double) -> (lower: Double, upper: Double) {
        guard a > 0, b > 0, a + b <= Self.largestParameter, !x.isNaN else { return (.nan, .nan) }
        if x <= 0 { return (0, 1) }
        if x >= 1 { return (1, 0) }
        let y = y ?? 1 - x
        if x <= (a + 1) / (a + b + 2) {
            let lower = min(1, kernel(x, y, a, b) * continuedFraction(x, a, b) / a)
            return (lower, 1 - lower)
        }
        let upper = min(1, kernel(x, y, a, b) * continuedFraction(y, b, a) / b)
        return (1 - upper, upper)
    }

    /// x^a (1-x)^b / B(a, b).
    private static func kernel(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
        let n = a + b
        if min(a, b) < 1e-8 {
            return Double.exp(a * Double.log(x) + b * Double.log(y) - SpecialFunction.logBeta(a, b))
        }
        let errors: Double =
            SpecialFunction.stirlingError(n) - SpecialFunction.stirlingError(a) - SpecialFunction.stirlingError(b)
        let deviance: Double = SpecialFunction.deviance(a, n * x) + SpecialFunction.deviance(b, n * y)
        return (a / n * b / (2 * Double.pi)).squareRoot() * Double.exp(errors - deviance)
    }

    /// Lentz's evaluation; needs about √max(a, b) steps.
    private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d: Double = 1 - (a + b) * x / (a + 1)
        if abs(d) < tiny { d = tiny }
        d = 1 / d
        var h = d
        for step in 1...2_000_000 {
            let m = Double(step)
            let even: Double = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 + even * d
            if abs(d) < tiny { d = tiny }
            c = 1 + even / c
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            h *= d * c
            let odd: Double = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 + odd * d
            if abs(d) < tiny { d = tiny }
            c = 1 + odd / c
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            let factor = d * c
            h *= factor
            if abs(factor - 1) < 1e-15 { break }
        }
        return h
    }

    /// x with I_x(a, b) = p: Newton steps kept inside a shrinking bracket. 0 and 1 at the ends, NaN outside [0, 1].
    package static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0, a + b <= Self.largestParameter, p >= 0, p <= 1 else { return .nan }
        if p == 0 || p == 1 { return p }
        var low = 0.0
        var high = 1.0
        var x = a / (a + b)
        let tail: Double = (Double.log(p * a) + SpecialFunction.logBeta(a, b)) / a
        if tail < -2 { x = min(x, Double.exp(tail)) }
        if x <= 0 { return 0 }
        for _ in 0..<400 {
            let (lower, upper) = tails(x, a, b)
            let excess = p < 0.5 ? lower - p : (1 - p) - upper
            if excess == 0 { return x }
            if excess > 0 { high = x } else { low = x }
            let slope = density(x, a, b)
            var next = x - excess / slope
            if !(next > low && next < high) { next = low + (high - low) / 2 }
            if abs(next - x) <= 1e-15 * x || next == low || next == high { return next }
            x = next
        }
        return x
    }
}
