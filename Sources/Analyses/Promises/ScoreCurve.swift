import Foundation

/// The distribution of how long journeys took against what was expected of them: a weighted Kaplan-Meier curve of
/// scores ln((time + offset) ÷ (expected + offset)), open journeys censored, given that they end.
///
/// Normalised at a longest score: what is still open there is taken for lost, so that cancelled and forgotten journeys
/// don't push every promise to infinity. (Cumulative incidence of ending, conditional on ending; see METHODS §3.)
struct ScoreCurve: Sendable {
    /// Ascending, one a distinct ending.
    let scores: [Double]
    /// Share of journeys that end by each score, of those that end.
    let shares: [Double]
    let endings: Int

    struct Case {
        var score: Double
        var isEnded: Bool
        var weight: Double
    }

    /// Nil when nothing has ended. `pace` multiplies the hazard: below 1, journeys end slower now than they did.
    init?(sorted cases: [Case], longest: Double, pace: Double) {
        var atRisk = 0.0
        for one in cases { atRisk += one.weight }
        var scores: [Double] = []
        var hazards: [Double] = []
        var hazard = 0.0
        var endings = 0
        for one in cases {
            if one.score > longest { break }
            if one.isEnded, atRisk > 1e-9 {
                hazard += min(one.weight / atRisk, 1)
                endings += 1
                if scores.last == one.score {
                    hazards[hazards.count - 1] = hazard
                } else {
                    scores.append(one.score)
                    hazards.append(hazard)
                }
            }
            atRisk -= one.weight
        }
        let whole = 1 - exp(-hazard * pace)
        guard endings > 0, whole > 0 else { return nil }
        self.scores = scores
        shares = hazards.map { (1 - exp(-$0 * pace)) / whole }
        self.endings = endings
    }

    /// The smallest score by which the share has ended; nil for p > 1 or NaN.
    func quantile(_ p: Double) -> Double? {
        guard p <= 1 else { return nil }
        var low = 0
        var high = shares.count - 1
        while low < high {
            let middle = (low + high) / 2
            if shares[middle] >= p - 1e-12 { high = middle } else { low = middle + 1 }
        }
        return scores[low]
    }

    /// The quantile smoothed over the ranks near it: the mean of five between p − h and p + h, h = (1 − p)/2 or p/2. A single
    /// rank in a sparse tail jumps from day to day, and jumps cost more days than they keep promises.
    func smoothQuantile(_ p: Double) -> Double? {
        guard p <= 1 else { return nil }
        let reach = min(1 - p, p) / 2
        var sum = 0.0
        for step in -2...2 {
            guard let score = quantile(p + reach * Double(step) / 2) else { return nil }
            sum += score
        }
        return sum / 5
    }

    /// The share that has ended strictly before a score.
    func share(before score: Double) -> Double {
        var low = 0
        var high = scores.count
        while low < high {
            let middle = (low + high) / 2
            if scores[middle] < score - 1e-9 { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? 0 : shares[low - 1]
    }
}
