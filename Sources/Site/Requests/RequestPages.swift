import Experience
import Hummingbird

/// Starting a request: the form, the date offered, and only then the sending.
struct RequestPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/services/:service/request", use: show)
        router.post("/services/:service/request", use: take)
    }

    private func definition(_ context: SiteContext) throws(SiteError) -> ServiceDefinition {
        let definition = try site.services.definition(context.parameters.get("service"))
        guard !definition.request.isEmpty else { throw .notFound }
        return definition
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let definition = try definition(context)
        return try site.render(RequestPage(definition, AnswerSheet(), site.format(context.language)), request, context)
    }

    private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try definition(context)
        let form = try await site.form(request, context)
        let format = site.format(context.language)
        let sheet = AnswerSheet(definition.request, form)
        if !sheet.problems.isEmpty || form["step"] == "change" {
            let shown = form["step"] == "change" ? sheet.withoutProblems : sheet
            return try site.render(
                RequestPage(definition, shown, format), request, context,
                status: shown.problems.isEmpty ? .ok : .unprocessableContent)
        }
        let quote = try await site.services.requests.quote(definition, sheet.kept)
        guard form["step"] == "send", let id = form["request_id"].flatMap({ TimeOrderedID($0) }) else {
            let page = ReviewPage(definition, sheet, quote, requestID: site.services.freshID(), format)
            return try site.render(page, request, context)
        }
        // The date can move between the offer and the sending: then it is offered again, never changed unseen.
        if let quote, form["offered"] != quote.due.description {
            let page = ReviewPage(definition, sheet, quote, requestID: id, format, dateMoved: true)
            return try site.render(page, request, context)
        }
        guard site.submissions.allows(context.place) else { throw SiteError.tooManyTries }
        let code = try await site.services.requests.start(
            NewRequest(
                id: id, service: definition, answers: sheet.kept, quote: quote, language: context.language))
        return site.redirect(to: Paths.tracked(code) + "?sent=1")
    }
}

extension AnswerSheet {
    var withoutProblems: AnswerSheet {
        var sheet = self
        sheet.problems = [:]
        return sheet
    }
}
