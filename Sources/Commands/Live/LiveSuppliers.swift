internal import Analyses
internal import Experience
internal import Site
internal import Statistics
internal import Storage
internal import Synchronization

/// Scorecards over the record: kept rates by group, suppliers' monthly cards, and what suppliers say about them.
struct LiveSuppliers: Sendable {
    let record: Record
    let snapshot: @Sendable (ServiceID) -> ServiceSnapshot?
    let definitions: @Sendable () -> [ServiceDefinition]
    let calendars: @Sendable () -> CalendarSet
    let now: @Sendable () -> Instant
    let today: @Sendable () -> CivilDate
    let base: String
    let lines: RecordLineCache

    var desk: SupplierDesk {
        SupplierDesk(
            scorecard: scorecard, cards: cards, links: links, addLink: addLink, revokeLink: revokeLink, send: send,
            own: own, file: file, decide: decide)
    }

    private func scorecard(_ definition: ServiceDefinition, _ attribute: String) async throws -> [ScorecardRow]? {
        guard definition.promise != nil else { return nil }
        let isAttribute = definition.cohorts.contains { $0.name == attribute }
        if !isAttribute, attribute == ScorecardRow.step { return try await stepScorecard(definition) }
        guard isAttribute else { return nil }
        let lines = try await recordLines(definition).whole
        return await computed { PromiseScorecard(lines, by: attribute).rows.map { ScorecardRow($0) } }
    }

    /// A row a step, in the service's order.
    private func stepScorecard(_ definition: ServiceDefinition) async throws -> [ScorecardRow] {
        let lines = try await recordLines(definition).steps
        let order = definition.steps.map(\.id.text)
        return await computed {
            let card = PromiseScorecard(lines, by: PromiseRecordLine.step)
            let all = card.rows.reduce(0.0) { $0 + $1.time }
            let rows = card.rows.map { row in
                var shown = ScorecardRow(row)
                shown.timeShare = all > 0 ? row.time / all : nil
                shown.passedHere = row.passedHere
                // The rows share their promises, so no step stands before another.
                shown.ranks = nil
                return shown
            }
            func place(_ row: ScorecardRow) -> Int { order.firstIndex(of: row.value) ?? .max }
            return rows.sorted { (place($0), $0.value) < (place($1), $1.value) }
        }
    }

    /// The promises of the journeys opened in the last twelve months, read from the record; good for a minute.
    private func recordLines(_ definition: ServiceDefinition) async throws -> RecordLineCache.Lines {
        let at = now()
        if let known = lines.lines(definition.id, at) { return known }
        let period = Storage.Period(from: at.advanced(by: -365 * Instant.day), to: at)
        let reached = StepTimes(definition, snapshot(definition.id))
        var found = RecordLineCache.Lines()
        var after: PageKey?
        repeat {
            let page = try await record.journeys(
                JourneyQuery(
                    agency: definition.agency, service: definition.id, period: period, sort: .oldest, after: after,
                    limit: 2_000, now: at))
            let calendars = calendars()
            let read = await computed {
                var read = RecordLineCache.Lines()
                for state in page.items {
                    guard let clock = state.promise,
                        let line = PromiseRecordLine(
                            journey: state.journey.text, clock: clock, groups: state.cohorts,
                            rating: state.rating.map(Double.init), now: at, calendars: calendars)
                    else { continue }
                    read.whole.append(line)
                    read.steps += PromiseRecordLine.steps(
                        journey: state.journey.text, clock: clock, reached: reached.of(state.journey.text),
                        rating: line.rating, now: at, calendars: calendars)
                }
                return read
            }
            found.whole += read.whole
            found.steps += read.steps
            after = page.next
        } while after != nil
        lines.keep(found, definition.id, at)
        return found
    }

    // Cards.

