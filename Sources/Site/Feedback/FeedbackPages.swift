import Channels
import Experience
import Hummingbird

/// Giving feedback on the web.
struct FeedbackPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/services/:service/feedback/:form", use: show)
        router.post("/services/:service/feedback/:form", use: take)
        router.get("/services/:service/thanks", use: thanks)
    }

    private func find(_ context: SiteContext) throws(SiteError) -> (ServiceDefinition, FormDefinition) {
        let definition = try site.services.definition(context.parameters.get("service"))
        guard let form = definition.forms.first(where: { $0.id.text == context.parameters.get("form") }) else {
            throw .notFound
        }
        return (definition, form)
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let (definition, form) = try find(context)
        let query = site.query(request)
        let code = query["code"].flatMap { TrackingCode($0) }
        let door = site.door(query, definition, form)
        let page = FeedbackPage(
            definition, form, AnswerSheet(), code, responseID: site.services.freshID().description,
            site.format(context.language)
        ).with(site, door)
        return try site.render(page, request, context)
    }

    private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, form) = try find(context)
        let body = try await site.form(request, context)
        let format = site.format(context.language)
        let values = Dictionary(
            form.questions.map { ($0.id, AnswerSheet.values(of: $0, body)) }, uniquingKeysWith: { first, _ in first })
        var sheet = AnswerSheet(values: values, form.judge(values))
        if sheet.problems.isEmpty, sheet.isEmpty, let first = form.questions.first {
            sheet.problems[first.id] = .missing
        }
        let code = body["code"].flatMap { TrackingCode($0) }
        let door = site.door(body, definition, form)
        guard let id = body["response_id"].flatMap({ TimeOrderedID($0) }) else { throw SiteError.malformed }
        guard sheet.problems.isEmpty else {
            let page = FeedbackPage(definition, form, sheet, code, responseID: id.description, format)
                .with(site, door)
            return try site.render(page, request, context, status: .unprocessableContent)
        }
        let held = site.held(body, place: FeedbackPages.place(definition, form), response: id.description)
        var intake = ResponseIntake(.webPage, sender: context.address, held: held)
        var channel = Channel.web
        // A link that works once is one answer, however often it is sent.
        var responseID = id.description
        if let door = door?.door {
            intake = ResponseIntake(
                door.route, solicited: door.solicited, offer: door.offer, journey: door.journey,
                sender: door.route.isOpen ? context.address : nil, held: door.route.isOpen ? held : [])
            channel = door.route.channel
            if let invitation = door.invitation {
                guard try await site.services.channels.invitations.open(invitation)?.isUsed == false else {
                    throw SiteError.linkUsed
                }
                responseID = FormDoor.answer(to: invitation)
            }
        } else if code != nil {
            // Whoever came from their own journey's page was asked there.
            intake.solicited = .intercepted
        }
        try await site.services.feedback.submit(
            NewResponse(
                id: responseID, service: definition, form: form, answers: sheet.kept, channel: channel,
                touchpoint: door?.door.touchpoint, code: code, occurred: site.services.now(),
                language: context.language, intake: intake))
        if let invitation = door?.door.invitation {
            _ = try await site.services.channels.invitations.use(invitation)
        }
        if door?.door.isFramed == true { return site.redirect(to: Paths.widgetDone(context.language)) }
        if let journey = door?.door.journey, door?.door.route == .agent {
            return site.redirect(to: Paths.Staff.journey(definition.id, journey))
        }
        if let code { return site.redirect(to: Paths.tracked(code) + "?thanks=1") }
        return site.redirect(to: Paths.feedbackThanks(definition.id))
    }

    static func place(_ definition: ServiceDefinition, _ form: FormDefinition) -> String {
        "\(definition.id)/\(form.id)"
    }

    private func thanks(_ request: Request, _ context: SiteContext) throws -> Response {
        let definition = try site.services.definition(context.parameters.get("service"))
        let words = site.words(context.language)
        return try site.render(
            ThanksPage(
                title: words["thanks_title"], serviceTitle: definition.title[context.language],
                servicePath: Paths.service(definition.id)), request, context)
    }
}

struct ThanksPage: Page {
    static let template = "pages/thanks"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var homePath = Paths.home
}

/// A feedback form.
struct FeedbackPage: Page {
    static let template = "pages/feedback"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var action: String
    var fields: [QuestionField]
    var problems: ProblemSummary?
    var control: ControlNotice?
    var code: String?
    var responseID: String
    var place: String
    var ticket = Site.Ticket(text: "", bits: 0)
    var scripts: [String] { (isFramed ? ["frame.js"] : []) + (ticket.script.map { [$0] } ?? []) }

    var door: String?
    var isFramed = false
    var layout: Layout { isFramed ? .frame : .publicSite }

    /// With the ticket of this moment, and the door the person came through.
    func with(_ site: Site, _ door: (door: FormDoor, text: String)?) -> FeedbackPage {
        var page = self
        page.ticket = site.ticket(place, response: responseID)
        page.door = door?.text
        page.isFramed = door?.door.isFramed == true
        return page
    }

    init(
        _ definition: ServiceDefinition, _ form: FormDefinition, _ sheet: AnswerSheet, _ code: TrackingCode?,
        responseID: String, _ format: Format
    ) {
        let words = format.words
        fields = form.questions.map { QuestionField($0, sheet, words, FormFilling(form, service: definition)) }
        problems = ProblemSummary(fields, words)
        let plain = form.title[format.language]
        title = problems == nil ? plain : "\(words["problem_title_prefix"]) \(plain)"
        serviceTitle = definition.title[format.language]
        servicePath = Paths.service(definition.id)
        action = Paths.feedback(definition.id, form: form.id)
        control = definition.collection.map { ControlNotice($0, format) }
        self.code = code?.description
        self.responseID = responseID
        place = FeedbackPages.place(definition, form)
    }
}
