/// How journeys compare with a path they were promised: a plain sequence of activities, each once.
///
/// Two measures, both from van der Aalst (2016, chapter 8). The *alignment* counts the fewest events to leave out of
/// the journey and steps to add to it until it is the path. The *token replay* runs the path as a Petri net of a
/// sequence: a token made at the start is taken and made anew by every step; missing and remaining tokens are what did
/// not fit. Events of activities outside the path are deviations to the alignment and ignored, but counted, by the
/// replay.
///
/// For paths in which an activity occurs twice the alignment stays exact; the replay then takes the first step of that
/// name that has a token, which is a heuristic.
package struct PathConformance: Sendable, Hashable {
    /// One journey, or one variant, against the path.
    package struct Fit: Sendable, Hashable {
        package var events = 0
        /// Events left out plus steps added.
        package var deviations = 0
        package var missing = 0
        package var remaining = 0
        package var produced = 0
        package var consumed = 0
        package var ignored = 0
    }

    package let path: [String]
    package private(set) var journeys = 0
    /// Sums over journeys.
    package private(set) var total = Fit()
    /// Journeys that are the path exactly.
    package private(set) var fitting = 0
    /// Journeys the replay found nothing missing or remaining in.
    package private(set) var replayable = 0
    package private(set) var journeysWithIgnored = 0
    /// Journeys by number of deviations and of events: the mean of fitness is taken in this order, whatever was merged.
    private var byShape: [[Int]: Int] = [:]

    package init(path: [String]) { self.path = path }

    mutating func add(_ fit: Fit, journeys count: Int) {
        journeys += count
        total.events += fit.events * count
        total.deviations += fit.deviations * count
        total.missing += fit.missing * count
        total.remaining += fit.remaining * count
        total.produced += fit.produced * count
        total.consumed += fit.consumed * count
        total.ignored += fit.ignored * count
        if fit.deviations == 0 { fitting += count }
        if fit.missing == 0, fit.remaining == 0 { replayable += count }
        if fit.ignored > 0 { journeysWithIgnored += count }
        byShape[[fit.deviations, fit.events], default: 0] += count
    }

    /// Adds the journeys of another part of the log. False, and nothing added, when it was made for another path.
    package mutating func merge(_ other: PathConformance) -> Bool {
        guard path.count == other.path.count, zip(path, other.path).allSatisfy(sameText) else { return false }
        journeys += other.journeys
        total.events += other.total.events
        total.deviations += other.total.deviations
        total.missing += other.total.missing
        total.remaining += other.total.remaining
        total.produced += other.total.produced
        total.consumed += other.total.consumed
        total.ignored += other.total.ignored
        fitting += other.fitting
        replayable += other.replayable
        journeysWithIgnored += other.journeysWithIgnored
        byShape.merge(other.byShape, uniquingKeysWith: +)
        return true
    }

    /// 1 less the deviations as a part of all events and steps; nil without any.
    package var logFitness: Double? {
        let most = total.events + journeys * path.count
        return most > 0 ? 1 - Double(total.deviations) / Double(most) : nil
    }

    /// The mean over journeys of 1 less its deviations as a part of its events and steps.
    package var averageFitness: Double? {
        guard journeys > 0 else { return nil }
        var sum = 0.0
        for (shape, count) in byShape.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let most = shape[1] + path.count
            sum += Double(count) * (most > 0 ? 1 - Double(shape[0]) / Double(most) : 1)
        }
        return sum / Double(journeys)
    }

    /// Fitness by token replay: ½ (1 - missing / consumed) + ½ (1 - remaining / produced).
    package var replayFitness: Double? {
        guard total.consumed > 0, total.produced > 0 else { return nil }
        return (1 - Double(total.missing) / Double(total.consumed)) / 2
            + (1 - Double(total.remaining) / Double(total.produced)) / 2
    }
}

extension Variants {
    /// Every variant against the path, in order of variant.
    package func fits(to path: [String]) -> [PathConformance.Fit] {
        let steps = PathSteps(path, names: activityNames)
        return (0..<count).map { steps.fit(sequence($0)) }
    }

    /// The journeys against the path, worked out once a variant.
    package func conformance(to path: [String]) -> PathConformance {
        var result = PathConformance(path: path)
        for (variant, fit) in fits(to: path).enumerated() { result.add(fit, journeys: counts[variant]) }
        return result
    }
}

extension EventLog {
    package func conformance(
        to path: [String], within selection: JourneySelection? = nil, threads: Int = 0
    ) -> PathConformance {
        variants(within: selection, threads: threads).conformance(to: path)
    }
}