    private func cards(_ definition: ServiceDefinition, _ month: CivilDate) async throws -> [SupplierCard] {
        guard let lines = supplyLines(definition) else { return [] }
        let suppliers = Set(lines.map(\.supplier)).sorted()
        var cards: [SupplierCard] = []
        for supplier in suppliers {
            cards.append(try await card(definition, supplier, month, lines))
        }
        return cards.filter { card in card.measures.contains { !$0.met.isEmpty || !$0.missed.isEmpty } }
    }

    private func card(
        _ definition: ServiceDefinition, _ supplier: String, _ month: CivilDate, _ lines: [SupplyLine]
    ) async throws -> SupplierCard {
        let made = try await scored(definition, supplier, month, lines)
        return SupplierCard(made, Set(lines.filter { $0.supplier == supplier }.map(\.id)))
    }

    private func scored(
        _ definition: ServiceDefinition, _ supplier: String, _ month: CivilDate, _ lines: [SupplyLine]
    ) async throws -> SupplierScorecard {
        let answers = try await answers(definition, supplier)
        var own = lines.filter { $0.supplier == supplier }
        for at in own.indices { own[at].answer = answers[own[at].id] }
        let programme: SupplierScorecard.Programme =
            definition.suppliers?.programme == .advantage ? .advantage : .globalSupply
        let calendar = calendars()[definition.promise?.calendar ?? .usFederal] ?? calendars()[.weekdays]
        guard let calendar else { throw StorageError.refused("this service's calendar is not known.") }
        return SupplierScorecard(
            supplier: supplier, programme: programme, month: month, lines: own, asOf: today(), calendar: calendar)
    }

    /// A line a journey: when each step of the rule was first reached.
    private func supplyLines(_ definition: ServiceDefinition) -> [SupplyLine]? {
        guard let rule = definition.suppliers, let snapshot = snapshot(definition.id),
            let calendar = calendars()[definition.promise?.calendar ?? .usFederal],
            let column = snapshot.table.cohortNames.firstIndex(of: rule.attribute)
        else { return nil }
        let table = snapshot.table
        let steps = [rule.acknowledged, rule.shipped, rule.backordered, rule.fulfilled].map { $0 ?? rule.shipped }
        // A step may stand for two things, so each is looked up alone.
        let times = steps.map { snapshot.firstTimes(of: definition.activityNames(of: [$0]))[0] }
        func day(_ time: Int64) -> CivilDate? {
            time == JourneyTable.notYet ? nil : calendar.date(of: Instant(microseconds: time))
        }
        return (0..<table.count).compactMap { row in
            let code = Int(table.cohorts[column][row])
            guard code > 0, code <= table.cohortValues[column].count else { return nil }
            let opened = Instant(microseconds: table.opened[row])
            let due: CivilDate
            if let within = rule.within {
                guard let end = calendar.instant(after: within, from: opened) else { return nil }
                due = calendar.dateToSay(for: end)
            } else {
                guard table.firstDue[row] != JourneyTable.none else { return nil }
                due = calendar.dateToSay(for: Instant(microseconds: table.firstDue[row]))
            }
            let result = Int(table.result[row])
            let isCancelled =
                rule.cancelled != nil && result > 0 && result <= table.results.count
                && table.results[result - 1] == rule.cancelled?.text
            return SupplyLine(
                id: table.ids[row], supplier: table.cohortValues[column][code - 1], ordered: calendar.date(of: opened),
                acknowledged: rule.acknowledged == nil ? nil : day(times[0][row]), due: due,
                statusReported: day(times[1][row]), backordered: rule.backordered == nil ? nil : day(times[2][row]),
                fulfilled: day(times[3][row]), cancelled: isCancelled ? day(table.closed[row]) : nil)
        }
    }

    // What suppliers say: events of a place of their own, so that no person's journey is touched; words in the vault.

    private enum Word {
        static let filed = "scorecard.filed"
        static let decided = "scorecard.decided"
    }

    private func place(_ definition: ServiceDefinition, _ supplier: String) throws -> JourneyID {
        guard let place = JourneyID.unattached("scorecard.\(definition.id).\(supplier)") else {
            throw StorageError.refused("this supplier's name can't be used in the record.")
        }
        return place
    }

