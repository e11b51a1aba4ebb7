import Experience
import Hummingbird

/// Coming back to answers not yet sent, and the thanks at the end.
extension FeedbackPages {
    func saved(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (code, unsent, sheet) = try await unsent(context)
        let passage = site.passage(of: unsent, sheet.service, sheet.form, context.language)
        let path = passage.path(Paths.unsent(sheet.service.id, form: sheet.form.id, code, page: nil))
        var view = SavedView(
            sheet.service, code, until: unsent.expires, link: site.origin(request) + path, path: path,
            site.format(context.language))
        view.isFramed = passage.isFramed
        return try site.render(view, request, context)
    }

    func resume(_ request: Request, _ context: SiteContext) throws -> Response {
        try resume(nil, "", request, context)
    }

    func resume(
        _ problem: String?, _ code: String, _ request: Request, _ context: SiteContext
    ) throws -> Response {
        let words = site.words(context.language)
        let title = words["resume_title"]
        return try site.render(
            ResumeView(
                title: words.title(title, hasProblem: problem != nil), code: code,
                problem: problem.map { words[$0] },
                resumeLead: words["resume_lead", ["n": NumberText.whole(Int(UnsentAnswers.keptDays))]]),
            request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    func found(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await site.form(request, context)
        guard site.lookups.allows(context.place) else { throw SiteError.tooManyTries }
        let typed = String((body["code"] ?? "").prefix(40))
        guard let code = TrackingCode(typed) else { return try resume("resume_malformed", typed, request, context) }
        for agency in Set(site.services.definitions().map(\.agency)).sorted() {
            if let unsent = try await site.services.unsent.answers(code, agency) {
                return site.redirect(to: Paths.unsent(unsent.service, form: unsent.form, code, page: nil))
            }
        }
        return try resume("resume_unknown", typed, request, context)
    }

    func thanks(_ request: Request, _ context: SiteContext) throws -> Response {
        let definition = try site.services.definition(context.parameters.get("service"))
        let form = site.query(request)["form"].flatMap { name in definition.forms.first { $0.id.text == name } }
        let words = site.words(context.language)
        return try site.render(
            ThanksPage(
                title: words["thanks_title"],
                text: form.flatMap { form in
                    form.thanks.map { FormFilling(form, service: definition).text($0, context.language) }
                }, serviceTitle: definition.title[context.language], servicePath: Paths.service(definition.id)),
            request, context)
    }
}
