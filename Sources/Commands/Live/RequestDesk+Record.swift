internal import Analyses
internal import Crypto
internal import Experience
internal import Foundation
internal import Site
internal import Storage

/// Requests, tracking and outcomes over the record.
struct LiveRequests: Sendable {
    let record: Record
    let catalogue: @Sendable () -> ServiceCatalogue
    let calendars: @Sendable () -> CalendarSet
    let quotes: @Sendable (ServiceDefinition, [Slug: KeptAnswer]) -> Quote?
    let now: @Sendable () -> Instant
    /// Makes the tracking code of a request from its id, so that the same request sent twice has one code.
    let codeKey: SymmetricKey

    var desk: RequestDesk {
        RequestDesk(quote: { quotes($0, $1) }, start: start, track: track, outcome: outcome)
    }

    private func start(_ request: NewRequest) async throws -> TrackingCode {
        let service = request.service
        guard let journey = JourneyID(request.id.description),
            let first = service.promise?.from ?? service.steps.first?.id
        else { throw StorageError.refused("this service can't be asked for on the web.") }
        let code = code(of: request.id)
        let at = now()
        var attributes: [String: AttributeValue] = ["language": .text(request.language.rawValue)]
        var words: [VaultEntry] = []
        for (question, answer) in request.answers {
            switch answer {
            case .value(let value): attributes[question.text] = value
            case .choices(let choices): attributes[question.text] = .text(choices.joined(separator: ","))
            case .words(let text):
                words.append(
                    VaultEntry(
                        subject: .person(journey, agency: service.agency), field: question.text, text: text))
                // The same person is known again without opening the vault: so that nobody is asked too often.
                if service.request.contains(where: { $0.id == question && $0.kind == .email }) {
                    attributes[PersonOfJourney.attribute] = .text(
                        try record.personKey(text.lowercased(), agency: service.agency))
                }
            case .rows(let rows):
                for row in rows { attributes["\(question).\(row.row)"] = .text(row.choice) }
            case .file, .none: break
            }
        }
        if service.cohorts.contains(where: { $0.name == "channel" }) { attributes["channel"] = .text("web") }
        func event(
            _ kind: EventKind, _ activity: String, _ attributes: [String: AttributeValue], _ part: String
        ) -> Event {
            Event(
                agency: service.agency, service: service.id, journey: journey, source: "web",
                sourceID: "\(request.id)/\(part)", kind: kind, activity: activity, channel: .web,
                touchpoint: service.touchpoints.first { $0.channel == .web }?.id.text, actor: Actor(.person),
                occurred: at, attributes: attributes)
        }
        var events = [event(.step, first.text, attributes, "start")]
        if let quote = request.quote, let rule = service.promise,
            let entry = arming(quote, rule, from: at)
        {
            var promise = event(.promise, entry.activity, entry.attributes, "promise")
            promise.actor = Actor(.system)
            events.append(promise)
        }
        for one in events { try one.check() }
        _ = try await record.append(
            Submission(
                events: events, words: words,
                tracking: .init(code: code, agency: service.agency, journey: journey)))
        return code
    }

    /// The ledger entry for the date a person was shown: the smallest budget of the rule's unit that reaches it.
    private func arming(_ quote: Quote, _ rule: ServiceDefinition.PromiseRule, from start: Instant) -> PromiseEntry? {
        guard let calendar = calendars()[rule.calendar] else { return nil }
        let reference = CalendarReference(id: calendar.id, version: calendar.version)
        for days in 1...1_000 {
            let budget = Budget.workingDays(days)
            guard let end = calendar.instant(after: budget, from: start) else { return nil }
            if calendar.dateToSay(for: end) >= quote.due {
                let basis =
                    switch quote.basis {
                    case .history(let n): "history:\(n)"
                    case .standard: "standard"
                    }
                return .armed(
                    PromiseTerms(
                        budget: budget, calendar: reference, probability: quote.probability,
                        likely: quote.likely.map { calendar.endOfDay($0) },
                        eightOfTen: quote.eightOfTen.map { calendar.endOfDay($0) },
                        nineOfTen: quote.nineOfTen.map { calendar.endOfDay($0) }, basis: basis))
            }
        }
        return nil
    }

