package import Experience

/// Quotes dates from what finished and open journeys have taught: built in the background, asked from any thread.
///
/// A quote costs one dictionary look-up an attribute and two binary searches, whatever the size of the history.
package struct PromiseModel: Sendable {
    let stages: [StageModel?]
    let coding: FactorCoding
    let count: DayCount
    package let milestones: [String]
    package let options: PromiseOptions
    /// Journeys behind the model, and how many of them have ended.
    package let journeys: Int
    package let finished: Int
    /// The day on whose morning it was built: everything before is known to it.
    package let builtOn: CivilDate
    let calendar: WorkingCalendar
    let standard: Budget?
    /// The queue on each morning up to the one it was built on; nil where it is not looked at.
    let ahead: QueueAhead?

    /// Learns from a history up to the morning of `today`.
    ///
    /// - Parameters:
    ///   - standard: the declared standard, said when history can't carry a quote; nil = no date then.
    ///   - days: the calendar's days, where they are counted already.
    package static func build(
        history: PromiseHistory, today: CivilDate, calendar: WorkingCalendar, standard: Budget? = nil,
        days: DayCount? = nil, options: PromiseOptions = .init()
    ) -> PromiseModel {
        let day = today.daysSince1970
        let count =
            days ?? DayCount(calendar, from: Int(history.start.first ?? Int32(clamping: day)), through: day)
        var learner = PromiseLearner(history: history, count: count, options: options)
        learner.start(at: day - (options.walk ?? options.window))
        learner.advance(to: day)
        let ends = history.ends
        return PromiseModel(
            stages: (0..<history.stages).map { learner.stage($0) }, coding: history.coding, count: count,
            milestones: history.milestones, options: options, journeys: history.count,
            finished: ends.count { Int($0) < day }, builtOn: today, calendar: calendar, standard: standard,
            ahead: learner.ahead)
    }

    /// The date for a request received at an instant, from the values of the model's attributes by name.
    package func quote(_ values: [String: String], at instant: Instant) -> PromiseQuote {
        quote(values, entered: instant, milestone: nil, openUntil: nil)
    }

    /// A new quote for a journey that reached a milestone, given that it is still open at `now`. Nil when the model
    /// does not know the milestone.
    package func requote(
        _ values: [String: String], reached milestone: String, at entered: Instant, now: Instant
    ) -> PromiseQuote? {
        guard let index = milestones.firstIndex(of: milestone) else { return nil }
        return quote(values, entered: entered, milestone: index, openUntil: now)
    }

    /// A new quote for a journey still open at `now` that has reached no milestone since `start`.
    ///
    /// - Parameter still: what its clock has lost by standing still.
    package func requote(
        _ values: [String: String], since start: Instant, still: StillTime = .none, now: Instant
    ) -> PromiseQuote {
        quote(values, entered: start, milestone: nil, still: still, openUntil: now)
    }

    private func quote(
        _ values: [String: String], entered: Instant, milestone: Int?, still: StillTime = .none,
        openUntil now: Instant?
    ) -> PromiseQuote {
        let stage = milestone.map { $0 + 1 } ?? 0
        guard let model = stages[stage], model.endings >= options.fewest else {
            return fallback(.tooLittleHistory(finished: stages[stage]?.endings ?? finished), entered)
        }
        guard model.isFollowedUp else { return fallback(.historyTooShort, entered) }
        let codes = coding.codes { index in values[coding.names[index]] }
        let start = receivedDay(entered)
        let expected = expectation(model, start, codes)
        let today = now.map { calendar.date(of: $0) }
        let waited = today.map { count.still(still, calendar, until: $0) } ?? 0
        let age = today.map { count.steps(from: start, to: $0.daysSince1970 - 1) } ?? 0
        let ran = max(0, age - waited)
        func date(_ days: Int) -> CivilDate { CivilDate(daysSince1970: count.day(days, after: start)) }
        guard let days = model.days(options.confidence, expected: expected, group: codes.first, openFor: ran)
        else { return fallback(.tooFewForConfidence(finished: model.endings), entered) }
        let due = date(days + waited)
        // Of the whole time, waiting included, while the promise's own date moves with its clock. What would come after
        // the promise is left unsaid.
        func beside(_ p: Double) -> CivilDate? {
            model.days(p, expected: expected, group: codes.first, openFor: age, whole: true).map(date)
                .flatMap { $0 <= due ? $0 : nil }
        }
        let unknown = coding.factors.indices.filter { coding.factors[$0].count == 1 && codes[$0] < 0 }
        return PromiseQuote(
            source: .history, due: due, budget: .workingDays(days), probability: options.confidence,
            likely: beside(0.5), probable: beside(0.8), nearlyAll: beside(0.9), finished: model.endings,
            pace: model.pace,
            unknown: unknown.map { coding.names[$0] })
    }

    /// The probability, from now, that a journey still open is not ended on the promised day.
    ///
    /// - Parameters:
    ///   - milestone: the last milestone reached and when; nil = none since `start`.
    ///   - still: what its clock has lost by standing still.
    package func risk(
        _ values: [String: String], since start: Instant, milestone: (name: String, at: Instant)? = nil,
        still: StillTime = .none, due: CivilDate, now: Instant
    ) -> Double? {
        var stage = 0
        var entered = start
        if let milestone, let index = milestones.firstIndex(of: milestone.name) {
            stage = index + 1
            entered = milestone.at
        }
        guard let model = stages[stage], model.endings >= options.fewest, model.isFollowedUp else { return nil }
        let codes = coding.codes { index in values[coding.names[index]] }
        let from = receivedDay(entered)
        let today = calendar.date(of: now)
        // Past a milestone whole times are learned, waits included.
        let waited = stage == 0 ? count.still(still, calendar, until: today) : 0
        return model.late(
            due: count.steps(from: from, to: due.daysSince1970) - waited,
            openFor: max(0, count.steps(from: from, to: today.daysSince1970 - 1) - waited),
            expected: expectation(model, from, codes), group: codes.first)
    }

    private func expectation(_ model: StageModel, _ start: Int, _ codes: [Int32]) -> Double {
        model.fit.days(on: start, ahead: ahead) { codes[$0] }
    }

    /// The day counting starts from: a request after closing is received on the next working day.
    private func receivedDay(_ instant: Instant) -> Int {
        let date = calendar.date(of: instant)
        guard calendar.isWorkingDay(date), instant >= calendar.endOfDay(date) else { return date.daysSince1970 }
        return count.day(1, after: date.daysSince1970)
    }

    private func fallback(_ reason: PromiseQuote.Reason, _ entered: Instant) -> PromiseQuote {
        let due = standard.flatMap { calendar.instant(after: $0, from: entered) }.map { calendar.dateToSay(for: $0) }
        return PromiseQuote(
            source: due == nil ? .none(reason) : .standard(reason), due: due, budget: due == nil ? nil : standard,
            probability: nil, likely: nil, probable: nil, nearlyAll: nil, finished: finished, pace: 1, unknown: [])
    }
}

