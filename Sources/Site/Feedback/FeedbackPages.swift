import Experience
import HTTPTypes
import Hummingbird

/// Giving feedback on the web: one page at a time, kept on the way, sent at the end.
struct FeedbackPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/services/:service/feedback/:form", use: show)
        router.post("/services/:service/feedback/:form", use: begin)
        router.get("/services/:service/feedback/:form/unsent/:code", use: goOn)
        router.post("/services/:service/feedback/:form/unsent/:code", use: take)
        router.get("/services/:service/feedback/:form/unsent/:code/saved", use: saved)
        router.get("/services/:service/thanks", use: thanks)
        router.get("/resume", use: resume)
        router.post("/resume", use: found)
    }

    func find(_ context: SiteContext) throws(SiteError) -> (ServiceDefinition, FormDefinition) {
        let definition = try site.services.definition(context.parameters.get("service"))
        guard let form = definition.forms.first(where: { $0.id.text == context.parameters.get("form") }) else {
            throw .notFound
        }
        return (definition, form)
    }

    /// Where floods are told from busy days, and what a door leads to.
    static func place(_ definition: ServiceDefinition, _ form: FormDefinition) -> String {
        "\(definition.id)/\(form.id)"
    }

    // MARK: The first page

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let (definition, form) = try find(context)
        let query = site.query(request)
        let response = site.services.freshID()
        let passage = site.passage(
            site.door(query, definition, form), definition, form, response: response, context.language)
        if let closed = try closed(definition, form, passage, request, context) { return closed }
        var sheet = FormSheet(definition, form)
        guard let page = sheet.firstPage.flatMap(form.page(_:)) else { throw SiteError.notFound }
        for question in form.questions where question.kind == .hidden {
            if let value = query[question.id.text] { sheet.values[question.id] = [value] }
        }
        let view = FormView(
            sheet, page, action: Paths.feedback(definition.id, form: form.id),
            hidden: hidden(
                sheet, response: response, code: query["code"].flatMap { TrackingCode($0) },
                touchpoint: query["at"].flatMap { Slug($0) }), isSaved: false, showsProblems: false,
            site.format(context.language)
        ).carrying(passage)
        return try site.render(view, request, context)
    }

    /// What the first page carries on, as nothing is kept before it is sent.
    private func hidden(
        _ sheet: FormSheet, response: TimeOrderedID, code: TrackingCode?, touchpoint: Slug?
    ) -> [FormView.Hidden] {
        var hidden = [FormView.Hidden(name: "response_id", value: response.description)]
        if let code { hidden.append(.init(name: "code", value: code.description)) }
        if let touchpoint { hidden.append(.init(name: "at", value: touchpoint.text)) }
        for question in sheet.form.questions where question.kind == .hidden {
            for value in sheet.values[question.id] ?? [] {
                hidden.append(.init(name: AnswerSheet.field(question.id), value: value))
            }
        }
        return hidden
    }

    private func begin(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, form) = try find(context)
        let body = try await site.form(request, context, uploads: form.uploadLimit)
        guard let id = body["response_id"].flatMap({ TimeOrderedID($0) }) else { throw SiteError.malformed }
        let passage = site.passage(
            site.door(body, definition, form), definition, form, response: id, context.language)
        if let closed = try closed(definition, form, passage, request, context) { return closed }
        var sheet = FormSheet(definition, form)
        guard let page = sheet.firstPage.flatMap(form.page(_:)) else { throw SiteError.notFound }
        let code = body["code"].flatMap { TrackingCode($0) }
        let place = body["at"].flatMap { Slug($0) }.flatMap { at in
            definition.touchpoints.contains { $0.id == at } ? at : nil
        }
        sheet.take(body, page: page)
        var files = sheet.take(body.uploads, page: page)
        let refusal = await site.scan(&files, of: &sheet, page: page, context)
        let judged = sheet.judge(through: page.id)
        let isSave = body["then"] == "save"
        let (isWrong, hasMore) = verdict(sheet, judged, page, body)
        // A form of one page without any answer is a slip, not a response.
        let isEmpty = judged.isGood && judged.isEmpty && form.pages.count == 1
        // A file that was refused is said whatever was wanted next: nobody should think it was saved.
        if refusal != nil || (!isSave && (isWrong || hasMore || isEmpty)) {
            var view = FormView(
                sheet, page, action: Paths.feedback(definition.id, form: form.id),
                hidden: hidden(sheet, response: id, code: code, touchpoint: place), isSaved: false,
                showsProblems: isWrong || refusal != nil, hasMore: hasMore, site.format(context.language)
            ).carrying(passage)
            if isEmpty, !hasMore { view.mark(page.questions.first(where: \.isAsked), site.format(context.language)) }
            let status = refusal ?? (isWrong || !hasMore ? .unprocessableContent : .ok)
            return try site.render(view, request, context, status: status)
        }
        let isEarly = body["then"] == "finish" && page.mayFinish
        if !isSave, isEarly || (judged.reachesEnd && !form.asksReview) {
            return try await send(
                sheet, judged, files: files, id: id, journey: code, touchpoint: place, passage, body, context)
        }
        // What is kept before it is sent takes up room: how much one address may begin is bounded, unlike sending.
        guard site.submissions.allows(context.place) else { throw SiteError.tooManyTries }
        let key = site.services.freshCode()
        var unsent = UnsentAnswers(
            agency: definition.agency, service: definition.id, form: form.id, version: form.version, response: id,
            values: sheet.values, journey: code, touchpoint: place, door: passage.doorText, expires: expiry)
        try await keep(&unsent, sheet, judged, key, files)
        let next = judged.reachesEnd ? nil : nextPage(sheet, after: page)
        return site.redirect(
            to: passage.path(
                isSave
                    ? Paths.savedAnswers(definition.id, form: form.id, key)
                    : Paths.unsent(definition.id, form: form.id, key, page: next)))
    }

    // MARK: The pages after it

    /// Unsent answers, with the form in the version they were begun in.
    func unsent(_ context: SiteContext) async throws -> (TrackingCode, UnsentAnswers, FormSheet) {
        let (definition, current) = try find(context)
        guard let code = context.parameters.get("code").flatMap({ TrackingCode($0) }),
            let unsent = try await site.services.unsent.answers(code, definition.agency),
            unsent.service == definition.id, unsent.form == current.id
        else {
            // Guessing is held back; a link that works is not.
            guard site.lookups.allows(context.place) else { throw SiteError.tooManyTries }
            throw SiteError.answersUnknown
        }
        var form = current
        if unsent.version != current.version {
            guard let old = try await site.services.unsent.version(definition, unsent.form, unsent.version) else {
                throw SiteError.answersUnknown
            }
            form = old
        }
        return (code, unsent, FormSheet(definition, form, values: unsent.values))
    }

    private func goOn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (code, unsent, sheet) = try await unsent(context)
        let passage = site.passage(of: unsent, sheet.service, sheet.form, context.language)
        if let closed = try closed(sheet.service, sheet.form, passage, request, context) { return closed }
        let judged = sheet.judge()
        let query = site.query(request)
        let action = Paths.unsent(sheet.service.id, form: sheet.form.id, code, page: nil)
        let asked = query["page"].flatMap { Slug($0) }
        let format = site.format(context.language)
        if asked == nil, judged.reachesEnd, judged.isGood, sheet.form.asksReview {
            return try site.render(AnswersView(sheet, action: action, format).carrying(passage), request, context)
        }
        // A page the way doesn't pass is answered with the first that wants something.
        let wanted = asked.flatMap { judged.path.contains($0) ? $0 : nil } ?? firstOpen(sheet, judged)
        guard let page = wanted.flatMap(sheet.form.page(_:)) else { throw SiteError.notFound }
        let view = FormView(
            sheet, page, action: action, hidden: [], isSaved: true, showsProblems: query["check"] == "1", format
        ).carrying(passage)
        return try site.render(view, request, context)
    }

    private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        var (code, unsent, sheet) = try await unsent(context)
        let form = sheet.form
        let passage = site.passage(of: unsent, sheet.service, form, context.language)
        if let closed = try closed(sheet.service, form, passage, request, context) { return closed }
        let body = try await site.form(request, context, uploads: form.uploadLimit)
        let action = Paths.unsent(sheet.service.id, form: form.id, code, page: nil)
        if body["then"] == "send" {
            let judged = sheet.judge()
            guard judged.isGood else {
                let open = firstOpen(sheet, judged)
                return site.redirect(
                    to: passage.path(
                        Paths.unsent(sheet.service.id, form: form.id, code, page: open, checks: true)))
            }
            return try await send(
                sheet, judged, files: [:], id: unsent.response, journey: unsent.journey,
                touchpoint: unsent.touchpoint, unsent: code, passage, body, context)
        }
        guard let page = body["page"].flatMap({ Slug($0) }).flatMap(form.page(_:)) else { throw SiteError.malformed }
        sheet.take(body, page: page)
        var files = sheet.take(body.uploads, page: page)
        let refusal = await site.scan(&files, of: &sheet, page: page, context)
        let judged = sheet.judge(through: page.id)
        switch body["then"] {
        case "save" where refusal == nil, "back" where refusal == nil:
            try await keep(&unsent, sheet, judged, code, files)
            if body["then"] == "save" {
                return site.redirect(to: passage.path(Paths.savedAnswers(sheet.service.id, form: form.id, code)))
            }
            let at = judged.path.firstIndex(of: page.id) ?? 0
            let back = at > 0 ? judged.path[at - 1] : judged.path.first
            return site.redirect(to: passage.path(Paths.unsent(sheet.service.id, form: form.id, code, page: back)))
        default: break
        }
        let (isWrong, hasMore) = verdict(sheet, judged, page, body)
        if isWrong || hasMore || refusal != nil {
            let view = FormView(
                sheet, page, action: action, hidden: [], isSaved: true, showsProblems: isWrong || refusal != nil,
                hasMore: hasMore,
                site.format(context.language)
            ).carrying(passage)
            let status = refusal ?? (isWrong ? .unprocessableContent : .ok)
            return try site.render(view, request, context, status: status)
        }
        let isEarly = body["then"] == "finish" && page.mayFinish
        if judged.isGood, isEarly || (judged.reachesEnd && !form.asksReview) {
            return try await send(
                sheet, judged, files: files, id: unsent.response, journey: unsent.journey,
                touchpoint: unsent.touchpoint, unsent: code, passage, body, context)
        }
        try await keep(&unsent, sheet, judged, code, files)
        let next = judged.reachesEnd ? nil : nextPage(sheet, after: page)
        return site.redirect(to: passage.path(Paths.unsent(sheet.service.id, form: form.id, code, page: next)))
    }
}