    private func code(of id: TimeOrderedID) -> TrackingCode {
        let mac = HMAC<MessageDigest>.authenticationCode(for: Array("track \(id)".utf8), using: codeKey)
        var source = ByteRandom(Array(mac))
        return TrackingCode(using: &source)
    }

    /// Where the person of a journey sees it: the page itself where the request came from the web, whose code can be made
    /// again; else the page that asks for the code they were given.
    func trackingLink(_ journey: JourneyID, base: String) async -> String {
        guard let id = TimeOrderedID(journey.text) else { return base + Paths.track }
        let code = code(of: id)
        let found = try? await record.journey(trackedBy: code)
        return base + (found?.journey == journey ? Paths.tracked(code) : Paths.track)
    }

    private func track(_ code: TrackingCode) async throws -> TrackedJourney? {
        guard let state = try await record.journey(trackedBy: code), let service = catalogue()[state.service] else {
            return nil
        }
        let events = try await record.events(of: state.journey, agency: state.agency)
        var done: [(step: Slug, at: Instant)] = []
        for recorded in events.sorted(by: { $0.event.occurred < $1.event.occurred }) {
            guard recorded.event.kind == .step, let step = service.step(named: recorded.event.activity) else {
                continue
            }
            done.append((step.id, recorded.event.occurred))
        }
        var tracked = TrackedJourney(
            service: service, code: code, opened: state.opened, updated: state.lastOccurred, done: done,
            closed: state.closed, outcome: state.outcome,
            promise: state.promise.flatMap { ShownPromise($0, calendars: calendars(), now: now()) })
        tracked.withheld = try await withheld(service, state, events, Set(done.map(\.step)))
        return tracked
    }

    /// Forms a person on their own journey's page is not asked: not drawn, asked too often, or answered. Showing one is
    /// an offer, the same however often the page is opened.
    private func withheld(
        _ service: ServiceDefinition, _ state: JourneyState, _ events: [RecordedEvent], _ done: Set<Slug>
    ) async throws -> Set<Slug> {
        var withheld: Set<Slug> = []
        for place in service.touchpoints where place.channel == .web {
            guard let plan = place.ask, let form = service.forms.first(where: { $0.id == plan.form }),
                let after = form.askAfter, done.contains(after)
            else { continue }
            var ask = OfferAsk(
                agency: state.agency, service: service.id, form: form.id, channel: .web, touchpoint: place.id,
                solicited: .intercepted, journey: state.journey, person: nil, transaction: "journey:\(state.journey)",
                rules: plan.rules, at: now())
            ask.personKey = PersonOfJourney(events).key
            if try await !record.offer(ask).isOpen { withheld.insert(form.id) }
        }
        return withheld
    }

    private func outcome(_ code: TrackingCode, _ solved: JourneyState.Solved, _ words: String?) async throws {
        guard let state = try await record.journey(trackedBy: code) else {
            throw StorageError.refused("no request has this code; check it and try again.")
        }
        let at = now()
        let event = Event(
            agency: state.agency, service: state.service, journey: state.journey, source: "web",
            sourceID: "outcome/\(state.journey)/\(at.microseconds)", kind: .outcome, activity: "outcome", channel: .web,
            actor: Actor(.person), occurred: at, attributes: [JourneyState.Key.solved: .text(solved.rawValue)])
        var entries: [VaultEntry] = []
        if let words, !words.isEmpty {
            entries.append(VaultEntry(subject: .response(event), field: "words", text: words))
        }
        _ = try await record.append(Submission(events: [event], words: entries))
    }
}

/// Random numbers read from bytes that are random already, over and over.
struct ByteRandom: RandomNumberGenerator {
    private let bytes: [UInt8]
    private var counter: UInt64 = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> UInt64 {
        counter += 1
        let mac = HMAC<MessageDigest>.authenticationCode(
            for: Array("\(counter)".utf8), using: SymmetricKey(data: bytes))
        return mac.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
