import Channels
import Experience
import Hummingbird

/// Forms opened by a link that works once, and by an agent while the person is on the line.
struct InvitationPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/i/:token", use: follow)
        router.get("/staff/services/:service/journeys/:journey/ask/:form", use: phone)
    }

    /// Mail programs look at links before people do: following one uses nothing up, only sending does.
    private func follow(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let token = context.text("token"),
            VisitMiddleware.isToken(token), site.lookups.allows(context.place),
            let opened = try await site.services.channels.invitations.open(token)
        else { throw SiteError.linkUsed }
        site.lookups.giveBack(context.place)
        let definition = try site.services.definition(opened.service.text)
        guard !opened.isExpired, !opened.isUsed, let form = definition.forms.first(where: { $0.id == opened.form })
        else { throw SiteError.linkUsed }
        let door = FormDoor(
            .invitation, offer: opened.offer, journey: opened.journey, invitation: token,
            expires: site.services.now().advanced(by: 2 * Instant.day))
        return site.redirect(
            to: Paths.feedback(definition.id, form: form.id)
                + Paths.query([
                    ("door", site.text(of: door, definition, form)),
                    (LanguageChoice.parameter, site.query(request)["language"]),
                ]))
    }

    /// The form with the journey known. Asking is an offer like any other: the person may have been asked before.
    private func phone(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, _) = try site.staffService(request, context, atLeast: .caseworker)
        guard let form = definition.forms.first(where: { $0.id.text == context.parameters.get("form") }) else {
            throw SiteError.notFound
        }
        guard
            let journey = context.journey,
            try await site.services.staff.journey(definition, journey) != nil
        else { throw SiteError.journeyUnknown }
        let transaction = "journey:\(journey.text)"
        let decision = try await site.services.channels.offer(
            OfferAsk(
                agency: definition.agency, service: definition.id, form: form.id, channel: .phone,
                touchpoint: definition.touchpoints.first { $0.channel == .phone }?.id, solicited: .invited,
                journey: journey, person: transaction, transaction: transaction, rules: .onRequest,
                at: site.services.now()))
        let door = FormDoor(
            .agent, touchpoint: definition.touchpoints.first { $0.channel == .phone }?.id,
            offer: decision.isOpen
                ? try await site.services.channels.offerKey(definition, transaction) : nil,
            journey: journey, expires: site.services.now().advanced(by: Instant.day))
        return site.redirect(
            to: Paths.feedback(definition.id, form: form.id)
                + Paths.query([("door", site.text(of: door, definition, form))]))
    }
}

extension AskRules {
    /// Somebody asked by name: no draw and no waiting; one survey a transaction all the same.
    static let onRequest = AskRules(share: 1, seed: 1, quietDays: 0, atMost: 1_000, withinDays: 365)
}
