import Experience

/// One journey: its whole timeline, what was promised and what happened, every response on it.
struct JourneyPage: Page {
    static let template = "staff/journey"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var journeysPath: String
    var homePath = Paths.Staff.home
    var journey: String
    var state: String
    var tone: String
    var facts: [Fact]
    var promise: TrackedPage.Promise?
    var verdict: String?
    /// Where a new date is given, while one is owed.
    var datePath: String?
    var timeline: [Moment]
    var responses: [ShownAnswer]
    var hasResponses: Bool
    /// Forms an agent can fill in while the person is on the line.
    var asks: [ServicePage.Link]
    var hasAsks: Bool
    var layout: Layout { .staff }

    struct Fact: Sendable {
        var label: String
        var value: String
    }

    struct Moment: Sendable {
        var when: String
        var machine: String
        var title: String
        var text: String
        var wait: String?
        var kind: String
        var details: [Fact]
        var hasDetails: Bool
    }

    /// - Parameter seesWords: the reader may take the files people sent.
    init(_ definition: ServiceDefinition, _ report: JourneyReport, seesWords: Bool = false, _ format: Format) {
        let words = format.words
        let language = format.language
        let state = report.state
        journey = state.journey.text
        title = "\(journey) – \(definition.title[language])"
        serviceTitle = definition.title[language]
        servicePath = Paths.Staff.service(definition.id)
        journeysPath = Paths.Staff.journeys(definition.id)
        let result = state.closed.map { closing in
            definition.results.first { $0.id.text == closing.result }?.title[language]
                ?? definition.activityTitle(closing.result, language)
        }
        self.state = state.isClosedNotSolved ? words["group_closed_not_solved"] : result ?? words["state_open"]
        tone = state.isClosedNotSolved ? "bad" : state.closed == nil ? "info" : "base"
        var facts = [
            Fact(label: words["column_opened"], value: format.moment(state.opened)),
            Fact(label: words["fact_channel"], value: words["channel_\(state.firstChannel.rawValue)"]),
            Fact(
                label: words["column_contacts"],
                value: state.failureDemand > 0
                    ? words["fact_contacts", ["n": "\(state.contacts)", "chased": "\(state.failureDemand)"]]
                    : "\(state.contacts)"),
        ]
        if let closed = state.closed {
            facts.append(Fact(label: words["fact_closed"], value: "\(result ?? "") · \(format.moment(closed.at))"))
            facts.append(
                Fact(label: words["fact_took"], value: format.span(seconds: closed.at.seconds(since: state.opened))))
        }
        if let outcome = state.outcome {
            facts.append(Fact(label: words["column_outcome"], value: words["solved_\(outcome.rawValue)"]))
        }
        if let rating = state.rating {
            facts.append(Fact(label: words["column_rating"], value: words["fact_rating", ["n": "\(rating)"]]))
        }
        for cohort in definition.cohorts {
            if let value = state.cohorts[cohort.name] {
                facts.append(
                    Fact(
                        label: cohort.title[language],
                        value: words.groupValue(cohort.name, value, definition)))
            }
        }
        self.facts = facts
        promise = report.promise.map { TrackedPage.Promise($0, format) }
        datePath = report.promise.flatMap { promise in
            switch promise.state {
            case .running, .overdue, .paused: Paths.Staff.date(definition.id, state.journey)
            case .keptFirst, .keptLast, .late, .withdrawn: nil
            }
        }
        verdict = report.promise.map { words["verdict_\($0.state.key)"] }
        timeline = Moment.list(report.events, definition, format)
        responses = report.responses.map { ShownAnswer($0, definition, seesWords: seesWords, format) }
        hasResponses = !responses.isEmpty
        let given = Set(
            report.responses.compactMap { $0.event.event.attributes[ResponseKey.form].flatMap { Slug($0.plain) } })
        asks = definition.forms.filter { !given.contains($0.id) }.map {
            ServicePage.Link(
                title: $0.title[language], href: Paths.Staff.onThePhone(definition.id, state.journey, form: $0.id))
        }
        hasAsks = !asks.isEmpty
    }
}

