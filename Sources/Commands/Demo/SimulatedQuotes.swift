import Analyses
import Experience

/// What a simulated office quotes from: the product's own model, built anew every week from what had happened by then.
struct SimulatedQuotes {
    private var model: PromiseModel?
    private var madeOn: CivilDate?
    private let days: DayCount
    /// What finished requests teach.
    private var ended: [PromiseRow] = []
    /// The others, by their place, those to come as well; and how many requests were looked at.
    private var open: [Int] = []
    private var seen = 0

    /// Days a model is good for.
    static let goodFor = 7
    /// How far back requests count, in days.
    static let window = 300
    /// Finished and open requests before anything is quoted.
    static let fewest = 60
    /// Of more requests than this a share is learned from, evenly: a demonstration should not take longer to quote than
    /// to simulate.
    static let most = 1_000

    init(_ calendar: WorkingCalendar, from first: CivilDate) {
        days = DayCount(calendar, from: first.daysSince1970, through: first.daysSince1970)
    }

    /// The date for a request received now; nil before anything was learned.
    mutating func quote(
        _ one: DemoCase, _ rule: ServiceDefinition.PromiseRule, _ calendar: WorkingCalendar, now: Instant,
        known cases: [DemoCase]
    ) -> PromiseQuote? {
        let today = calendar.date(of: now)
        if madeOn.map({ today.daysSince1970 - $0.daysSince1970 >= SimulatedQuotes.goodFor }) ?? true {
            madeOn = today
            model = learn(rule, calendar, today, cases)
        }
        guard let quote = model?.quote(values(one, rule), at: now), quote.source == .history else { return nil }
        return quote
    }

    private mutating func learn(
        _ rule: ServiceDefinition.PromiseRule, _ calendar: WorkingCalendar, _ today: CivilDate, _ cases: [DemoCase]
    ) -> PromiseModel? {
        let oldest = today.daysSince1970 - SimulatedQuotes.window
        ended.removeAll { $0.start < oldest }
        var rows: [PromiseRow] = []
        var still: [Int] = []
        open += seen..<cases.count
        seen = cases.count
        for index in open {
            guard let armed = cases[index].clock.armedAt else {
                still.append(index)
                continue
            }
            // Withdrawn is another ending, not a slow one.
            guard cases[index].clock.state != .withdrawn else { continue }
            let values = values(cases[index], rule)
            let row = PromiseRow(
                start: calendar.date(of: armed).daysSince1970,
                end: cases[index].clock.endedAt.map { calendar.date(of: $0).daysSince1970 },
                values: rule.dependsOn.map { values[$0] },
                still: days.still(StillTime(cases[index].clock), calendar, until: today))
            if row.end != nil {
                ended.append(row)
            } else {
                still.append(index)
                if row.start >= oldest { rows.append(row) }
            }
        }
        open = still
        rows += ended
        guard rows.count >= SimulatedQuotes.fewest else { return nil }
        let share = (rows.count + SimulatedQuotes.most - 1) / SimulatedQuotes.most
        if share > 1 { rows = stride(from: 0, to: rows.count, by: share).map { rows[$0] } }
        var options = PromiseOptions()
        options.confidence = rule.probability
        // Nothing is walked through: every expectation is made at once, from a fit that did not see its request.
        options.walk = 1
        options.mature = 0
        return PromiseModel.build(
            history: PromiseHistory(rows: rows, attributes: rule.dependsOn), today: today, calendar: calendar,
            days: days, options: options)
    }

    private func values(_ one: DemoCase, _ rule: ServiceDefinition.PromiseRule) -> [String: String] {
        var values: [String: String] = [:]
        for name in rule.dependsOn {
            values[name] =
                one.cohorts.first { $0.name == name }?.value ?? (name == "channel" ? one.channel.rawValue : nil)
        }
        return values
    }
}
