import RealModule

/// The integrals of ``ErlangA``: shares of the virtual wait before and after a target, by panels of Gauss–Legendre.
///
/// The integrand's exponent is concave, so it is cut where it lies 50 nats below its top and scaled by the top; 16 nodes on
/// each of 96 panels then leave an error far below 1e-10.
struct WaitIntegral {
    let arrival: Double
    let capacity: Double
    let patience: Double

    /// Positive nodes and weights of the 16-point rule on [−1, 1] (Abramowitz & Stegun, table 25.4).
    private static let nodes: [Double] = [
        0.0950125098376374, 0.2816035507792589, 0.4580167776572274, 0.6178762444026438, 0.7554044083550030,
        0.8656312023878318, 0.9445750230732326, 0.9894009349916499,
    ]
    private static let weights: [Double] = [
        0.1894506104550685, 0.1826034150449236, 0.1691565193950025, 0.1495959888165767, 0.1246289712555339,
        0.0951585116824928, 0.0622535239386479, 0.0271524594117541,
    ]

    /// Exponent of the integrand at `x` seconds.
    private func exponent(_ x: Double) -> Double {
        -arrival * Double.expMinusOne(-patience * x) / patience - capacity * x
    }

    /// Of those who would wait at all: share with a wait up to the target and served, up to the target and gone, beyond.
    func shares(until target: Double) -> (served: Double, abandoned: Double, beyond: Double) {
        let peak = arrival > capacity ? Double.log(arrival / capacity) / patience : 0
        let top = exponent(peak)
        let start = bound(from: peak, towards: 0, top: top)
        var far = max(peak, 1 / capacity)
        while exponent(far) - top > -50, far < 1e300 { far *= 2 }
        let end = bound(from: peak, towards: far, top: top)
        let cut = min(max(target, start), end)
        let before = sums(start, cut, top)
        let after = sums(cut, end, top)
        let total = before.all + after.all
        guard total > 0 else { return (1, 0, 0) }
        return (before.patient / total, before.gone / total, after.all / total)
    }

    /// Where the exponent has fallen 50 nats below the top between the peak and `limit`.
    private func bound(from peak: Double, towards limit: Double, top: Double) -> Double {
        if exponent(limit) - top > -50 { return limit }
        var inside = peak
        var outside = limit
        for _ in 0..<80 {
            let middle = (inside + outside) / 2
            if exponent(middle) - top > -50 { inside = middle } else { outside = middle }
        }
        return outside
    }

    private func sums(_ lower: Double, _ upper: Double, _ top: Double) -> (all: Double, patient: Double, gone: Double) {
        guard upper > lower else { return (0, 0, 0) }
        let panels = 96
        let half = (upper - lower) / Double(panels) / 2
        var all = 0.0
        var patient = 0.0
        var gone = 0.0
        for panel in 0..<panels {
            let centre = lower + half * Double(2 * panel + 1)
            for index in 0..<8 {
                for side in [-1.0, 1.0] {
                    let x = centre + side * half * Self.nodes[index]
                    let density = Self.weights[index] * half * Double.exp(exponent(x) - top)
                    all += density
                    patient += density * Double.exp(-patience * x)
                    gone -= density * Double.expMinusOne(-patience * x)
                }
            }
        }
        return (all, patient, gone)
    }
}
