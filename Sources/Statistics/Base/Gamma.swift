import RealModule

/// The gamma distribution with unit scale, that is the regularised incomplete gamma functions P(a, x) and Q(a, x).
///
/// Series below a + 1, continued fraction above (DLMF 8.7, 8.9) with a saddle-point prefactor. NaN outside a > 0, x ≥
/// 0, and for a above 10^11, where the series would not settle.
package enum Gamma {
    static let largestParameter = 1e11

    /// P(a, x).
    package static func cdf(_ x: Double, _ a: Double) -> Double { tails(x, a).lower }

    /// Q(a, x) = 1 - P(a, x), exact in the far tail.
    package static func survival(_ x: Double, _ a: Double) -> Double { tails(x, a).upper }

    static func tails(_ x: Double, _ a: Double) -> (lower: Double, upper: Double) {
        guard a > 0, a <= Self.largestParameter, x >= 0 else { return (.nan, .nan) }
        if x == 0 { return (0, 1) }
        if x == .infinity { return (1, 0) }
        let front = kernel(x, a)
        if x < a + 1 {
            let lower = min(1, front * series(x, a))
            return (lower, 1 - lower)
        }
        let upper = min(1, front * continuedFraction(x, a))
        return (1 - upper, upper)
    }

    /// x^a e^-x / Γ(a).
    private static func kernel(_ x: Double, _ a: Double) -> Double {
        if a < 1e-8 { return Double.exp(a * Double.log(x) - x - SpecialFunction.logGamma(a)) }
        let exponent: Double = -SpecialFunction.deviance(a, x) - SpecialFunction.stirlingError(a)
        return (a / (2 * Double.pi)).squareRoot() * Double.exp(exponent)
    }

    private static func series(_ x: Double, _ a: Double) -> Double {
        var term = 1 / a
        var sum = term
        var n = a
        for _ in 0..<5_000_000 {
            n += 1
            term *= x / n
            sum += term
            if term < sum * 1e-16 { break }
        }
        return sum
    }

    private static func continuedFraction(_ x: Double, _ a: Double) -> Double {
        let tiny = 1e-300
        var b: Double = x + 1 - a
        var c = 1 / tiny
        var d = 1 / (abs(b) < tiny ? tiny : b)
        var h = d
        for step in 1...5_000_000 {
            let i = Double(step)
            let an: Double = -i * (i - a)
            b += 2
            d = an * d + b
            if abs(d) < tiny { d = tiny }
            c = b + an / c
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            let factor = d * c
            h *= factor
            if abs(factor - 1) < 1e-15 { break }
        }
        return h
    }

    /// x with P(a, x) = p; infinity at p = 1, NaN outside [0, 1].
    package static func quantile(_ p: Double, _ a: Double) -> Double {
        guard a > 0, a <= Self.largestParameter, p >= 0, p <= 1 else { return .nan }
        if p == 0 { return 0 }
        if p == 1 { return .infinity }
        var low = 0.0
        var high = Double.infinity
        // Wilson-Hilferty start, or the leading term of the series far down.
        let z = Normal.quantile(p)
        let cube: Double = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
        var x = a * cube * cube * cube
        let smallTail: Double = Double.exp((Double.log(p) + SpecialFunction.logGamma(a + 1)) / a)
        if cube <= 0 || x < 0.1 * a { x = smallTail }
        if !(x > 0) { return 0 }
        for _ in 0..<400 {
            let (lower, upper) = tails(x, a)
            let excess = p < 0.5 ? lower - p : (1 - p) - upper
            if excess == 0 { return x }
            if excess > 0 { high = x } else { low = x }
            let slope = kernel(x, a) / x
            var next = x - excess / slope
            if !(next > low && next < high) { next = high == .infinity ? 2 * x : low + (high - low) / 2 }
            if abs(next - x) <= 1e-15 * x { return next }
            x = next
        }
        return x
    }
}