/// A date as it is given to a person, or why there is none.
package struct PromiseQuote: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
        case history
        /// The declared standard, because history can't carry a date.
        case standard(Reason)
        case none(Reason)
    }

    package enum Reason: Sendable, Hashable, CustomStringConvertible {
        case tooLittleHistory(finished: Int)
        case historyTooShort
        case tooFewForConfidence(finished: Int)

        package var description: String {
            switch self {
            case .tooLittleHistory(let finished): "only \(finished) such requests have finished so far"
            case .historyTooShort: "requests have not been followed long enough to tell slow ones from lost ones"
            case .tooFewForConfidence(let finished):
                "\(finished) finished requests are too few to promise at this confidence"
            }
        }
    }

    package var source: Source
    /// The last day of the promise; nil = no date.
    package var due: CivilDate?
    /// What arms the clock for this date.
    package var budget: Budget?
    /// The share of such promises expected to be kept; nil for a declared standard.
    package var probability: Double?
    /// Half of such requests are done by then, and eight of ten.
    package var likely: CivilDate?
    package var probable: CivilDate?
    /// Nine of ten.
    package var nearlyAll: CivilDate?
    /// Finished requests behind it.
    package var finished: Int
    /// How fast requests finish now against the history (1 = as always).
    package var pace: Double
    /// Attributes whose value the model has never seen: the quote leans on the others.
    package var unknown: [String]
}
