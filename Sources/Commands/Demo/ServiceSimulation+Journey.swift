import Experience

extension ServiceSimulation {
    /// Plans every arrival of the year: a Poisson count for each day, at the hours the channel is open.
    mutating func planArrivals(_ days: Range<CivilDate>, volume: Double) {
        let count = days.upperBound.daysSince1970 - days.lowerBound.daysSince1970
        let dates = (0..<max(0, count)).map { days.lowerBound.adding(days: $0) }
        let weights = dates.enumerated().map { model.demand(on: $1, day: $0) }
        let total = weights.reduce(0, +)
        guard total > 0 else { return }
        var moments: [Instant] = []
        for (date, weight) in zip(dates, weights) {
            let midnight = calendar.startOfDay(date)
            for _ in 0..<random.poisson(mean: volume * weight / total) {
                // Evenings too, with a peak before and after noon.
                let hour = random.chance(0.75) ? random.between(8.5, 17) : random.between(6, 23.5)
                moments.append(midnight.advanced(by: Int64(hour * 3_600) * 1_000_000))
            }
        }
        moments.sort()
        for (index, moment) in moments.enumerated() {
            let number = String(index + 1)
            let digits = String(repeating: "0", count: max(0, 5 - number.count)) + number
            guard let id = JourneyID("\(model.prefix)-\(digits)") else { continue }
            cases.append(
                DemoCase(id: id, channel: .web, touchpoint: nil, cohorts: [], language: .en))
            agenda.plan(moment, .arrival(cases.count - 1))
        }
    }

    mutating func arrive(_ index: Int) {
        let choices = model.channels().map { (($0.0, $0.1), $0.2) }
        let (channel, touchpoint) = random.pick(choices)
        if channel == .phone || channel == .inPerson || channel == .partner, !calendar.isOpen(now) {
            // The office is shut: they come in the next opening hours.
            agenda.plan(after(workingDays: random.between(0.02, 0.9)), .arrival(index))
            return
        }
        cases[index].channel = channel
        cases[index].touchpoint = touchpoint
        cases[index].cohorts = model.cohorts(&random, channel: channel)
        cases[index].language = random.chance(0.14) ? .es : .en
        guard let first = definition.promise?.from ?? definition.steps.first?.id else { return }
        let role = step(named: first.text)?.by ?? .person
        let lender = cases[index].cohort("lender")
        let actor = role == .partner ? Actor(.partner, id: "lender-\(lender)", unit: "Lender") : Actor(role)
        step(index, first.text, by: actor)
        if channel == .inPerson, random.chance(0.3), !definition.forms.isEmpty {
            agenda.plan(now.advanced(by: Int64(random.between(300, 3_000)) * 1_000_000), .kiosk(case: index))
        }
    }

    /// A step of the service is done: record it, and plan what follows.
    ///
    /// - Parameter began: when the work on it began, where the unit's system keeps that.
    mutating func step(_ index: Int, _ activity: String, by actor: Actor?, began: Instant? = nil) {
        if cases[index].isEnded, activity != "returned" { return }
        let step = step(named: activity)
        let doer = actor ?? Actor(step?.by ?? .unknown, unit: step?.unit)
        var attributes: [String: AttributeValue] = [:]
        let isFirst = cases[index].events == 0
        if isFirst {
            for (name, value) in cases[index].cohorts { attributes[name] = .text(value) }
            attributes["language"] = .text(cases[index].language.rawValue)
        }
        if let began { attributes["started"] = .text(began.rfc3339) }
        let closes = step?.closes ?? false
        if closes {
            let granted = definition.results.first(where: \.granted)?.id.text ?? activity
            attributes[JourneyState.Key.result] = .text(granted)
            cases[index].result = granted
            cases[index].isGranted = true
        }
        let channel: Channel =
            switch doer.role {
            case .person: isFirst ? cases[index].channel : (cases[index].channel == .mail ? .mail : .web)
            case .partner: isFirst ? cases[index].channel : .partner
            case .staff, .system, .unknown: .system
            }
        record(
            index, .step, activity, channel: channel, touchpoint: isFirst ? cases[index].touchpoint : nil, by: doer,
            attributes)
        movePromise(index, activity, isFirst: isFirst)
        if let form = definition.forms.firstIndex(where: { $0.askAfter?.text == activity }) {
            agenda.plan(after(days: random.between(0.05, 1)), .offer(case: index, form: form))
        }
        if closes {
            cases[index].isEnded = true
            agenda.plan(after(days: random.between(1, 7)), .outcome(case: index))
        }
        let move = model.next(after: activity, &cases[index], &random)
        plan(move, index)
    }

    private mutating func plan(_ move: Move, _ index: Int) {
        switch move {
        case .work(let station, let minutes, let activity):
            stations[station].enqueue(Work(caseIndex: index, minutes: minutes * pace[station], activity: activity))
            startWork(station)
        case .workingDays(let days, let activity, let actor):
            agenda.plan(after(workingDays: days), .step(case: index, activity: activity, by: actor))
        case .days(let days, let activity, let actor):
            agenda.plan(after(days: days), .step(case: index, activity: activity, by: actor))
        case .close(let result, let days): agenda.plan(after(days: days), .closing(case: index, result: result))
        case .end: break
        }
    }

    /// Closed by us without the last step.
    mutating func close(_ index: Int, result: String) {
        guard !cases[index].isEnded else { return }
        cases[index].isEnded = true
        cases[index].result = result
        cases[index].isGranted = model.isGranted(result)
        record(
            index, .closed, "closed", channel: .system, by: Actor(.system),
            [JourneyState.Key.result: .text(result)])
        // Nothing is owed any more; the record's view draws the same from the close.
        try? cases[index].clock.apply(.withdrawn(reason: result), at: now, calendars: calendars)
        if result == "denied", let form = definition.forms.firstIndex(where: { $0.askAfter != nil }),
            definition.forms[form].askAfter?.text != "decided"
        {
            agenda.plan(after(days: random.between(0.05, 1)), .offer(case: index, form: form))
        }
        agenda.plan(after(days: random.between(1, 7)), .outcome(case: index))
    }
}
