package import JourneyEngine

/// Everything a question may be told. Each question reads what it needs and ignores the rest; what it cannot do
/// without and does not find, it asks for with `JourneyProblem.needs`.
package struct JourneyOptions: Sendable {
    /// 0 means the machine's cores. No answer depends on it.
    package var threads = 0
    /// How many rows of a ranking to list; nil for the question's own choice.
    package var top: Int?
    /// Working time of the service, for waits and durations beside the clock's.
    package var calendar: WorkingHours?
    /// Attribute to hand over, group or explain by. Journey attributes may be written with the prefix `case:`.
    package var attribute: String?
    /// A declared net to compare with.
    package var net: PetriNet?
    /// The promised path, or the steps of a funnel, in order.
    package var path: [String] = []
    /// Declarative rules, one text each; see `DeclarativeRule`.
    package var rules: [String] = []
    /// Share of infrequent behaviour the miner leaves out, 0 to 1.
    package var noise = 0.0
    /// A journey is late when it took longer than this, seconds; nil takes the 90th percentile.
    package var lateAfterSeconds: Double?
    /// Journeys that end with one of these are over; others are still running. Empty: all are over.
    package var endings: [String] = []
    /// 0 to 1.
    package var confidence = 0.95
    /// DECLARE: least share of journeys that activate a constraint, and least share of those that keep it.
    package var minimumSupport = 0.8
    package var minimumConfidence = 0.8
    package var budget = AlignmentBudget()
    /// Window of time, inclusive, microseconds since 1970 UTC.
    package var window: ClosedRange<Int64>?
    /// Share of activities and of paths the map shows, 0 to 1.
    package var activityDetail = 1.0
    package var pathDetail = 1.0

    package init() {}
}

extension JourneyOptions {
    /// - Throws: `JourneyProblem.outOfRange` for the first value no question could use.
    package func check() throws {
        func demand(_ isRight: Bool, _ option: String, _ value: Any, _ allowed: String) throws {
            guard !isRight else { return }
            throw JourneyProblem.outOfRange(option: option, value: "\(value)", allowed: allowed)
        }
        try demand(confidence > 0 && confidence < 1, "confidence", confidence, "between 0 and 1")
        try demand((0...1).contains(noise), "noise", noise, "from 0 to 1")
        try demand((0...1).contains(minimumSupport), "least support", minimumSupport, "from 0 to 1")
        try demand((0...1).contains(minimumConfidence), "least confidence", minimumConfidence, "from 0 to 1")
        try demand((0...1).contains(activityDetail), "share of activities", activityDetail, "from 0 to 1")
        try demand((0...1).contains(pathDetail), "share of paths", pathDetail, "from 0 to 1")
        if let top { try demand(top >= 1, "top", top, "1 or more") }
        if let late = lateAfterSeconds { try demand(late >= 0 && late.isFinite, "late", late, "a time of 0 or more") }
        if let seconds = budget.seconds { try demand(seconds > 0, "budget", seconds, "more than 0 seconds") }
    }
}
