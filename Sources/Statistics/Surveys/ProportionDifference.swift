import RealModule

/// The difference p₁ - p₂ of two independent proportions.
///
/// Interval: Newcombe 1998, method 10 (hybrid score), which stays in [-1, 1] and holds its level for small n. Tests:
/// pooled z (the score test of equality) and Fisher's exact test. For two shares of the *same* people use
/// ``NetMention``; for change between periods of a survey the mix of people varies more than this assumes (see
/// METHODS, section 6). Smallest sensible n: 10 in each group.
package struct ProportionDifference: Sendable, Hashable {
    package let x1: Int
    package let n1: Int
    package let x2: Int
    package let n2: Int

    /// Nil when a group is empty or its successes lie outside 0...n.
    package init?(x1: Int, n1: Int, x2: Int, n2: Int) {
        guard n1 > 0, n2 > 0, x1 >= 0, x2 >= 0, x1 <= n1, x2 <= n2 else { return nil }
        self.x1 = x1
        self.n1 = n1
        self.x2 = x2
        self.n2 = n2
    }

    package var p1: Double { Double(x1) / Double(n1) }
    package var p2: Double { Double(x2) / Double(n2) }
    package var difference: Double { p1 - p2 }

    /// Newcombe's hybrid score interval; nil for a level outside (0, 1).
    package func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
        let wilson = ProportionInterval.wilson
        guard let first = wilson.interval(successes: Double(x1), n: Double(n1), confidence: confidence),
            let second = wilson.interval(successes: Double(x2), n: Double(n2), confidence: confidence)
        else { return nil }
        let down: Double = Self.hypotenuse(p1 - first.lower, second.upper - p2)
        let up: Double = Self.hypotenuse(first.upper - p1, p2 - second.lower)
        return ConfidenceInterval(lower: difference - down, upper: difference + up)
    }

    private static func hypotenuse(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }

    /// z of the pooled test of equality; nil when both shares are 0 or both 1 (no variance to test against).
    package var pooledZ: Double? {
        let pooled: Double = (Double(x1) + Double(x2)) / (Double(n1) + Double(n2))
        let variance: Double = pooled * (1 - pooled) * (1 / Double(n1) + 1 / Double(n2))
        guard variance > 0 else { return nil }
        return difference / variance.squareRoot()
    }

    /// Two-sided p of the pooled z test, 1 where nothing differs.
    package var pooledP: Double { pooledZ.map(Normal.twoSidedP) ?? 1 }

    /// Two-sided Fisher exact p: the sum of all tables no likelier than this one, margins fixed. Nil for margins above
    /// 10^7, where the pooled test is as good.
    package var fisherExactP: Double? {
        guard n1 <= 10_000_000, n2 <= 10_000_000 else { return nil }
        let hits = x1 + x2
        let total = n1 + n2
        let lowest = max(0, hits - n2)
        let highest = min(hits, n1)
        func logMass(_ k: Int) -> Double {
            Self.logChoose(n1, k) + Self.logChoose(n2, hits - k) - Self.logChoose(total, hits)
        }
        let limit = logMass(x1) + 1e-7
        var sum = 0.0
        for k in lowest...highest {
            let mass = logMass(k)
            if mass <= limit { sum += Double.exp(mass) }
        }
        return min(1, sum)
    }

    private static func logChoose(_ n: Int, _ k: Int) -> Double {
        let a = Double(k) + 1
        let b = Double(n - k) + 1
        return -Double.log(Double(n) + 1) - SpecialFunction.logBeta(a, b)
    }
}
