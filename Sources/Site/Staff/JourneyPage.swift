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
    var timeline: [Moment]
    var responses: [Response]
    var hasResponses: Bool
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

    struct Response: Sendable {
        var when: String
        var form: String
        var channel: String
        var answers: [Fact]
    }

    init(_ definition: ServiceDefinition, _ report: JourneyReport, _ format: Format) {
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
                        value: definition.valueTitle(cohort.name, value, language)))
            }
        }
        self.facts = facts
        promise = report.promise.map { TrackedPage.Promise($0, format) }
        verdict = report.promise.map { words["verdict_\($0.state.key)"] }
        timeline = Moment.list(report.events, definition, format)
        responses = report.responses.map { response in
            let form = definition.forms.first { $0.id == response.form }
            return Response(
                when: format.moment(response.at), form: form?.title[language] ?? words["response_any"],
                channel: words["channel_\(response.channel.rawValue)"],
                answers: response.answers.map { answer in
                    let question = form?.questions.first { $0.id == answer.question }
                    if question == nil, answer.question.text == JourneyState.Key.solved,
                        let solved = JourneyState.Solved(rawValue: answer.value)
                    {
                        return Fact(label: definition.outcome[language], value: words["solved_\(solved.rawValue)"])
                    }
                    return Fact(
                        label: question?.text[language] ?? answer.question.text,
                        value: question.map { words.answer(answer.value, $0, format) } ?? answer.value)
                })
        }
        hasResponses = !responses.isEmpty
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
            // A contact names its reason where the definition knows it as a step ("asked for status").
            case .contact where definition.step(named: event.activity) != nil:
                definition.activityTitle(event.activity, format.language)
            default: words["kind_\(event.kind.rawValue)"]
            }
        let actor = [words["actor_\(event.actor.role.rawValue)"], event.actor.unit, event.actor.id].compactMap { $0 }
        // A system's own doing on the system's own channel is said once.
        let isOwn = event.actor.role == .system && event.channel == .system
        let channel = isOwn || event.channel == .unknown ? nil : words["channel_\(event.channel.rawValue)"]
        let place = definition.touchpoints.first { $0.id.text == event.touchpoint }?.title[format.language]
        text = ([actor.joined(separator: " · "), channel, place ?? event.touchpoint]).compactMap { $0 }.joined(
            separator: " · ")
        wait = gap >= 86_400 ? words["timeline_wait", ["span": format.span(seconds: gap)]] : nil
        kind =
            event.kind == .contact && event.attributes[JourneyState.Key.failureDemand] == .boolean(true)
            ? "chased" : event.kind.rawValue
        details = event.attributes.sorted { $0.key < $1.key }.map {
            JourneyPage.Fact(label: $0.key, value: $0.value.plain)
        }
        hasDetails = !details.isEmpty
    }
}
