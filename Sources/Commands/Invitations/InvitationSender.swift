internal import Channels
package import Experience
internal import Foundation
package import Logging
internal import ServiceLifecycle
internal import Site
package import Storage

/// Asks people by mail or text message when the step a form waits for is done, where a touchpoint of that channel asks
/// the form. Who is asked is decided as everywhere: once a transaction, drawn, not too often, never after STOP.
package struct InvitationSender: Service {
    let record: Record
    let services: @Sendable () -> [ServiceDefinition]
    /// Nil where no mail is sent.
    let publicURL: String?
    let sendsTexts: Bool
    /// In which it must be day when a text message goes out.
    let zone: String
    let now: @Sendable () -> Instant
    let logger: Logger
    /// A link works so long.
    static let days: Int64 = 30
    /// What happened longer ago is not asked about any more, whenever it is read.
    static let fresh = Instant.day
    /// Texts go out from eight in the morning to nine in the evening, as the law on calls to people's homes has it.
    static let daytime = 8..<21

    package init(
        record: Record, services: @escaping @Sendable () -> [ServiceDefinition], publicURL: String?, sendsTexts: Bool,
        zone: String, now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.record = record
        self.services = services
        self.publicURL = publicURL
        self.sendsTexts = sendsTexts
        self.zone = zone
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            // Looks back a little, so that a restart loses nobody; being asked twice is ruled out by the offer.
            var sequence = max(0, ((try? await record.lastSequence()) ?? 0) - 20_000)
            while !Task.isCancelled {
                do {
                    let events = try await record.tail(after: sequence)
                    for recorded in events {
                        try await look(recorded)
                        sequence = recorded.sequence
                    }
                    if events.isEmpty { try? await Task.sleep(for: .seconds(5)) }
                } catch {
                    if Task.isCancelled { break }
                    logger.error("people could not be invited", metadata: ["reason": "\(error)"])
                    try? await Task.sleep(for: .seconds(30))
                }
            }
        }
    }

    /// Invites the person of an event's journey where a form waits for it; gives whether a message was queued.
    @discardableResult
    package func look(_ recorded: RecordedEvent) async throws(StorageError) -> Bool {
        let event = recorded.event
        guard event.kind == .step, !event.journey.isUnattached,
            recorded.recorded > now().advanced(by: -Self.fresh),
            let service = services().first(where: { $0.id == event.service && $0.agency == event.agency }),
            let step = service.step(named: event.activity)?.id
        else { return false }
        let places = service.touchpoints.filter { place in
            sends(by: place)
                && service.forms.contains { $0.id == place.ask?.form && $0.askAfter == step && !$0.isClosed }
        }
        guard !places.isEmpty else { return false }
        let ways = try await Reach(record: record).person(event.journey, service)
        for place in places {
            guard let plan = place.ask, let form = service.forms.first(where: { $0.id == plan.form }),
                let way = ways.first(where: { $0.channel == (place.channel == .sms ? .sms : .email) })
            else { continue }
            let events = try await record.events(of: event.journey, agency: event.agency)
            let asking = Asking(
                service: service, form: form, place: place, plan: plan, journey: event.journey,
                about: PersonOfJourney(events), way: way)
            return place.channel == .sms ? try await text(asking) : try await mail(asking)
        }
        return false
    }

    /// A touchpoint of text messages with a keyword waits for people to write; without one, we do.
    private func sends(by place: ServiceDefinition.Touchpoint) -> Bool {
        switch place.channel {
        case .email: publicURL != nil
        case .sms: sendsTexts && place.keyword == nil
        default: false
        }
    }

    private struct Asking {
        var service: ServiceDefinition
        var form: FormDefinition
        var place: ServiceDefinition.Touchpoint
        var plan: AskPlan
        var journey: JourneyID
        var about: PersonOfJourney
        var way: Reach.Way

        var transaction: String { "journey:\(journey)" }
        var dedupeKey: String { "survey/\(service.id)/\(form.id)/\(journey)" }

        func ask(_ channel: Channel, at now: Instant) -> OfferAsk {
            var ask = OfferAsk(
                agency: service.agency, service: service.id, form: form.id, channel: channel, touchpoint: place.id,
                solicited: .invited, journey: journey, person: nil, transaction: transaction, rules: plan.rules,
                at: now)
            ask.personKey = about.key
            return ask
        }
    }

    private func mail(_ asking: Asking) async throws(StorageError) -> Bool {
        guard let publicURL, case .offered(isNew: true) = try await record.offer(asking.ask(.email, at: now())) else {
            return false
        }
        let service = asking.service
        let token = try await record.invite(
            FormInvitation(
                agency: service.agency, service: service.id, form: asking.form.id, journey: asking.journey,
                offer: try record.transactionKey(asking.transaction, service: service.id, agency: service.agency),
                expires: now().advanced(by: Self.days * Instant.day)))
        let language = asking.about.language
        let link = publicURL + Paths.invitation(token) + Paths.query([("language", language.rawValue)])
        let words = InvitationWords.mail(service, link: link)
        let queued = try await record.queueMessage(
            OutgoingMessage(
                agency: service.agency, to: .person(asking.journey, field: asking.way.field), language: language,
                subject: words.subject[language], body: words.body[language], purpose: "survey",
                dedupeKey: asking.dedupeKey))
        if case .queued = queued { return true }
        return false
    }

    /// Begins the conversation: the first question is the invitation, and the reply to it the first answer.
    private func text(_ asking: Asking) async throws(StorageError) -> Bool {
        let service = asking.service
        let subject = asking.way.subject
        guard let typed = try await record.words(of: subject, reader: "system")[asking.way.field],
            let number = PhoneNumber(typed)
        else { return false }
        var ask = asking.ask(.sms, at: now())
        // The number is who writes back: what was offered to it, and a STOP from it, count like the journey's own mark.
        if ask.personKey == nil { ask.person = number.text } else { ask.alsoKnownAs = [number.text] }
        guard case .offered(isNew: true) = try await record.offer(ask) else { return false }
        let key = try record.transactionKey(asking.transaction, service: service.id, agency: service.agency)
        let at = Self.daytime(now(), in: zone)
        let step = ConversationTaker(
            services: [service], medium: .sms, now: at, freshID: UUID().uuidString.lowercased()
        )
        .begin(
            service, asking.form, asking.place.id, asking.about.language, solicited: .invited, offer: key,
            journey: asking.journey)
        guard let conversation = step.conversation else { return false }
        try await record.begin(conversation, with: number.text, channel: .sms, agency: service.agency)
        let queued = try await record.queueMessage(
            OutgoingMessage(
                agency: service.agency, channel: .sms, to: .person(asking.journey, field: asking.way.field),
                language: asking.about.language, subject: "", body: step.reply, purpose: "survey",
                dedupeKey: asking.dedupeKey, notBefore: at))
        if case .queued = queued { return true }
        return false
    }

    /// The time itself by day, else the next morning.
    static func daytime(_ at: Instant, in zone: String) -> Instant {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        let date = Date(timeIntervalSince1970: Double(at.microseconds) / 1e6)
        let hour = calendar.component(.hour, from: date)
        guard !daytime.contains(hour) else { return at }
        let morning = calendar.nextDate(
            after: date, matching: DateComponents(hour: daytime.lowerBound, minute: 0), matchingPolicy: .nextTime)
        return morning.map { Instant(microseconds: Int64($0.timeIntervalSince1970 * 1e6)) } ?? at
    }
}

