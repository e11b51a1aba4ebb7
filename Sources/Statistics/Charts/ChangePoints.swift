import RealModule

/// Bayesian online change-point detection: how long has the present regime lasted?
///
/// - Formula: run-length posterior `P(r_t = r + 1) ∝ P(r_{t−1} = r)·π(y_t | r)·(1 − H)`, `P(r_t = 0) ∝ Σ P(r)·π·H`, with the
///   predictive π of a Normal–Gamma (Student t) or Beta–Binomial model; kept in logarithms.
/// - Reference: Adams & MacKay 2007, arXiv 0710.3742.
/// - Start values: hazard 1/50–1/200 (one change in 50–200 observations).
/// - Cost n²/2 steps and numbers kept: up to ``largestCount`` observations.
/// - Smallest n: about 10 observations. It explains when something changed; it pages nobody.
/// - Do not alarm on `P(r = 0)`: it always equals the hazard. Use ``probabilityBelow(_:)`` or a fall of ``mostLikely``.
package struct ChangePoints: Sendable, Equatable {
    /// Most observations accepted at once.
    package static let largestCount = 5_000

    /// Posterior of the run length 0...t after each observation t = 1...n.
    package let posteriors: [[Double]]

    /// Most likely run length after each observation.
    package var mostLikely: [Int] {
        posteriors.map { posterior in
            var best = 0
            for index in posterior.indices where posterior[index] > posterior[best] { best = index }
            return best
        }
    }

    /// `P(run length < k)` after each observation.
    package func probabilityBelow(_ k: Int) -> [Double] {
        posteriors.map { min(1, $0.prefix(max(k, 0)).reduce(0, +)) }
    }

    /// Normal observations with unknown mean and variance; prior `μ₀, κ₀, α₀, β₀` of the Normal–Gamma.
    ///
    /// - Returns: `nil` for a hazard outside 0 < H < 1, a prior parameter ≤ 0, too many observations, or one that is not finite.
    package static func normal(
        _ values: [Double], hazard: Double, mean: Double, kappa: Double, alpha: Double, beta: Double
    ) -> ChangePoints? {
        guard hazard > 0, hazard < 1, kappa > 0, alpha > 0, beta > 0, mean.isFinite, values.count <= largestCount,
            values.allSatisfy(\.isFinite)
        else { return nil }
        return run(values, hazard: hazard, prior: NormalGamma(mean: mean, kappa: kappa, alpha: alpha, beta: beta))
    }

    /// Successes out of totals; prior Beta(a, b).
    ///
    /// - Returns: `nil` for a hazard outside 0 < H < 1, a prior ≤ 0, too many observations, unequal lengths or counts outside 0...total.
    package static func binomial(
        successes: [Double], totals: [Double], hazard: Double, a: Double = 1, b: Double = 1
    ) -> ChangePoints? {
        guard hazard > 0, hazard < 1, a > 0, b > 0, successes.count == totals.count, totals.count <= largestCount,
            zip(successes, totals).allSatisfy({ $0 >= 0 && $0 <= $1 && $1.isFinite })
        else { return nil }
        return run(Array(zip(successes, totals)), hazard: hazard, prior: BetaBinomial(a: a, b: b))
    }

    private static func run<Model: RegimeModel>(
        _ observations: [Model.Observation], hazard: Double, prior: Model
    ) -> ChangePoints {
        let logHazard = Double.log(hazard)
        let logStay = Double.log(onePlus: -hazard)
        var models = [prior]
        var logs = [0.0]
        var posteriors: [[Double]] = []
        for observation in observations {
            let joint = zip(logs, models).map { $0 + $1.logPredictive(observation) }
            let top = joint.max() ?? 0
            let shift = top.isFinite ? top : 0
            let mass = joint.reduce(0.0) { $0 + Double.exp($1 - shift) }
            let evidence = shift + Double.log(mass)
            logs = [logHazard] + joint.map { $0 - evidence + logStay }
            models = [prior] + models.map { $0.updated(observation) }
            posteriors.append(logs.map { Double.exp($0) })
        }
        return ChangePoints(posteriors: posteriors)
    }
}

/// A conjugate model of one regime.
private protocol RegimeModel {
    associatedtype Observation
    func logPredictive(_ observation: Observation) -> Double
    func updated(_ observation: Observation) -> Self
}

private struct NormalGamma: RegimeModel {
    var mean: Double
    var kappa: Double
    var alpha: Double
    var beta: Double

    func logPredictive(_ y: Double) -> Double {
        let freedom = 2 * alpha
        let scale = beta * (kappa + 1) / (alpha * kappa)
        let square = (y - mean) * (y - mean) / scale
        return Double.logGamma((freedom + 1) / 2) - Double.logGamma(freedom / 2)
            - Double.log(freedom * Double.pi * scale) / 2 - (freedom + 1) / 2 * Double.log(onePlus: square / freedom)
    }

    func updated(_ y: Double) -> NormalGamma {
        NormalGamma(
            mean: (kappa * mean + y) / (kappa + 1), kappa: kappa + 1, alpha: alpha + 0.5,
            beta: beta + kappa * (y - mean) * (y - mean) / (2 * (kappa + 1)))
    }
}

private struct BetaBinomial: RegimeModel {
    var a: Double
    var b: Double

    func logPredictive(_ pair: (Double, Double)) -> Double {
        let (x, n) = pair
        let ways = Double.logGamma(n + 1) - Double.logGamma(x + 1) - Double.logGamma(n - x + 1)
        return ways + logBeta(a + x, b + n - x) - logBeta(a, b)
    }

    func updated(_ pair: (Double, Double)) -> BetaBinomial {
        BetaBinomial(a: a + pair.0, b: b + pair.1 - pair.0)
    }

    private func logBeta(_ p: Double, _ q: Double) -> Double {
        Double.logGamma(p) + Double.logGamma(q) - Double.logGamma(p + q)
    }
}
