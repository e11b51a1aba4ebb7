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

    /// Learns from a history up to the morning of `today`.
    ///
    /// - Parameter standard: the declared standard, said when history can't carry a quote; nil = no date then.
    package static func build(
        history: PromiseHistory, today: CivilDate, calendar: WorkingCalendar, standard: Budget? = nil,
        options: PromiseOptions = .init()
    ) -> PromiseModel {
        let day = today.daysSince1970
        let count = DayCount(calendar, from: Int(history.start.first ?? Int32(clamping: day)), through: day)
        var learner = PromiseLearner(history: history, count: count, options: options)
        learner.start(at: day - options.window)
        learner.advance(to: day)
        let ends = history.ends
        return PromiseModel(
            stages: (0..<history.stages).map { learner.stage($0) }, coding: history.coding, count: count,
            milestones: history.milestones, options: options, journeys: history.count,
            finished: ends.count { Int($0) < day }, builtOn: today, calendar: calendar, standard: standard)
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
    package func requote(_ values: [String: String], since start: Instant, now: Instant) -> PromiseQuote {
        quote(values, entered: start, milestone: nil, openUntil: now)
    }

    private func quote(
        _ values: [String: String], entered: Instant, milestone: Int?, openUntil now: Instant?
    ) -> PromiseQuote {
        let stage = milestone.map { $0 + 1 } ?? 0
        guard let model = stages[stage], model.endings >= options.fewest else {
            return fallback(.tooLittleHistory(finished: stages[stage]?.endings ?? finished), entered)
        }
        guard model.isFollowedUp else { return fallback(.historyTooShort, entered) }
        let codes = coding.codes { index in values[coding.names[index]] }
        let expected = model.fit.days { codes[$0] }
        let start = receivedDay(entered)
        let age = now.map { count.steps(from: start, to: calendar.date(of: $0).daysSince1970 - 1) } ?? 0
        func date(_ p: Double) -> CivilDate? {
            model.days(p, expected: expected, group: codes.first, openFor: age).map {
                CivilDate(daysSince1970: count.day($0, after: start))
            }
        }
        guard let due = date(options.confidence),
            let days = model.days(options.confidence, expected: expected, group: codes.first, openFor: age)
        else { return fallback(.tooFewForConfidence(finished: model.endings), entered) }
        let unknown = coding.factors.indices.filter { coding.factors[$0].count == 1 && codes[$0] < 0 }
        return PromiseQuote(
            source: .history, due: due, budget: .workingDays(days), probability: options.confidence,
            likely: date(0.5), probable: date(0.8), nearlyAll: date(0.9), finished: model.endings, pace: model.pace,
            unknown: unknown.map { coding.names[$0] })
    }

    /// The probability, from now, that a journey still open is not ended on the promised day.
    ///
    /// - Parameter milestone: the last milestone reached and when; nil = none since `start`.
    package func risk(
        _ values: [String: String], since start: Instant, milestone: (name: String, at: Instant)? = nil,
        due: CivilDate, now: Instant
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
        return model.late(
            due: count.steps(from: from, to: due.daysSince1970),
            openFor: count.steps(from: from, to: calendar.date(of: now).daysSince1970 - 1),
            expected: model.fit.days { codes[$0] }, group: codes.first)
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
