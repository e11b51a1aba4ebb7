extension ExperienceIndex {
    /// The index of answers folded into forms with their frequency, for more people than fit row by row.
    ///
    /// Same formula and same figures as ``init(_:scoring:driverWeights:confidence:)`` over the unfolded rows without weights.
    ///
    /// - Parameter cells: answers by driver (1–5, 0 not answered) and how many people gave them; people who answered none of
    ///   the drivers are left out, as they say nothing of the index. Answers off the scale count as not given.
    package init(
        drivers names: [String], cells: [(answers: [UInt8], count: Int)], scoring: RatingScore,
        confidence: Double = 0.95
    ) {
        let lookup: [Double] = [0] + scoring.scores
        let level = confidence > 0 && confidence < 1 ? confidence : 0.95
        let used = cells.filter { cell in
            cell.count > 0 && cell.answers.count == names.count && cell.answers.contains { (1...5).contains($0) }
        }
        var totals = names.map { _ in (n: 0, score: 0.0) }
        for cell in used {
            for (driver, answer) in cell.answers.enumerated() where (1...5).contains(answer) {
                totals[driver].n += cell.count
                totals[driver].score += Double(cell.count) * lookup[Int(answer)]
            }
        }
        let scores: [Double?] = totals.map { $0.n > 0 ? $0.score / Double($0.n) : nil }
        let people = used.reduce(0) { $0 + $1.count }
        let spread: Double? = people > 1 ? Double(people) / Double(people - 1) : nil
        var squares = names.map { _ in 0.0 }
        var whole = 0.0
        for cell in used {
            var influence = 0.0
            for (driver, answer) in cell.answers.enumerated() where (1...5).contains(answer) {
                guard let score = scores[driver] else { continue }
                let share: Double = (lookup[Int(answer)] - score) / Double(totals[driver].n)
                squares[driver] += Double(cell.count) * share * share
                influence += share
            }
            whole += Double(cell.count) * influence * influence
        }
        let answered = scores.compactMap { $0 }
        let value = answered.isEmpty ? nil : answered.reduce(0, +) / Double(answered.count)
        let error = spread.flatMap { spread in
            answered.isEmpty ? nil : (spread * whole).squareRoot() / Double(answered.count)
        }
        let z = Normal.twoSidedZ(level)
        self.init(
            drivers: names.indices.map { driver in
                Driver(
                    name: names[driver], weight: 1, n: totals[driver].n, score: scores[driver],
                    standardError: scores[driver] == nil ? nil : spread.map { ($0 * squares[driver]).squareRoot() })
            }, index: value, standardError: error,
            interval: value.flatMap { value in
                error.map { ConfidenceInterval(lower: value - z * $0, upper: value + z * $0) }
            }, confidence: level, n: people, effectiveN: nil)
    }

    private init(
        drivers: [Driver], index: Double?, standardError: Double?, interval: ConfidenceInterval?, confidence: Double,
        n: Int, effectiveN: Double?
    ) {
        self.drivers = drivers
        self.index = index
        self.standardError = standardError
        self.interval = interval
        self.confidence = confidence
        self.n = n
        self.effectiveN = effectiveN
    }
}
