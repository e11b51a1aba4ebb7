package import Experience
internal import Statistics

/// Finds answers that look like one voice speaking often: copies of a text, and bursts from few senders. It accuses
/// nobody: what it finds is put aside for somebody to look at, and scores are shown with it and without it.
package struct IntakeReview: Sendable {
    /// A text this often is a campaign.
    package var copies: Int
    /// So many answers of the few in one hour …
    package var burst: Int
    /// … being at least this share of all of that hour.
    package var share: Double
    /// How many senders are few.
    package var few: Int

    package init(copies: Int = 5, burst: Int = 20, share: Double = 0.8, few: Int = 3) {
        self.copies = copies
        self.burst = burst
        self.share = share
        self.few = few
    }

    /// What speaks against each answer of a service, those already decided by somebody left out.
    ///
    /// - Parameter marks: of about a week, any order.
    package func flagged(_ marks: [IntakeMark]) -> [IntakeMark.Key: Set<IntakeMark.Reason>] {
        var found: [IntakeMark.Key: Set<IntakeMark.Reason>] = [:]
        for group in TextSketch.groups(marks.map(\.sketch)) where group.count >= copies {
            for at in group { found[marks[at].key, default: []].insert(.copies) }
        }
        for at in burstsOfFew(marks) { found[marks[at].key, default: []].insert(.fewSenders) }
        for mark in marks where mark.state == .released || mark.state == .leftOut { found[mark.key] = nil }
        return found
    }

    /// Positions of answers by the few senders of an hour in which they are unusually frequent (``BurstDetection``) and
    /// nearly alone.
    private func burstsOfFew(_ marks: [IntakeMark]) -> [Int] {
        let known = marks.indices.filter { marks[$0].sender != nil }
        guard let first = known.map({ marks[$0].at }).min(), let last = known.map({ marks[$0].at }).max() else {
            return []
        }
        let hour = Instant.hour
        let batches = Int((last.microseconds - first.microseconds) / hour) + 1
        // A year of hours would be a mistake of the caller's.
        guard batches <= 10_000 else { return [] }
        var hours = [[Int]](repeating: [], count: batches)
        for at in known { hours[Int((marks[at].at.microseconds - first.microseconds) / hour)].append(at) }
        var byFew: [[Int]] = []
        for answers in hours {
            var counts: [String: Int] = [:]
            for at in answers { if let sender = marks[at].sender { counts[sender, default: 0] += 1 } }
            let top = Set(
                counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(few).filter { $0.value > 1 }
                    .map(\.key))
            byFew.append(answers.filter { top.contains(marks[$0].sender ?? "") })
        }
        let totals = hours.map { Double($0.count) }
        let relevant = byFew.map { Double($0.count) }
        // Where only such hours are known there is no usual share to compare with: then size and share decide.
        let states =
            BurstDetection.detect(relevant: relevant, totals: totals)?.states
            ?? [Int](repeating: 1, count: batches)
        let isWhole = batches < 8
        return hours.indices.flatMap { at -> [Int] in
            guard isWhole || states[at] == 1, byFew[at].count >= burst,
                relevant[at] >= share * totals[at]
            else { return [] }
            return byFew[at]
        }
    }
}
