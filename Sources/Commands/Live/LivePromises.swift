internal import Analyses
internal import Experience
internal import Site
internal import Storage

/// What is owed, and new dates, over the record.
struct LivePromises: Sendable {
    let record: Record
    let snapshot: @Sendable (ServiceID) -> ServiceSnapshot?
    let model: @Sendable (ServiceID) -> PromiseModel?
    let calendars: @Sendable () -> CalendarSet
    let now: @Sendable () -> Instant
    let trackingLink: @Sendable (JourneyID) async -> String
    let canSend: Bool
    let quoted: @Sendable (ServiceDefinition, [String: String]) -> QuotedDate

    var desk: PromiseDesk { PromiseDesk(board: board, draft: draft, give: give, quote: { quoted($0, $1) }) }

    /// The vault field that holds a person's address: the request's first question for one.
    static func addressField(_ definition: ServiceDefinition) -> String {
        definition.request.first { $0.kind == .email }?.id.text ?? "email"
    }

    private func board(_ definitions: [ServiceDefinition]) async throws -> PromiseBoard {
        let at = now()
        var board = await computed { self.counted(definitions, at) }
        let counts = try await record.messageCounts()
        board.waitingMessages = (counts[.queued] ?? 0) + (counts[.sending] ?? 0)
        board.failedMessages = counts[.failed] ?? 0
        board.canSend = canSend
        return board
    }

    private func counted(_ definitions: [ServiceDefinition], _ at: Instant) -> PromiseBoard {
        var board = PromiseBoard()
        for definition in definitions {
            guard let snapshot = snapshot(definition.id), let rule = definition.promise,
                let calendar = calendars()[rule.calendar]
            else { continue }
            board.entries += entries(definition, rule, snapshot, calendar, at, from: board.riskFrom)
            if let (alert, isWatched) = KeptRateWatch.alert(definition.id, snapshot.table, at) {
                if isWatched { board.watched += 1 }
                if let alert { board.alerts.append(alert) }
            }
        }
        board.entries.sort(by: PromiseBoard.Entry.isFirst)
        return board
    }

    private func entries(
        _ definition: ServiceDefinition, _ rule: ServiceDefinition.PromiseRule, _ snapshot: ServiceSnapshot,
        _ calendar: WorkingCalendar, _ at: Instant, from: Double
    ) -> [PromiseBoard.Entry] {
        let table = snapshot.table
        let forecast = PromiseForecast(definition, model(definition.id), calendars())
        let today = calendar.date(of: at)
        var found: [PromiseBoard.Entry] = []
        for row in 0..<table.count where table.promise[row] == .open && table.closed[row] == JourneyTable.notYet {
            guard let id = JourneyID(table.ids[row]), table.lastDue[row] != JourneyTable.none else { continue }
            let due = Instant(microseconds: table.lastDue[row])
            let date = calendar.dateToSay(for: due)
            let isOverdue = at > due
            var risk: Double?
            if !isOverdue, let forecast {
                let reached = snapshot.lastReached(table.ids[row], of: forecast.names)
                let standing = PromiseForecast.Standing(
                    values: table.quoteValues(row, rule), start: Instant(microseconds: table.opened[row]),
                    milestone: reached.map { (rule.milestones[$0.step].text, $0.at) },
                    still: table.clock(row))
                risk = forecast.risk(standing, date: date, now: at)
            }
            let group: PromiseBoard.Group
            if isOverdue {
                group = .overdue
            } else if table.untold[row] {
                group = .untold
            } else if date == today {
                group = .today
            } else if let risk, risk >= from {
                group = .atRisk
            } else {
                continue
            }
            found.append(
                PromiseBoard.Entry(
                    group: group, service: definition.id, journey: id, due: date,
                    daysLate: calendar.workingDays(from: date, to: today), risk: risk,
                    newDates: Int(table.repromises[row])))
        }
        return found
    }

