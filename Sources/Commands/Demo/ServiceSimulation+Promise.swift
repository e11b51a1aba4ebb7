import Analyses
import Experience

extension ServiceSimulation {
    /// Arms the promise with the first step; stops, starts and ends its clock as the service's rule says.
    mutating func movePromise(_ index: Int, _ activity: String, isFirst: Bool) {
        guard let rule = definition.promise else { return }
        if isFirst { arm(index, rule) }
        for pause in rule.pauses where pause.at.text == activity {
            cases[index].pauses += 1
            let id = "\(pause.at.text)#\(cases[index].pauses)"
            cases[index].openPause = id
            let holder = ClockHolder(pause.waitingFor)
            try? cases[index].clock.apply(
                .paused(id: id, waitingFor: holder, holder: nil), at: now, calendars: calendars)
        }
        if let open = cases[index].openPause, rule.pauses.contains(where: { $0.until.text == activity }) {
            cases[index].openPause = nil
            try? cases[index].clock.apply(.resumed(pauseID: open), at: now, calendars: calendars)
            planReview(index)
        }
        if rule.to.text == activity { try? cases[index].clock.apply(.met, at: now, calendars: calendars) }
    }

    private mutating func arm(_ index: Int, _ rule: ServiceDefinition.PromiseRule) {
        var terms = PromiseTerms(
            budget: rule.standard, calendar: calendar.reference, probability: rule.probability, basis: "standard")
        if let quote = quote(index, rule), quote.source == .history, let budget = quote.budget {
            terms.budget = budget
            terms.basis = "history:\(quote.finished)"
            terms.likely = quote.likely.map(calendar.endOfDay)
            terms.eightOfTen = quote.probable.map(calendar.endOfDay)
            terms.nineOfTen = quote.nearlyAll.map(calendar.endOfDay)
        }
        // What waits before the counters has outgrown anything history could have taught: those who work there see it,
        // and say so, without odds for the dates before it.
        let backlog = stations.map(\.backlogDays).max() ?? 0
        if case .workingDays(let days) = terms.budget, case .workingDays(let standard) = rule.standard,
            backlog > Double(days) * 0.8
        {
            terms = PromiseTerms(
                budget: .workingDays(max(days, min(120, standard + Int((backlog * 0.85).rounded(.up))))),
                calendar: calendar.reference, probability: rule.probability, basis: "backlog")
        }
        promise(index, .armed(terms))
        planReview(index)
        agenda.plan(after(days: random.exponential(mean: 3)), .chase(case: index))
    }

    private mutating func promise(_ index: Int, _ entry: PromiseEntry) {
        try? cases[index].clock.apply(entry, at: now, calendars: calendars)
        record(index, .promise, entry.activity, channel: .system, by: Actor(.system), entry.attributes)
    }

    private mutating func planReview(_ index: Int) {
        guard let due = cases[index].clock.lastDue, !cases[index].clock.isEnded else { return }
        agenda.plan(max(due, now).advanced(by: Instant.hour), .review(case: index, due: due))
    }

    /// The date has passed. Sometimes someone notices and gives a new one; often nobody does.
    mutating func review(_ index: Int, due: Instant) {
        let clock = cases[index].clock
        guard !cases[index].isEnded, !clock.isEnded, clock.lastDue == due, cases[index].openPause == nil,
            clock.repromises < 3, random.chance(0.4)
        else { return }
        let backlog = stations.map(\.backlogDays).max() ?? 0
        let days = max(5, min(40, Int((backlog + random.between(3, 9)).rounded())))
        promise(index, .repromised(.budget(.workingDays(days)), reason: "backlog", told: random.chance(0.85)))
        planReview(index)
    }

    /// A person may ask where it stands: seldom while all is well, often once the date has passed.
    mutating func chase(_ index: Int) {
        guard !cases[index].isEnded else { return }
        let rate: Double
        if cases[index].openPause != nil {
            rate = 0.01
        } else if cases[index].clock.isEnded {
            rate = 0
        } else if let due = cases[index].clock.lastDue, let from = cases[index].clock.armedAt, due > from {
            let spent = now.seconds(since: from) / due.seconds(since: from)
            rate = spent > 1 ? 0.17 : spent > 0.75 ? 0.03 : 0.008
        } else {
            rate = 0.02
        }
        // Looked at every third day on average, so the chance now is three times the daily rate.
        let isOverdue = rate > 0.1
        if random.chance(min(1, rate * 3)) { contact(index, isOverdue: isOverdue) }
        if isOverdue, random.chance(0.008), definition.results.contains(where: { $0.id.text == "abandoned" }) {
            close(index, result: "abandoned")
            return
        }
        agenda.plan(after(days: random.exponential(mean: 3)), .chase(case: index))
    }

    private mutating func contact(_ index: Int, isOverdue: Bool) {
        let byPhone = definition.touchpoints.first { $0.channel == .phone }
        let offered: [(Channel, Double)] = [
            (.phone, 0.62), (.web, 0.14), (.email, 0.1), (.chat, 0.1), (.inPerson, 0.04),
        ]
        .filter { definition.channels.contains($0.0) }
        let channel = offered.isEmpty ? .phone : random.pick(offered)
        if channel == .phone || channel == .inPerson, !calendar.isOpen(now) { return }
        let touchpoint =
            channel == .phone ? byPhone?.id.text : definition.touchpoints.first { $0.channel == channel }?.id.text
        let chases = isOverdue || random.chance(0.6)
        if chases { cases[index].chases += 1 }
        record(
            index, .contact, chases ? "asked-status" : "asked-question", channel: channel, touchpoint: touchpoint,
            by: Actor(.person),
            ["reason": .text(chases ? "status" : "question"), JourneyState.Key.failureDemand: .boolean(chases)])
        if channel == .phone || channel == .chat || channel == .inPerson {
            // Whoever answers does not work on cases meanwhile.
            let station = model.callStation
            stations[station].enqueue(Work(caseIndex: index, minutes: random.between(4, 11), activity: nil))
            startWork(station)
        }
    }
}
