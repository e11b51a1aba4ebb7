import RealModule

/// Functions the distributions are built from.
///
/// Outside their domain they return NaN, never a made-up number; NaN in gives NaN out.
///
/// Reference: NIST Digital Library of Mathematical Functions ch. 5 and 8; Loader 2000, “Fast and accurate computation
/// of binomial probabilities” (deviance and Stirling error). Not for complex arguments.
package enum SpecialFunction {
    /// ln Γ(x) for x > 0, relative error about 1e-15.
    package static func logGamma(_ x: Double) -> Double {
        guard x > 0 else { return .nan }
        return Double.logGamma(x)
    }

    /// ψ(x) = d ln Γ(x)/dx, by recurrence to x ≥ 10 and the asymptotic series; reflection for x < 0.
    ///
    /// NaN at the poles 0, -1, -2, …
    package static func digamma(_ x: Double) -> Double {
        guard !x.isNaN else { return .nan }
        if x == .infinity { return .infinity }
        if x <= 0 {
            guard x.isFinite, x != x.rounded(.down) else { return .nan }
            let fraction: Double = x - x.rounded(.down)
            return digamma(1 - x) - Double.pi / Double.tan(Double.pi * fraction)
        }
        var z = x
        var result = 0.0
        while z < 10 {
            result -= 1 / z
            z += 1
        }
        let inverse = 1 / z
        let square = inverse * inverse
        var series: Double = 1.0 / 12
        series = 691.0 / 32760 - square * series
        series = 1.0 / 132 - square * series
        series = 1.0 / 240 - square * series
        series = 1.0 / 252 - square * series
        series = 1.0 / 120 - square * series
        series = 1.0 / 12 - square * series
        return result + Double.log(z) - inverse / 2 - square * series
    }

    /// ln B(a, b) for a, b > 0.
    package static func logBeta(_ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0 else { return .nan }
        let small = min(a, b)
        let large = max(a, b)
        if small < 10 { return logGamma(small) + logGammaRatio(large, small) }
        let n = a + b
        let errors = stirlingError(a) + stirlingError(b) - stirlingError(n)
        let leading: Double = (a - 0.5) * Double.log(a / n) + (b - 0.5) * Double.log(b / n)
        return leading - 0.5 * Double.log(n) + halfLogTwoPi + errors
    }

    /// ln(Γ(large)/Γ(large + small)) without the cancellation of two large logarithms.
    private static func logGammaRatio(_ large: Double, _ small: Double) -> Double {
        if large < 10 { return logGamma(large) - logGamma(large + small) }
        let n = large + small
        let errors = stirlingError(large) - stirlingError(n)
        let leading: Double = -(large - 0.5) * Double.log(onePlus: small / large) - small * Double.log(n)
        return leading + small + errors
    }

    /// δ(z) = ln Γ(z) - [(z - ½) ln z - z + ½ ln 2π], the error of Stirling's formula, z > 0.
    static func stirlingError(_ z: Double) -> Double {
        if z < 10 { return logGamma(z) - ((z - 0.5) * Double.log(z) - z + halfLogTwoPi) }
        let inverse = 1 / z
        let square = inverse * inverse
        var series: Double = 691.0 / 360360
        series = 1.0 / 1188 - square * series
        series = 1.0 / 1680 - square * series
        series = 1.0 / 1260 - square * series
        series = 1.0 / 360 - square * series
        return inverse * (1.0 / 12 - square * series)
    }

    /// x ln(x/m) + m - x for x ≥ 0, m > 0, exact also where x is close to m.
    static func deviance(_ x: Double, _ m: Double) -> Double {
        if x == 0 { return m }
        let difference = x - m
        guard abs(difference) < 0.1 * (x + m) else { return x * Double.log(x / m) + m - x }
        var v = difference / (x + m)
        var sum = difference * v
        var term = 2 * x * v
        v *= v
        for j in 1...1000 {
            term *= v
            let next = sum + term / Double(2 * j + 1)
            if next == sum { break }
            sum = next
        }
        return sum
    }

    static let halfLogTwoPi = 0.918938533204672741780329736406
}
