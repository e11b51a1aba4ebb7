import Foundation

/// Everything a quote from one stage needs; small, immutable, cheap to ask.
package struct StageModel: Sendable {
    let fit: StageFit
    let curve: ScoreCurve
    /// Of the whole time, the clock standing still or not; nil = the same.
    let wholeCurve: ScoreCurve?
    let groups: [Int32: ScoreCurve]
    /// How fast journeys end now against the history: 1 = as always, below 1 slower.
    package let pace: Double
    /// False while history is too young to tell slow journeys from lost ones: nothing is quoted then.
    package let isFollowedUp: Bool

    /// Design effect of endings that share shocks, for the finite-sample rank.
    static let sharedShocks = 2.0

    /// Finished journeys behind the answer.
    package var endings: Int { curve.endings }

    func curve(for group: Int32?, whole: Bool = false) -> ScoreCurve {
        if whole, let wholeCurve { return wholeCurve }
        return group.flatMap { groups[$0] } ?? curve
    }

    /// Working days after the stage was entered by which a share of such journeys end, of those still open past
    /// `age` working days (0 = all). `expected` as ``StageFit`` gives it. Nil when the share needs more endings than
    /// there are (`whole`: time in which the clock stood still counts too): (n + 1)p must not exceed n, n counted as independent ones.
    func days(
        _ p: Double, expected: Double, group: Int32? = nil, openFor age: Int = 0, whole: Bool = false
    ) -> Int? {
        let curve = curve(for: group, whole: whole)
        // Journeys of one week share its weather: so many endings tell as much as half as many independent ones.
        let n = Double(curve.endings) / StageModel.sharedShocks
        let corrected = p * (n + 1) / n
        guard corrected <= 1 else { return nil }
        let base = log(expected + fit.offset)
        let ended = age <= 0 ? 0 : curve.share(before: log(Double(age) + fit.offset) - base)
        guard let score = curve.smoothQuantile(ended + corrected * (1 - ended)) else { return nil }
        let days = (exp(score + base) - fit.offset + 1e-9).rounded(.up)
        guard days.isFinite, days < 100_000 else { return nil }
        return max(Int(days), age > 0 ? age + 1 : 0)
    }

    /// The probability that a journey still open past `age` working days is not ended `due` working days after entry.
    func late(due: Int, openFor age: Int, expected: Double, group: Int32? = nil) -> Double {
        guard due > age else { return 1 }
        let curve = curve(for: group)
        let base = log(expected + fit.offset)
        let kept = curve.share(before: log(Double(due) + fit.offset) - base)
        let ended = age <= 0 ? 0 : curve.share(before: log(Double(age) + fit.offset) - base)
        guard ended < 1 else { return 1 }
        return min(max((1 - kept) / (1 - ended), 0), 1)
    }
}