/// What a journey's own events tell of its person: a keyed hash and the language they chose. No personal data.
struct PersonOfJourney {
    static let attribute = "person"
    var key: String?
    var language: Language

    init(_ events: [RecordedEvent]) {
        func text(_ name: String) -> String? {
            for recorded in events where recorded.event.kind == .step {
                if case .text(let text)? = recorded.event.attributes[name] { return text }
            }
            return nil
        }
        key = text(Self.attribute)
        language = text(ResponseKey.language).flatMap(Language.init(rawValue:)) ?? .en
    }
}

enum InvitationWords {
    static func mail(_ service: ServiceDefinition, link: String) -> (subject: LocalText, body: LocalText) {
        let subject = LocalText(
            en: "How did it go? \(service.title.en)", es: "¿Cómo le fue? \(service.title.es)")
        let minutes = service.collection.map { $0.controlNumber }
        let control = LocalText(
            en: minutes.map { "\n\nOMB control number \($0)." } ?? "",
            es: minutes.map { "\n\nNúmero de control OMB \($0)." } ?? "")
        let body = LocalText(
            en:
                "You used a service of \(service.agencyName.en): \(service.title.en).\n\nPlease tell us how it went. The "
                + "link works once and for \(InvitationSender.days) days:\n\(link)\n\nAnswering is up to you and changes "
                + "nothing about your request.\(control.en)",
            es: "Usted usó un servicio de \(service.agencyName.es): \(service.title.es).\n\nCuéntenos cómo le fue. El "
                + "enlace funciona una sola vez y durante \(InvitationSender.days) días:\n\(link)\n\nResponder es "
                + "voluntario y no cambia nada de su solicitud.\(control.es)")
        return (subject, body)
    }
}
