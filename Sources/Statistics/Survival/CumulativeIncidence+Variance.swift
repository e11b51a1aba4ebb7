import RealModule

extension CumulativeIncidence {
    /// Aalen's variance of F with the finite-sample terms of Gray's `cmprsk`, at t. Nil for an unknown kind.
    package func aalenVariance(of kind: Int, at t: Double) -> Double? {
        guard (1...kinds).contains(kind) else { return nil }
        var surviving = 1.0
        var total = 0.0
        var v1 = 0.0
        var v2 = 0.0
        var v3 = 0.0
        var variance = 0.0
        for i in 0..<count(upTo: t) {
            let risk = Double(atRisk[i])
            let mine = Double(endings[kind - 1][i])
            let others: Double = endings.reduce(0) { $0 + Double($1[i]) } - mine
            guard mine + others > 0 else { continue }
            let after: Double = surviving * (risk - mine - others) / risk
            total += surviving * mine / risk
            let inverse = after > 0 ? 1 / after : 0
            if others > 0, after > 0 {
                let ties: Double = others > 1 ? 1 - (others - 1) / (risk - 1) : 1
                let weight: Double = surviving * surviving * ties * others / (risk * risk)
                let ratio = total / after
                v1 += ratio * ratio * weight
                v2 += inverse * ratio * weight
                v3 += inverse * inverse * weight
            }
            if mine > 0 {
                let ties: Double = mine > 1 ? 1 - (mine - 1) / (risk - 1) : 1
                let weight: Double = surviving * surviving * ties * mine / (risk * risk)
                let ratio: Double = 1 + inverse * total
                v1 += ratio * ratio * weight
                v2 += inverse * ratio * weight
                v3 += inverse * inverse * weight
                variance = v1 + total * total * v3 - 2 * total * v2
            }
            surviving = after
        }
        return max(0, variance)
    }

    /// Standard error of F at every time, by the infinitesimal jackknife as R's `survival` computes it. O(times²):
    /// for curves of up to some thousand distinct times; for one time use ``standardError(of:at:)``.
    package func standardErrors(of kind: Int) -> [Double]? {
        guard (1...kinds).contains(kind) else { return nil }
        return times.indices.map { influenceError(kind - 1, $0) }
    }

    /// Standard error of F at t, O(times). Nil for an unknown kind, a negative t, or beyond the longest time while
    /// cases are open.
    package func standardError(of kind: Int, at t: Double) -> Double? {
        guard incidence(of: kind, at: t) != nil else { return nil }
        let index = count(upTo: t)
        return index == 0 ? 0 : influenceError(kind - 1, index - 1)
    }

    /// Limits on the scale ln(-ln F), which keeps them inside 0-1. Nil where F is 0 or 1, or undefined.
    package func interval(of kind: Int, at t: Double, confidence: Double = 0.95) -> ConfidenceInterval? {
        guard confidence > 0, confidence < 1, let f = incidence(of: kind, at: t), f > 0, f < 1,
            let error = standardError(of: kind, at: t)
        else { return nil }
        let reach: Double = Normal.twoSidedZ(confidence) * error / (f * Double.log(f))
        return ConfidenceInterval(
            lower: Double.pow(f, Double.exp(-reach)), upper: Double.pow(f, Double.exp(reach)))
    }

    /// √Σ (∂F_k(t)/∂w_i)²: how F moves with the weight of each case. Cases of one time and outcome share a derivative.
    private func influenceError(_ kind: Int, _ last: Int) -> Double {
        let final = incidence[kind][last]
        var surviving = 1.0
        var hazard = 0.0
        var riskPart = 0.0
        var sum = 0.0
        for i in 0...last {
            let risk = Double(atRisk[i])
            let mine = Double(endings[kind][i])
            var all = 0
            for k in 0..<kinds { all += endings[k][i] }
            let ended = Double(all)
            let increment: Double = surviving * mine / risk
            // Being at risk at time i lowers the hazards there and so raises S afterwards.
            riskPart += increment * hazard - surviving * mine / (risk * risk)
            let left = risk - ended
            if left > 0 { hazard += ended / (risk * left) }
            let after: Double = final - incidence[kind][i]
            let leaving = atRisk[i] - (i + 1 < atRisk.count ? atRisk[i + 1] : 0)
            let censored: Double = riskPart + after * hazard
            let other: Double = left > 0 ? censored - after / left : riskPart
            let own: Double = other + surviving / risk
            sum += Double(leaving - all) * censored * censored
            sum += (ended - mine) * other * other
            sum += mine * own * own
            surviving *= left / risk
        }
        // Those still in the data after `last`.
        let later = last + 1 < atRisk.count ? Double(atRisk[last + 1]) : 0
        sum += later * riskPart * riskPart
        return sum.squareRoot()
    }
}
