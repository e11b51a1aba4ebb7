package import Experience

/// Which journeys a staff page is about; lives in the address, so that what is seen can be sent to a colleague.
package struct JourneyFilter: Sendable, Hashable {
    package var period: Period
    package var channel: Channel?
    /// Journeys that hold this activity.
    package var step: String?
    /// Journeys that take this path, by the variant's id.
    package var variant: String?
    package var cohort: Cohort?
    /// Journeys in which the second activity follows the first directly.
    package var follows: Follows?
    /// Journeys of the answers behind a score; their time is the answers' own, whenever the journeys began.
    package var answers: AnswerFilter?
    /// Closed journeys that took at least, and less than, so many seconds.
    package var span: Span?

    package struct Cohort: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package struct Follows: Sendable, Hashable {
        package var first: String
        package var then: String

        package init(first: String, then: String) {
            self.first = first
            self.then = then
        }
    }

    package struct Span: Sendable, Hashable {
        package var from: Double
        package var below: Double

        package init(from: Double, below: Double) {
            self.from = from
            self.below = below
        }
    }

    package init(period: Period) { self.period = period }
}

/// Which of the filtered journeys are listed: the group behind a number.
package enum JourneyGroup: String, CaseIterable, Sendable {
    case all, open, closed, kept, broken, overdue
    case notSolved = "not_solved", solved, closedNotSolved = "closed_not_solved"
    case chased, responded
    /// Of those who said no: what lay behind it.
    case noBroken = "no_broken_promise", noChased = "no_chased", noRefused = "no_refused"
    case noReached = "no_many_contacts"

    /// Those every list offers; the others are reached from the number they stand behind.
    package static let offered = allCases.filter { !$0.rawValue.hasPrefix("no_") }
}

extension JourneyFilter {
    /// The year up to today, when the address says nothing or something unreadable.
    init(_ form: FormBody, today: CivilDate) {
        let last = form["to"].flatMap { CivilDate($0) } ?? today
        let first = form["from"].flatMap { CivilDate($0) } ?? last.adding(days: -364)
        self.init(period: Period(first: min(first, last), last: max(first, last)))
        func text(_ name: String) -> String? {
            form[name].flatMap { $0.isEmpty || $0.utf8.count > 256 ? nil : $0 }
        }
        channel = text("channel").flatMap(Channel.init(rawValue:))
        step = text("step")
        variant = text("variant")
        if let name = text("cohort"), !name.contains("="), let value = text("value") {
            cohort = Cohort(name: name, value: value)
        }
        if let first = text("after"), let then = text("then") { follows = Follows(first: first, then: then) }
        answers = text("answers").flatMap { AnswerFilter($0) }
        if let from = form["longer"].flatMap(Double.init), let below = form["below"].flatMap(Double.init),
            from.isFinite, below.isFinite, from < below
        {
            span = Span(from: from, below: below)
        }
    }

    /// The address's parameters; the period only when it was not the default.
    func pairs(today: CivilDate) -> [(String, String?)] {
        let isDefault = period.last == today && period.days == 365
        return [
            ("from", isDefault ? nil : period.first.description), ("to", isDefault ? nil : period.last.description),
            ("channel", channel?.rawValue), ("step", step), ("variant", variant), ("cohort", cohort?.name),
            ("value", cohort?.value), ("after", follows?.first), ("then", follows?.then),
            ("answers", answers?.text),
            ("longer", span.map { DataTable.plain($0.from) }), ("below", span.map { DataTable.plain($0.below) }),
        ]
    }

    func with(_ change: (inout JourneyFilter) -> Void) -> JourneyFilter {
        var filter = self
        change(&filter)
        return filter
    }
}