    private func answers(_ definition: ServiceDefinition, _ supplier: String) async throws -> [String: SupplierAnswer] {
        let events = try await record.events(of: try place(definition, supplier), agency: definition.agency)
        guard !events.isEmpty else { return [:] }
        let filed = events.filter { $0.event.activity == Word.filed }.map(\.event)
        let words = try await record.words(of: filed.map { VaultSubject.response($0) }, reader: "system")
        var answers: [String: SupplierAnswer] = [:]
        for recorded in events {
            let event = recorded.event
            guard let line = event.attributes["line"]?.plain else { continue }
            switch event.activity {
            case Word.filed:
                let said = words[VaultSubject.response(event)] ?? [:]
                let contests = event.attributes["contest"] == .boolean(true)
                answers[line] = SupplierAnswer(
                    reason: said["reason"] ?? "", remedy: said["remedy"] ?? "", contest: contests ? .open : .none,
                    filed: CivilDate(utc: event.occurred))
            case Word.decided where answers[line]?.contest == .open:
                answers[line]?.contest = event.attributes["accepted"] == .boolean(true) ? .accepted : .refused
            default: continue
            }
        }
        return answers
    }

    private func own(_ token: String, _ month: CivilDate) async throws -> OwnCard? {
        guard let link = try await record.supplierLink(token: token),
            let definition = definitions().first(where: { $0.id == link.service && $0.agency == link.agency }),
            let lines = supplyLines(definition)
        else { return nil }
        return OwnCard(definition: definition, card: try await card(definition, link.supplier, month, lines))
    }

    private func file(_ token: String, _ statement: SupplierStatement) async throws -> Bool {
        guard let link = try await record.supplierLink(token: token),
            let definition = definitions().first(where: { $0.id == link.service && $0.agency == link.agency }),
            supplyLines(definition)?.contains(where: { $0.supplier == link.supplier && $0.id == statement.line })
                == true
        else { return false }
        let event = Event(
            agency: link.agency, service: link.service, journey: try place(definition, link.supplier),
            source: "supplier", sourceID: "\(link.id)/\(statement.id)", kind: .contact, activity: Word.filed,
            channel: .web, actor: Actor(.partner, id: link.supplier), occurred: now(),
            attributes: ["line": .text(statement.line), "contest": .boolean(statement.contests)])
        let subject = VaultSubject.response(event)
        var words = [VaultEntry(subject: subject, field: "reason", text: statement.reason)]
        if !statement.remedy.isEmpty {
            words.append(VaultEntry(subject: subject, field: "remedy", text: statement.remedy))
        }
        _ = try await record.append(Submission(events: [event], words: words))
        return true
    }

    private func decide(_ definition: ServiceDefinition, _ decision: SupplierDecision) async throws {
        let event = Event(
            agency: definition.agency, service: definition.id, journey: try place(definition, decision.supplier),
            source: "staff", sourceID: "scorecard/\(decision.id)", kind: .contact, activity: Word.decided,
            channel: .system, actor: Actor(.staff, id: decision.by), occurred: now(),
            attributes: ["line": .text(decision.line), "accepted": .boolean(decision.accepts)])
        _ = try await record.append(
            Submission(
                events: [event],
                audit: [
                    AuditEntry(
                        account: decision.by, action: .write, agency: definition.agency, subject: decision.line,
                        detail: "scorecard contest \(decision.accepts ? "accepted" : "refused")")
                ]))
    }

    private func links(_ definition: ServiceDefinition) async throws -> [SupplierLinkShown] {
        try await record.supplierLinks(agency: definition.agency, service: definition.id).map {
            SupplierLinkShown(
                id: $0.id, supplier: $0.supplier, language: $0.language, created: $0.createdAt, isRevoked: $0.isRevoked)
        }
    }

