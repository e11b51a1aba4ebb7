import Experience

/// A query as SQL: conditions and the values bound to them.
struct JourneyFilter {
    private(set) var conditions: [String] = []
    private(set) var values: [SQLValue] = []

    private mutating func bound(_ value: SQLValue) -> String {
        values.append(value)
        return "?\(values.count)"
    }

    /// Kept against the last date.
    static let kept = "(p.met = 1 AND p.ended_at <= p.last_due)"

    static func overdue(_ now: String) -> String {
        "(p.ended_at IS NULL AND p.last_due < \(now) AND (p.waiting_since IS NULL OR p.waiting_since > p.last_due))"
    }

    static func broken(_ now: String) -> String {
        "(p.ended_at > p.last_due OR \(overdue(now)))"
    }

    static func owed(_ now: String) -> String {
        "(p.ended_at IS NULL AND p.last_due IS NOT NULL AND NOT \(overdue(now)))"
    }

    init(_ query: JourneyQuery, dialect: Dialect) {
        conditions.append("j.agency = \(bound(.text(query.agency.text)))")
        // With ids given the key must answer: a planner that takes the index by service reads every journey of it.
        if let service = query.service {
            let column = query.ids == nil ? "j.service" : "(j.service || '')"
            conditions.append("\(column) = \(bound(.text(service.text)))")
        }
        if let period = query.period {
            conditions.append("j.opened >= \(bound(.integer(period.from.microseconds)))")
            conditions.append("j.opened < \(bound(.integer(period.to.microseconds)))")
        }
        if let channel = query.channel { conditions.append("j.first_channel = \(bound(.text(channel.rawValue)))") }
        for (name, value) in query.cohorts.sorted(by: { $0.key < $1.key }) {
            let column = dialect.jsonText("j.cohorts", bound(.text(name)))
            conditions.append("\(column) = \(bound(.text(value)))")
        }
        if let text = query.text, !text.isEmpty {
            // A range, so that the key's index answers; the end is the text with the highest code point after it.
            conditions.append("j.journey >= \(bound(.text(text)))")
            conditions.append("j.journey < \(bound(.text(text + "\u{10FFFF}")))")
        }
        if let ids = query.ids {
            let listed = ids.prefix(JourneyQuery.idLimit).map(\.text)
            conditions.append(dialect.isOneOf("j.journey", listed) { bound($0) })
        }
        if let outcome = query.outcome { conditions.append("j.outcome = \(bound(.text(outcome.rawValue)))") }
        if let rating = query.rating { conditions.append("j.rating = \(bound(.integer(Int64(rating))))") }
        if let state = query.state { add(state, query) }
    }

    private mutating func add(_ state: JourneyQuery.State, _ query: JourneyQuery) {
        switch state {
        case .open: conditions.append("j.closed_at IS NULL")
        case .closed: conditions.append("j.closed_at IS NOT NULL")
        case .closedNotSolved: conditions.append("j.closed_at IS NOT NULL AND j.outcome = 'no'")
        case .promiseKept: conditions.append(JourneyFilter.kept)
        case .promiseOpen: conditions.append(JourneyFilter.owed(bound(.integer(query.now.microseconds))))
        case .promiseBroken: conditions.append(JourneyFilter.broken(bound(.integer(query.now.microseconds))))
        case .promiseOverdue: conditions.append(JourneyFilter.overdue(bound(.integer(query.now.microseconds))))
        case .promiseAtRisk:
            let now = bound(.integer(query.now.microseconds))
            let horizon = bound(.integer(query.now.advanced(by: query.atRiskWithin).microseconds))
            conditions.append("\(JourneyFilter.owed(now)) AND p.last_due < \(horizon)")
        }
    }

    /// The order, and the condition that continues after a page.
    mutating func order(_ query: JourneyQuery) -> String {
        let (column, ascending): (String, Bool) =
            switch query.sort {
            case .newest: ("j.opened", false)
            case .oldest: ("j.opened", true)
            case .due: ("p.last_due", true)
            case .latestEvent: ("j.last_occurred", false)
            }
        if query.sort == .due { conditions.append("p.last_due IS NOT NULL") }
        if let after = query.after {
            let (value, journey) = (bound(.integer(after.value)), bound(.text(after.journey.text)))
            let sign = ascending ? ">" : "<"
            conditions.append("(\(column), j.journey) \(sign) (\(value), \(journey))")
        }
        let word = ascending ? "ASC" : "DESC"
        return "\(column) \(word), j.journey \(word)"
    }

    mutating func bind(_ value: SQLValue) -> String { bound(value) }

    var condition: String { conditions.joined(separator: " AND ") }
}
