internal import Experience

extension DefinitionReader {
    /// The promise rule. Its clock must be able to start and stop: from and to are different steps, the
    /// calendar exists and opens, and every pause can end.
    mutating func promise(
        _ place: Place?, steps: [ServiceDefinition.Step], calendars: CalendarSet
    )
        -> ServiceDefinition.PromiseRule?
    {
        guard let place else { return nil }
        guard
            let entries = mapping(
                place, required: ["from", "to", "calendar", "within", "probability"],
                optional: ["depends_on", "pauses", "requote"])
        else { return nil }
        let names = steps.map(\.id)
        let from = reference(entries["from"], to: names, called: "step")
        let to = reference(entries["to"], to: names, called: "step")
        if let from, let to, let at = entries["to"] {
            if from == to {
                report(at, "the clock starts and stops at the same step, so it can never run; name a later step.")
            } else if let start = names.firstIndex(of: from), let end = names.firstIndex(of: to), end < start {
                report(at, "“\(to)” comes before “\(from)” in the list of steps; a promise runs forward.")
            }
        }
        let calendar = reference(entries["calendar"], to: calendars.ids, called: "working calendar")
        let standard = budget(entries["within"])
        let probability = number(entries["probability"], in: 0.5...0.999, what: "a share of promises to keep")
        var pauses: [ServiceDefinition.PromiseRule.Pause] = []
        for item in list(entries["pauses"]) {
            guard let parts = mapping(item, required: ["at", "until", "waiting_for"]) else { continue }
            let at = reference(parts["at"], to: names, called: "step")
            let until = reference(parts["until"], to: names, called: "step")
            let waitingFor = word(parts["waiting_for"], Actor.Role.self)
            guard let at, let until, let waitingFor else { continue }
            if at == until, let place = parts["until"] {
                report(place, "the pause would end where it begins; name the step that lets the clock run again.")
            } else {
                pauses.append(.init(at: at, until: until, waitingFor: waitingFor))
            }
        }
        let (milestones, warning) = requote(entries["requote"], steps: names, to: to)
        guard let from, let to, from != to, let calendar, let standard, let probability else { return nil }
        return ServiceDefinition.PromiseRule(
            from: from, to: to, calendar: calendar, standard: standard, probability: probability,
            dependsOn: texts(entries["depends_on"]), pauses: pauses, milestones: milestones, warning: warning)
    }

    /// `requote: {at: [step…], warn: true, warn_from: 0.35}`: where the date is worked out again, and whether people are
    /// told of a new one before the old one breaks.
    private mutating func requote(
        _ place: Place?, steps: [Slug], to: Slug?
    ) -> ([Slug], ServiceDefinition.PromiseRule.Warning?) {
        guard let place, let parts = mapping(place, required: [], optional: ["at", "warn", "warn_from"]) else {
            return ([], nil)
        }
        var milestones: [Slug] = []
        for item in list(parts["at"]) {
            guard let step = reference(item, to: steps, called: "step") else { continue }
            if step == to {
                report(item, "the promise ends at “\(step)”, so there is no date to work out again then; leave it out.")
            } else if !milestones.contains(step) {
                milestones.append(step)
            }
        }
        let isOn = flag(parts["warn"], default: false)
        let from = number(parts["warn_from"], in: 0.05...0.95, what: "a probability of breaking")
        if let at = parts["warn_from"], !isOn {
            report(at, "warnings are off, so this has no effect; add warn: true.", .warning)
        }
        return (milestones, isOn ? .init(from: from ?? 0.35) : nil)
    }

    /// "30 working days", "48 working hours", "10 days", "36 hours".
    mutating func budget(_ place: Place?) -> Budget? {
        guard let place, let raw = text(place) else { return nil }
        let words = raw.lowercased().split(separator: " ")
        if let first = words.first, let amount = Int64(first), (1...4_000).contains(amount) {
            switch words.dropFirst().joined(separator: " ") {
            case "working days", "working day", "business days", "business day": return .workingDays(Int(amount))
            case "working hours", "working hour", "business hours", "business hour":
                return .workingTime(microseconds: amount * Instant.hour)
            case "days", "day", "calendar days", "calendar day": return .calendarDays(Int(amount))
            case "hours", "hour": return .calendarTime(microseconds: amount * Instant.hour)
            default: break
            }
        }
        report(
            place,
            "“\(raw.prefix(60))” is not a length of time; write a whole number from 1 to 4000 and “working days”, “working hours”, “days” or “hours”."
        )
        return nil
    }
}
