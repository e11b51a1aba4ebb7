import Experience

/// A person's own journey: how far it is, the date given and what became of it, and the question at the end.
struct TrackedPage: Page {
    static let template = "pages/tracked"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var code: String
    var opened: String
    var updated: String
    var justSent: Bool
    var thanked: Bool
    var state: String
    var isClosed: Bool
    var closing: String?
    var steps: [Step]
    var hasSteps: Bool
    var progress: String
    var promise: Promise?
    var asksOutcome: Bool
    var outcomeQuestion: String
    var outcomeAction: String
    var outcomeProblem: String?
    var outcomes: [QuestionField.Choice]
    var outcomeGiven: String?
    var forms: [ServicePage.Link]
    var hasForms: Bool

    struct Step: Sendable {
        var title: String
        var by: String
        var when: String?
        var status: String
        var isDone: Bool
        var isCurrent: Bool
    }

    struct Promise: Sendable {
        var date: String
        var machine: String
        var label: String
        var text: String
        var tone: String
        var icon: String
        var history: [Line]
        var hasHistory: Bool
    }

    struct Line: Sendable {
        var when: String
        var text: String
    }

    init(
        _ journey: TrackedJourney, _ format: Format, today: Instant, justSent: Bool, thanked: Bool,
        outcomeMissing: Bool
    ) {
        let words = format.words
        let language = format.language
        let definition = journey.service
        title = words["tracked_title", ["service": definition.title[language]]]
        serviceTitle = definition.title[language]
        servicePath = Paths.service(definition.id)
        code = journey.code.description
        opened = words["tracked_opened", ["date": format.date(journey.opened)]]
        updated = words["tracked_updated", ["date": format.moment(journey.updated)]]
        self.justSent = justSent
        self.thanked = thanked
        isClosed = journey.closed != nil
        let result = journey.closed.map { closing in
            definition.results.first { $0.id.text == closing.result }?.title[language]
                ?? definition.activityTitle(closing.result, language)
        }
        state = isClosed ? words["tracked_closed"] : words["tracked_open"]
        closing = journey.closed.map { closing in
            words["tracked_closing", ["result": result ?? "", "date": format.date(closing.at)]]
        }
        steps = Step.list(journey, format)
        hasSteps = !steps.isEmpty
        progress =
            words[
                "tracked_progress",
                ["done": "\(steps.count { $0.isDone })", "all": "\(steps.count)"]]
        promise = journey.promise.map { Promise($0, format) }
        asksOutcome = isClosed && journey.outcome == nil
        outcomeQuestion = definition.outcome[language]
        outcomeAction = Paths.outcome(journey.code)
        outcomeProblem = outcomeMissing ? words["problem_missing_choice"] : nil
        outcomes = JourneyState.Solved.allCases.map {
            QuestionField.Choice(
                id: "solved-\($0.rawValue)", value: $0.rawValue, label: words["solved_\($0.rawValue)"],
                isChosen: false, picture: nil)
        }
        outcomeGiven = journey.outcome.map { words["tracked_outcome_\($0.rawValue)"] }
        let done = Set(journey.done.map(\.step))
        let hasEnded = journey.closed != nil
        let asked = definition.webForms.filter { form in
            (form.askAfter.map { hasEnded || done.contains($0) } ?? true)
                && form.mayBeAsked(in: definition, on: format.today) && !journey.withheld.contains(form.id)
        }
        forms = asked.map {
            ServicePage.Link(
                title: $0.title[language],
                href: Paths.feedback(definition.id, form: $0.id, code: journey.code.description))
        }
        hasForms = !forms.isEmpty
    }
}

extension TrackedPage.Step {
    /// The promised path: done, current, still to come. A step done out of order counts as done; the current one
    /// is the first not done after the last done.
    static func list(_ journey: TrackedJourney, _ format: Format) -> [TrackedPage.Step] {
        let path = journey.service.promisedPath
        var times: [Slug: Instant] = [:]
        for (step, at) in journey.done { times[step] = at }
        let last = path.lastIndex { times[$0.id] != nil } ?? -1
        return path.enumerated().map { at, step in
            let time = times[step.id]
            let isPassed = at <= last
            let isCurrent = at == last + 1 && journey.closed == nil
            let key = isPassed ? "step_done" : isCurrent ? "step_current" : "step_to_come"
            return TrackedPage.Step(
                title: step.title[format.language], by: format.words["by_\(step.by.rawValue)"],
                when: time.map(format.date), status: format.words[key], isDone: isPassed, isCurrent: isCurrent)
        }
    }
}

extension TrackedPage.Promise {
    init(_ promise: ShownPromise, _ format: Format) {
        let words = format.words
        date = format.longDate(promise.last)
        machine = promise.last.description
        let (key, tone, icon): (String, String, String) =
            switch promise.state {
            case .running: ("running", "info", "clock")
            case .paused(let holder): ("paused_\(holder.rawValue)", "warning", "pause")
            case .overdue: ("overdue", "error", "alert")
            case .keptFirst: ("kept_first", "success", "check")
            case .keptLast: ("kept_last", "success", "check")
            case .late: ("late", "error", "alert")
            case .withdrawn: ("withdrawn", "base", "pause")
            }
        label = words["promise_label_\(key.hasPrefix("paused") ? "paused" : key)"]
        text =
            words[
                "promise_text_\(key)",
                ["share": format.chance(promise.probability), "first": format.longDate(promise.first)]]
        self.tone = tone
        self.icon = icon
        history = promise.history.map { TrackedPage.Line(when: format.date($0.at), text: words.entry($0.what, format)) }
        hasHistory = history.count > 1
    }
}

extension Words {
    /// One line of a promise's history as told to the person.
    func entry(_ what: ShownPromise.What, _ format: Format) -> String {
        switch what {
        case .given(let date): self["entry_given", ["date": format.longDate(date)]]
        case .moved(let date, let reason, let told):
            self[
                told ? "entry_moved" : "entry_moved_untold",
                ["date": format.longDate(date), "reason": self.reason(reason)]]
        case .paused(let holder): self["entry_paused_\(holder.rawValue)"]
        case .resumed: self["entry_resumed"]
        case .met: self["entry_met"]
        case .passed: self["entry_passed"]
        case .withdrawn(let reason): self["entry_withdrawn", ["reason": reason]]
        case .recalculated(let date, let reason, let isMoved):
            self[
                isMoved ? "entry_recalculated" : "entry_recalculated_same",
                ["date": format.longDate(date), "reason": reason]]
        }
    }
}
