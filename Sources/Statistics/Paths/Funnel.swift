/// How many people get from step to step, and where most are lost.
///
/// - Formula: step conversion = reached next / reached this, Wilson interval at `confidence`; simultaneous intervals by Bonferroni
///   over the steps. Counting is loose: steps in order, other events may come between, out-of-order steps do not count.
/// - Reference: Wilson 1927; Bonferroni.
/// - Count people rather than sessions where they are linked. Open sessions are censored, not lost: use Kaplan–Meier per step.
/// - Smallest n: 30 per step.
package struct Funnel: Sendable, Equatable {
    package struct Step: Sendable, Equatable {
        package let entered: Int
        package let converted: Int
        /// `nil` when nobody entered.
        package let rate: Double?
        package let interval: ConfidenceInterval?
        /// Holds for all steps together.
        package let simultaneousInterval: ConfidenceInterval?
        package var lost: Int { entered - converted }
    }

    /// One entry per transition.
    package let steps: [Step]
    /// From first to last.
    package let overall: Step
    /// Transition with the lowest rate; ties to the earlier; `nil` when nobody entered any.
    package let worst: Int?

    /// `nil` for fewer than two steps, or counts that are negative or rise from one step to the next.
    package init?(reached: [Int], confidence: Double = 0.95) {
        guard reached.count >= 2, reached.allSatisfy({ $0 >= 0 }), confidence > 0, confidence < 1,
            zip(reached, reached.dropFirst()).allSatisfy({ $0 >= $1 })
        else { return nil }
        let strict = 1 - (1 - confidence) / Double(reached.count - 1)
        func step(_ from: Int, _ to: Int) -> Step {
            let share = Proportion(successes: to, n: from)
            return Step(
                entered: from, converted: to, rate: share?.share, interval: share?.interval(confidence: confidence),
                simultaneousInterval: share?.interval(confidence: strict))
        }
        let all = zip(reached, reached.dropFirst()).map(step)
        steps = all
        overall = step(reached[0], reached[reached.count - 1])
        worst = all.indices.filter { all[$0].rate != nil }.min { (all[$0].rate ?? 1, $0) < (all[$1].rate ?? 1, $1) }
    }

    /// How many steps a session reached, in order.
    package static func furthest(_ session: [Int], steps: [Int]) -> Int {
        var next = 0
        for event in session where next < steps.count && event == steps[next] { next += 1 }
        return next
    }

    /// How many sessions reached each step.
    package static func reached(_ sessions: [[Int]], steps: [Int]) -> [Int] {
        let depths = sessions.map { furthest($0, steps: steps) }
        return steps.indices.map { step in depths.count { $0 > step } }
    }
}
