extension KaplanMeier {
    /// From counts at distinct ascending times: how many ended there and how many were last seen there still running.
    ///
    /// The same curve as from the cases one by one, in time proportional to the number of distinct times: what a
    /// million journeys measured in whole days need. Nil for lists of different lengths, times that do not ascend, are
    /// negative or not finite, negative counts, or no cases.
    package init?(times: [Double], ended: [Int], stillRunning: [Int]) {
        guard times.count == ended.count, times.count == stillRunning.count, !times.isEmpty,
            times.allSatisfy({ $0.isFinite && $0 >= 0 }), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }),
            ended.allSatisfy({ $0 >= 0 }), stillRunning.allSatisfy({ $0 >= 0 })
        else { return nil }
        let cases = ended.reduce(0, +) + stillRunning.reduce(0, +)
        guard cases > 0 else { return nil }
        var risk = Double(cases)
        var surviving = 1.0
        var variance = 0.0
        var kept: [Double] = []
        var risks: [Double] = []
        var endings: [Double] = []
        var curve: [Double] = []
        var greenwood: [Double] = []
        for i in times.indices where ended[i] + stillRunning[i] > 0 {
            let ending = Double(ended[i])
            if ending > 0 {
                let left = risk - ending
                surviving = left > 0 ? surviving * (left / risk) : 0
                variance = left > 0 ? variance + ending / (risk * left) : .infinity
            }
            kept.append(times[i])
            risks.append(risk)
            endings.append(ending)
            curve.append(surviving)
            greenwood.append(variance)
            risk -= ending + Double(stillRunning[i])
        }
        self.times = kept
        atRisk = risks
        events = endings
        survival = curve
        self.greenwood = greenwood
        n = cases
        eventCount = ended.reduce(0, +)
        isWeighted = false
    }
}
