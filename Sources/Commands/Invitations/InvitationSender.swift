internal import Experience
internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import Site
internal import Storage

/// Asks people by mail when the step a form waits for is done, where a touchpoint of channel email asks that form. Who
/// is asked is decided as everywhere: once a transaction, drawn, not too often.
struct InvitationSender: Service {
    let record: Record
    let services: @Sendable () -> [ServiceDefinition]
    let publicURL: String
    let now: @Sendable () -> Instant
    let logger: Logger
    /// A link works so long.
    static let days: Int64 = 30
    /// What happened longer ago is not asked about any more, whenever it is read.
    static let fresh = Instant.day

    func run() async throws {
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
    func look(_ recorded: RecordedEvent) async throws(StorageError) -> Bool {
        let event = recorded.event
        guard event.kind == .step, !event.journey.isUnattached,
            recorded.recorded > now().advanced(by: -Self.fresh),
            let service = services().first(where: { $0.id == event.service && $0.agency == event.agency }),
            let step = service.step(named: event.activity)?.id,
            let place = service.touchpoints.first(where: { place in
                place.channel == .email && service.forms.contains { $0.id == place.ask?.form && $0.askAfter == step }
            }), let plan = place.ask, let field = service.request.first(where: { $0.kind == .email })?.id.text,
            try await record.keeps(field, of: .person(event.journey, agency: event.agency))
        else { return false }
        let transaction = "journey:\(event.journey)"
        let events = try await record.events(of: event.journey, agency: event.agency)
        let about = PersonOfJourney(events)
        var ask = OfferAsk(
            agency: event.agency, service: service.id, form: plan.form, channel: .email, touchpoint: place.id,
            solicited: .invited, journey: event.journey, person: nil, transaction: transaction, rules: plan.rules,
            at: now())
        ask.personKey = about.key
        guard case .offered(isNew: true) = try await record.offer(ask) else { return false }
        let token = try await record.invite(
            FormInvitation(
                agency: event.agency, service: service.id, form: plan.form, journey: event.journey,
                offer: try record.transactionKey(transaction, service: service.id, agency: event.agency),
                expires: now().advanced(by: Self.days * Instant.day)))
        let link = publicURL + Paths.invitation(token) + Paths.query([("language", about.language.rawValue)])
        let words = InvitationWords.mail(service, link: link)
        let queued = try await record.queueMessage(
            OutgoingMessage(
                agency: event.agency, to: .person(event.journey, field: field), language: about.language,
                subject: words.subject[about.language], body: words.body[about.language], purpose: "survey",
                dedupeKey: "survey/\(service.id)/\(plan.form)/\(event.journey)"))
        if case .queued = queued { return true }
        return false
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
