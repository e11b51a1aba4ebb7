import RealModule

/// Counts that vary more than Poisson: arrivals of people, mail, calls.
///
/// - Formula: mean m, variance φm (φ > 1): size `r = m/(φ − 1)`, success `1/φ`; the gamma–Poisson mixture.
/// - Estimate φ from the data (variance over mean of comparable periods); it is rarely 1.
package struct NegativeBinomial: Sendable, Equatable {
    package let mean: Double
    /// Variance over mean.
    package let dispersion: Double

    /// `nil` unless mean > 0 and dispersion ≥ 1 (1 = Poisson), both finite.
    package init?(mean: Double, dispersion: Double) {
        guard mean > 0, mean.isFinite, dispersion >= 1, dispersion.isFinite else { return nil }
        self.mean = mean
        self.dispersion = dispersion
    }

    /// P(X ≤ k), by the incomplete beta function; 0 below zero.
    package func cdf(_ k: Int) -> Double {
        guard k >= 0 else { return 0 }
        guard dispersion > 1 else { return Poisson.cdf(k, mean: mean) }
        return Beta.cdf(1 / dispersion, mean / (dispersion - 1), Double(k) + 1)
    }

    /// One random count: a gamma-distributed rate, then Poisson.
    package func draw(_ random: inout SplitMix64) -> Double {
        let rate = dispersion > 1 ? Self.gamma(shape: mean / (dispersion - 1), &random) * (dispersion - 1) : mean
        return Self.poisson(rate, &random)
    }

    /// Marsaglia & Tsang 2000, *ACM TOMS* 26:363.
    private static func gamma(shape: Double, _ random: inout SplitMix64) -> Double {
        if shape < 1 {
            let boost = Double.pow(max(random.unit(), 0x1p-54), 1 / shape)
            return gamma(shape: shape + 1, &random) * boost
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = random.normal()
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            let u = max(random.unit(), 0x1p-54)
            if Double.log(u) < x * x / 2 + d * (1 - v + Double.log(v)) { return d * v }
        }
    }

    /// Multiplication for small means; from 50 on a rounded normal, whose error is far below the dispersion's.
    private static func poisson(_ mean: Double, _ random: inout SplitMix64) -> Double {
        if mean >= 50 { return max(0, (mean + mean.squareRoot() * random.normal()).rounded()) }
        let limit = Double.exp(-mean)
        var product = random.unit()
        var count = 0.0
        while product > limit {
            product *= random.unit()
            count += 1
        }
        return count
    }
}