    private func addLink(
        _ definition: ServiceDefinition, _ supplier: String, _ email: String?, _ language: Language, _ account: String
    ) async throws -> String {
        try await record.addSupplierLink(
            agency: definition.agency, service: definition.id, supplier: supplier, email: email, language: language,
            by: account
        ).token
    }

    private func revokeLink(_ definition: ServiceDefinition, _ id: String, _ account: String) async throws {
        _ = try await record.revokeSupplierLink(id, agency: definition.agency, by: account)
    }

    /// Queues the month's card for every supplier with a link and an address that has not got it; gives how many.
    func send(_ definition: ServiceDefinition, _ month: CivilDate, _ account: String) async throws -> Int {
        guard let lines = supplyLines(definition) else { return 0 }
        var sent = 0
        let value = String(month.description.prefix(7))
        let links = try await record.supplierLinks(agency: definition.agency, service: definition.id)
            .filter { !$0.isRevoked }
        // Asked first, so that no address is read for a card that is out already.
        let known = try await record.queuedMessages(links.map { "card/\($0.id)/\(value)" }, agency: definition.agency)
        for link in links where !known.contains("card/\(link.id)/\(value)") {
            guard let contact = try await record.supplierContact(link, reader: account), let email = contact.email
            else {
                continue
            }
            let card = try await scored(definition, link.supplier, month, lines)
            guard card.measures.contains(where: { $0.isReached != nil }) else { continue }
            let message = card.message(
                link.language == .es ? .spanish : .english,
                link: base + Paths.supplier(contact.token) + Paths.query([("month", value)]))
            let queued = try await record.queueMessage(
                OutgoingMessage(
                    agency: definition.agency, to: .address(email), language: link.language, subject: message.subject,
                    body: message.body, purpose: "scorecard", dedupeKey: "card/\(link.id)/\(value)"))
            if case .queued = queued { sent += 1 }
        }
        return sent
    }
}

/// The last lines read for each service.
final class RecordLineCache: Sendable {
    struct Lines: Sendable {
        /// One a promise.
        var whole: [PromiseRecordLine] = []
        /// One a promise and step it came through.
        var steps: [PromiseRecordLine] = []
    }

    private let kept = Mutex<[ServiceID: (lines: Lines, at: Instant)]>([:])

    func lines(_ service: ServiceID, _ now: Instant) -> Lines? {
        kept.withLock { kept in
            kept[service].flatMap { now.seconds(since: $0.at) < 60 ? $0.lines : nil }
        }
    }

    func keep(_ lines: Lines, _ service: ServiceID, _ now: Instant) {
        kept.withLock { $0[service] = (lines, now) }
    }
}

extension ScorecardRow {
    init(_ row: PromiseScorecard.Row) {
        self.init(
            value: row.value, pending: row.pending, keptFirst: ShownFigure(row.keptFirst, .share, "wilson"),
            keptLast: ShownFigure(row.keptLast, .share, "wilson"),
            cancelled: ShownFigure(row.cancelled, .share, "wilson"), lateDays: row.meanLateDays,
            newDates: row.repromisesPerPromise, held: row.held.map { ($0.key, $0.value) }, ratingKept: row.ratingKept,
            ratingBroken: row.ratingBroken, ranks: row.ranks)
    }
}

extension SupplierCard {
    init(_ card: SupplierScorecard, _ lines: Set<String>) {
        self.init(
            supplier: card.supplier, month: card.month,
            measures: card.measures.map { measure in
                Measure(
                    id: measure.id.rawValue, target: measure.target, isStrict: measure.isStrict,
                    share: ShownFigure(measure.share, .share, "wilson"), met: measure.met, missed: measure.missed,
                    isReached: measure.isReached)
            },
            statements: card.answers.filter { lines.contains($0.key) }.sorted { $0.key < $1.key }.map { line, answer in
                Statement(
                    line: line, reason: answer.reason, remedy: answer.remedy,
                    contest: Statement.Contest(rawValue: answer.contest.rawValue) ?? .none, filed: answer.filed)
            })
    }
}