    private func draft(
        _ definition: ServiceDefinition, _ journey: JourneyID, _ date: CivilDate?
    ) async throws -> PromiseDraft? {
        let at = now()
        guard let state = try await record.journey(journey, agency: definition.agency), state.service == definition.id,
            let clock = state.promise, !clock.isEnded, let shown = ShownPromise(clock, calendars: calendars(), now: at),
            let reference = clock.calendar, let calendar = calendars()[reference]
        else { return nil }
        let events = try await record.events(of: journey, agency: definition.agency)
        let today = calendar.date(of: at)
        let forecast = PromiseForecast(definition, model(definition.id), calendars())
        let standing = forecast?.standing(state, events)
        let quote = standing.flatMap { forecast?.requote($0, now: at) }
        let suggested = quote?.due.map { max($0, today) }
        let asked = date ?? suggested
        var odds: Double?
        if let asked, let standing, let risk = forecast?.risk(standing, date: asked, now: at) { odds = 1 - risk }
        let field = Self.addressField(definition)
        return PromiseDraft(
            promise: shown, told: clock.toldDate(calendar) ?? shown.first, suggested: suggested, date: asked,
            odds: odds,
            finished: quote?.finished ?? 0, today: today, language: PersonLanguage.of(events),
            hasAddress: try await record.keeps(field, of: .person(journey, agency: definition.agency)),
            canSend: canSend, link: await trackingLink(journey))
    }

    private func give(_ new: NewDate) async throws {
        guard let rule = new.service.promise, let calendar = calendars()[rule.calendar] else {
            throw StorageError.refused("this service gives no dates.")
        }
        let entry = PromiseEntry.repromised(
            .due(calendar.endOfDay(new.date)), reason: new.reason.rawValue, told: new.telling != .later)
        let event = Event(
            agency: new.service.agency, service: new.service.id, journey: new.journey, source: "staff",
            sourceID: "date/\(new.id)", kind: .promise, activity: entry.activity, channel: .system,
            actor: Actor(.staff, id: new.by), occurred: now(), attributes: entry.attributes)
        var submission = Submission(events: [event])
        if new.telling == .mail {
            submission.messages = [
                OutgoingMessage(
                    agency: new.service.agency, to: .person(new.journey, field: Self.addressField(new.service)),
                    language: new.language, subject: new.message.subject, body: new.message.body, purpose: "promise",
                    dedupeKey: "date/\(new.id)")
            ]
        }
        submission.audit = [
            AuditEntry(
                account: new.by, action: .write, agency: new.service.agency, subject: "person:\(new.journey.text)",
                detail: "new date, told: \(new.telling.rawValue)")
        ]
        _ = try await record.append(submission)
    }
}

extension PromiseBoard.Entry {
    /// What to do first: those who were let down and don't know, longest first; those with a date they don't know; what
    /// is due today; then what is likely to break, the nearest date first. Ties by risk.
    static func isFirst(_ a: PromiseBoard.Entry, _ b: PromiseBoard.Entry) -> Bool {
        let order: [PromiseBoard.Group: Int] = [.overdue: 0, .untold: 1, .today: 2, .atRisk: 3]
        let (left, right) = (order[a.group] ?? 9, order[b.group] ?? 9)
        if left != right { return left < right }
        if a.daysLate != b.daysLate { return a.daysLate > b.daysLate }
        if a.risk != b.risk { return (a.risk ?? 0) > (b.risk ?? 0) }
        return (a.service, a.journey) < (b.service, b.journey)
    }
}

extension WorkingCalendar {
    /// Working days after `from` up to `to`; negative where `to` lies before. Beyond ten years the count stops.
    func workingDays(from: CivilDate, to: CivilDate) -> Int {
        let (low, high) = (min(from, to), max(from, to))
        let last = min(high.daysSince1970, low.daysSince1970 + 3_660)
        var count = 0
        for day in low.daysSince1970..<last where isWorkingDay(CivilDate(daysSince1970: day + 1)) { count += 1 }
        return to < from ? -count : count
    }
}

extension PromiseClock {
    /// The last date the person was told of.
    func toldDate(_ calendar: WorkingCalendar) -> CivilDate? {
        guard let last = commitments.last(where: { $0.told }) else { return nil }
        if last == commitments.last, let lastDue { return calendar.dateToSay(for: lastDue) }
        if commitments.count > 1, last == commitments.first { return firstDue.map { calendar.dateToSay(for: $0) } }
        switch last.commitment {
        case .budget(let budget):
            return calendar.instant(after: budget, from: last.at).map { calendar.dateToSay(for: $0) }
        case .due(let due): return calendar.dateToSay(for: due)
        }
    }
}

/// The language a person was served in.
enum PersonLanguage {
    static func of(_ events: [RecordedEvent]) -> Language {
        for recorded in events {
            if let word = recorded.event.attributes["language"]?.plain, let language = Language(rawValue: word) {
                return language
            }
        }
        return .en
    }
}
