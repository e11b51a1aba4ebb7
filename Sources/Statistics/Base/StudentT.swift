import RealModule

/// Student's t distribution with df > 0 degrees of freedom (real; infinity is the normal). NaN outside the domain.
package enum StudentT {
    /// P(T ≤ t).
    package static func cdf(_ t: Double, df: Double) -> Double {
        t <= 0 ? upperTail(-t, df: df) : 1 - upperTail(t, df: df)
    }

    /// P(T > t), exact in the far tail.
    package static func survival(_ t: Double, df: Double) -> Double { cdf(-t, df: df) }

    /// P(T > t) for t ≥ 0.
    private static func upperTail(_ t: Double, df: Double) -> Double {
        guard df > 0, !t.isNaN else { return .nan }
        if df == .infinity { return Normal.survival(t) }
        if t == .infinity { return 0 }
        let square = t * t
        let x: Double = square.isFinite ? df / (df + square) : 0
        let y: Double = square.isFinite ? square / (df + square) : 1
        return 0.5 * Beta.tails(x, y: y, df / 2, 0.5).lower
    }

    /// t with P(T ≤ t) = p; ±infinity at 0 and 1.
    package static func quantile(_ p: Double, df: Double) -> Double {
        guard df > 0, p >= 0, p <= 1 else { return .nan }
        if df == .infinity { return Normal.quantile(p) }
        if p == 0.5 { return 0 }
        let tail = 2 * min(p, 1 - p)
        // Near the middle 1 - x is small: invert the other beta to keep its digits.
        let t: Double
        if tail > 0.5 {
            let y = Beta.quantile(1 - tail, 0.5, df / 2)
            t = (df * y / (1 - y)).squareRoot()
        } else {
            let x = Beta.quantile(tail, df / 2, 0.5)
            t = x == 0 ? .infinity : (df * (1 - x) / x).squareRoot()
        }
        return p < 0.5 ? -t : t
    }
}
