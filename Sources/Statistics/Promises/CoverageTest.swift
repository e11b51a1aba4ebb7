import RealModule

/// Is the share of broken promises the one that was stated? (Kupiec 1995.)
///
/// Likelihood ratio on one degree of freedom, beside the exact binomial tests. n ≥ 100 for the ratio; below, read the
/// exact p. Promises that share a shock are not independent: test by week.
package struct CoverageTest: Sendable, Hashable {
    package let n: Int
    package let misses: Int
    package let nominal: Double

    /// Nil for n ≤ 0, misses outside 0...n, or a nominal rate outside (0, 1).
    package init?(n: Int, misses: Int, nominalMissRate: Double) {
        guard n > 0, (0...n).contains(misses), nominalMissRate > 0, nominalMissRate < 1 else { return nil }
        self.n = n
        self.misses = misses
        nominal = nominalMissRate
    }

    package var likelihoodRatio: Double {
        let x = Double(misses)
        let rest = Double(n - misses)
        let observed = x / Double(n)
        let alternative: Double = xlogy(x, observed) + xlogy(rest, 1 - observed)
        let null: Double = xlogy(x, nominal) + xlogy(rest, 1 - nominal)
        return max(0, 2 * (alternative - null))
    }

    package var pValue: Double { ChiSquared.survival(likelihoodRatio, df: 1) }

    /// Sum of all outcomes no likelier than this one; NaN above 10^7 promises.
    package var exactTwoSidedP: Double { Binomial.twoSidedP(misses, n: n, p: nominal) }

    /// Probability of at least this many misses if the stated rate is true.
    package var exactGreaterP: Double { Binomial.survival(misses - 1, n: n, p: nominal) }
}

/// Do broken promises come in clusters? (Christoffersen 1998.)
///
/// Compares a first-order Markov chain of misses with independence, one degree of freedom. Needs the order in time
/// and some ten misses; with none, or none following another, the ratio is small and says little.
package struct IndependenceTest: Sendable, Hashable {
    /// `transitions[a][b]`: a followed by b, 1 a miss.
    package let transitions: [[Int]]

    /// Nil for fewer than two promises.
    package init?(misses: [Bool]) {
        guard misses.count > 1 else { return nil }
        var counts = [[0, 0], [0, 0]]
        for (before, after) in zip(misses, misses.dropFirst()) { counts[before ? 1 : 0][after ? 1 : 0] += 1 }
        transitions = counts
    }

    package var likelihoodRatio: Double {
        let n00 = Double(transitions[0][0])
        let n01 = Double(transitions[0][1])
        let n10 = Double(transitions[1][0])
        let n11 = Double(transitions[1][1])
        let afterHit: Double = n00 + n01 > 0 ? n01 / (n00 + n01) : 0
        let afterMiss: Double = n10 + n11 > 0 ? n11 / (n10 + n11) : 0
        let overall: Double = (n01 + n11) / (n00 + n01 + n10 + n11)
        let chain: Double =
            xlogy(n00, 1 - afterHit) + xlogy(n01, afterHit) + xlogy(n10, 1 - afterMiss) + xlogy(n11, afterMiss)
        let independent: Double = xlogy(n00 + n10, 1 - overall) + xlogy(n01 + n11, overall)
        return max(0, 2 * (chain - independent))
    }

    package var pValue: Double { ChiSquared.survival(likelihoodRatio, df: 1) }
}

/// x·ln y with 0·ln 0 = 0.
private func xlogy(_ x: Double, _ y: Double) -> Double { x == 0 ? 0 : x * Double.log(y) }