extension JourneyPage.Moment {
    static func list(
        _ events: [RecordedEvent], _ definition: ServiceDefinition, _ format: Format
    ) -> [JourneyPage.Moment] {
        let sorted = events.sorted { ($0.event.occurred, $0.sequence) < ($1.event.occurred, $1.sequence) }
        var last: Instant?
        return sorted.map { recorded in
            let event = recorded.event
            let gap = last.map { event.occurred.seconds(since: $0) } ?? 0
            last = event.occurred
            return JourneyPage.Moment(recorded, gap: gap, definition, format)
        }
    }

    private init(_ recorded: RecordedEvent, gap: Double, _ definition: ServiceDefinition, _ format: Format) {
        let words = format.words
        let event = recorded.event
        when = format.moment(event.occurred)
        machine = event.occurred.rfc3339
        title =
            switch event.kind {
            case .step: words.activity(event.activity, definition)
            case .promise:
                words.has("ledger_\(event.activity)") ? words["ledger_\(event.activity)"] : event.activity
            // A contact names its reason where that has a name ("Asked where it stands").
            case .contact where words.activity(event.activity, definition) != event.activity:
                words.activity(event.activity, definition)
            default: words["kind_\(event.kind.rawValue)"]
            }
        let unit = event.actor.unit.map { definition.unitTitle($0, format.language) }
        // Inside our own systems, and among partners, the channel says nothing that the actor has not said.
        let isOwn = event.channel == .system || event.channel == .partner || event.channel == .unknown
        let channel = isOwn ? nil : words["channel_\(event.channel.rawValue)"]
        let place = definition.touchpoints.first { $0.id.text == event.touchpoint }?.title[format.language]
        let parts = [
            words["actor_\(event.actor.role.rawValue)"], unit, event.actor.id, channel, place ?? event.touchpoint,
        ]
        var said: [String] = []
        for part in parts.compactMap({ $0 }) where !said.contains(part) { said.append(part) }
        text = said.joined(separator: " · ")
        wait = gap >= 86_400 ? words["timeline_wait", ["span": format.span(seconds: gap)]] : nil
        kind =
            event.kind == .contact && event.attributes[JourneyState.Key.failureDemand] == .boolean(true)
            ? "chased" : event.kind.rawValue
        // That it was simulated stands at the top of every page.
        details = event.attributes.filter { $0.key != "simulated" }.sorted { $0.key < $1.key }.map { key, value in
            JourneyPage.Fact(
                label: words.attribute(key, definition), value: words.value(value, of: key, definition, format))
        }
        hasDetails = !details.isEmpty
    }
}

extension Words {
    /// An attribute of an event as people read it; one we have no name for as it came.
    func attribute(_ key: String, _ definition: ServiceDefinition) -> String {
        if let cohort = definition.cohorts.first(where: { $0.name == key }) { return cohort.title[language] }
        let asked = definition.request + definition.forms.flatMap(\.questions)
        if let question = asked.first(where: { $0.id.text == key }) { return question.text[language] }
        return has("attribute_\(key)") ? self["attribute_\(key)"] : key
    }

    /// The value of a comparison attribute as people read it; a channel by its name.
    func groupValue(_ name: String, _ value: String, _ definition: ServiceDefinition) -> String {
        let title = definition.valueTitle(name, value, language)
        return title == value && name == "channel" && has("channel_\(value)") ? self["channel_\(value)"] : title
    }

    func value(_ value: AttributeValue, of key: String, _ definition: ServiceDefinition, _ format: Format) -> String {
        let plain = value.plain
        switch (value, key) {
        case (.boolean(let holds), _): return self[holds ? "solved_yes" : "solved_no"]
        case (_, "language"): return has("language_\(plain)") ? self["language_\(plain)"] : plain
        case (_, JourneyState.Key.solved): return has("solved_\(plain)") ? self["solved_\(plain)"] : plain
        case (_, "form"): return definition.forms.first { $0.id.text == plain }?.title[language] ?? plain
        case (_, JourneyState.Key.result):
            return definition.results.first { $0.id.text == plain }?.title[language] ?? plain
        case (_, "started"): return Instant(rfc3339: plain).map(format.moment) ?? plain
        case (.number(let number), _): return NumberText.decimal(number, places: 3)
        default: return groupValue(key, plain, definition)
        }
    }
}
