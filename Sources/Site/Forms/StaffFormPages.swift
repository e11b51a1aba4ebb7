import Experience
import HTTPTypes
import Hummingbird

/// Writing forms: for owners. Everything is a plain form post; every change is kept as a draft and noted.
struct StaffFormPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/forms", use: list)
        router.post("/staff/forms", use: create)
        router.get("/staff/forms/:service/:form", use: overview)
        router.post("/staff/forms/:service/:form", use: arrange)
        router.post("/staff/forms/:service/:form/step", use: step)
        router.get("/staff/forms/:service/:form/settings", use: settings)
        router.post("/staff/forms/:service/:form/settings", use: saveSettings)
        router.get("/staff/forms/:service/:form/pages/:page", use: page)
        router.post("/staff/forms/:service/:form/pages/:page", use: savePage)
        router.get("/staff/forms/:service/:form/questions/:question", use: question)
        router.post("/staff/forms/:service/:form/questions/:question", use: saveQuestion)
        router.get("/staff/forms/:service/:form/yaml", use: yaml)
        router.post("/staff/forms/:service/:form/yaml", use: saveYAML)
        router.get("/staff/forms/:service/:form/download", use: download)
        router.get("/staff/forms/:service/:form/preview", use: preview)
        router.post("/staff/forms/:service/:form/preview", use: tryPage)
    }

    // MARK: The list

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await list(nil, request, context)
    }

    private func list(_ problem: String?, _ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context, atLeast: .owner)
        let entries = try await site.services.forms.all().filter { account.maySee($0.service.agency) }
        let services = site.services.definitions().filter { account.maySee($0.agency) }
        let page = FormListPage(
            entries, services: services, ready: site.services.forms.ready(), problem: problem,
            site.format(context.language))
        return try site.render(page, request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func create(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context, atLeast: .owner)
        let body = try await site.form(request, context)
        let words = site.words(context.language)
        guard let service = site.services.definitions().first(where: { $0.id.text == body["service"] }),
            account.maySee(service.agency)
        else { throw SiteError.notFound }
        guard let id = Slug((body["id"] ?? "").trimmingEnds) else {
            return try await list(words["forms_name_malformed"], request, context)
        }
        if try await site.services.forms.entry(service.id, id) != nil {
            return try await list(words["forms_name_taken"], request, context)
        }
        var form =
            site.services.forms.ready().first { $0.id.text == body["from"] }
            ?? FormDefinition(id: id, title: LocalText(en: "", es: ""), questions: [])
        form.id = id
        form.version = 1
        _ = try await site.services.forms.save(service.id, form, 0, account.id)
        return site.redirect(to: Paths.Staff.form(service.id, id))
    }

    // MARK: One form

    /// The form, for somebody who may write it.
    private func find(_ request: Request, _ context: SiteContext) async throws -> (FormEntry, StaffAccount) {
        let account = try site.staff(request, context, atLeast: .owner)
        guard let service = context.slug("service"), let form = context.slug("form"),
            let entry = try await site.services.forms.entry(service, form), entry.current != nil,
            account.maySee(entry.service.agency)
        else { throw SiteError.notFound }
        return (entry, account)
    }

    private func overview(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await find(request, context)
        let notice = site.query(request)["said"].flatMap { said in
            ["saved", "conflict", "errors", "not_now", "done"].contains(said)
                ? site.words(context.language)["form_said_\(said)"] : nil
        }
        let versions = try await site.services.forms.versions(entry.service.id, entry.id)
        let accounts = try await site.services.access.accounts()
        let names = Dictionary(accounts.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        return try site.render(
            FormOverviewPage(entry, versions: versions, names: names, notice: notice, site.format(context.language)),
            request, context)
    }

    /// Keeps a changed draft and goes back with what came of it.
    private func save(
        _ entry: FormEntry, _ form: FormDefinition, _ body: FormBody, _ account: StaffAccount, to path: String? = nil
    ) async throws -> Response {
        let revision = body["revision"].flatMap { Int64($0) } ?? entry.revision
        let home = Paths.Staff.form(entry.service.id, entry.id)
        switch try await site.services.forms.save(entry.service.id, form, revision, account.id) {
        case .done: return site.redirect(to: path ?? home + "?said=saved")
        case .conflict, .refused: return site.redirect(to: home + "?said=conflict")
        }
    }

    private func arrange(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, account) = try await find(request, context)
        let body = try await site.form(request, context)
        guard var form = entry.current else { throw SiteError.notFound }
        let home = Paths.Staff.form(entry.service.id, entry.id)
        var path: String?
        let (page, question) = (body["page"].flatMap { Slug($0) }, body["question"].flatMap { Slug($0) })
        switch body["do"] {
        case "up", "down":
            let down = body["do"] == "down"
            if let question {
                form.move(question: question, down: down)
            } else if let page {
                form.move(page: page, down: down)
            }
            path = home + (question.map { "#q-\($0)" } ?? page.map { "#p-\($0)" } ?? "")
        case "remove":
            if let question {
                form.remove(question: question)
            } else if let page {
                form.pages.removeAll { $0.id == page }
            }
        case "add-page":
            let id = form.freshPageName()
            form.pages.append(FormPage(id: id, questions: []))
            path = home + "#p-\(id)"
        case "add-question":
            guard let page, form.page(page) != nil, let kind = body["kind"].flatMap(Question.Kind.init(rawValue:))
            else { throw SiteError.malformed }
            let id = form.freshQuestionName("question")
            form.add(Question(id: id, kind: kind, text: LocalText(en: "", es: "")), to: page)
            path = Paths.Staff.formQuestion(entry.service.id, entry.id, question: id)
        default: throw SiteError.malformed
        }
        return try await save(entry, form, body, account, to: path)
    }

    private func step(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, account) = try await find(request, context)
        let body = try await site.form(request, context)
        guard let step = body["step"].flatMap(FormLifecycle.Step.init(rawValue:)) else { throw SiteError.malformed }
        let revision = body["revision"].flatMap { Int64($0) } ?? entry.revision
        let home = Paths.Staff.form(entry.service.id, entry.id)
        switch try await site.services.forms.step(entry.service.id, entry.id, step, revision, account.id) {
        case .done(let now): return site.redirect(to: now.current == nil ? Paths.Staff.forms : home + "?said=done")
        case .conflict: return site.redirect(to: home + "?said=conflict")
        case .refused(.hasErrors): return site.redirect(to: home + "?said=errors")
        case .refused(.notNow): return site.redirect(to: home + "?said=not_now")
        }
    }

    // MARK: Its parts

    private func settings(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await find(request, context)
        return try site.render(FormSettingsPage(entry, nil, site.format(context.language)), request, context)
    }

    private func saveSettings(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, account) = try await find(request, context)
        let body = try await site.form(request, context)
        guard var form = entry.current else { throw SiteError.notFound }
        guard FormSettingsPage.take(body, into: &form, entry.service) else {
            return try site.render(
                FormSettingsPage(entry, form, site.format(context.language)), request, context,
                status: .unprocessableContent)
        }
        return try await save(entry, form, body, account)
    }

    private func page(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await find(request, context)
        guard let page = context.slug("page").flatMap({ entry.current?.page($0) }) else { throw SiteError.notFound }
        return try site.render(FormPageEditor(entry, page, site.format(context.language)), request, context)
    }

    private func savePage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, account) = try await find(request, context)
        let body = try await site.form(request, context)
        guard var form = entry.current, let id = context.slug("page"), form.page(id) != nil else {
            throw SiteError.notFound
        }
        form.change(page: id) { FormPageEditor.take(body, into: &$0) }
        return try await save(
            entry, form, body, account, to: Paths.Staff.form(entry.service.id, entry.id) + "?said=saved#p-\(id)")
    }

    private func question(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await find(request, context)
        guard let question = context.slug("question").flatMap({ entry.current?.question($0) }) else {
            throw SiteError.notFound
        }
        return try site.render(QuestionEditor(entry, question, site.format(context.language)), request, context)
    }

    private func saveQuestion(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, account) = try await find(request, context)
        let body = try await site.form(request, context)
        guard var form = entry.current, let id = context.slug("question"), form.question(id) != nil else {
            throw SiteError.notFound
        }
        form.change(question: id) { QuestionEditor.take(body, into: &$0) }
        var name = id
        if let new = Slug((body["id"] ?? "").trimmingEnds), new != id, form.question(new) == nil {
            form.rename(question: id, to: new)
            name = new
        }
        let path =
            body["then"] == "more"
            ? Paths.Staff.formQuestion(entry.service.id, entry.id, question: name)
            : Paths.Staff.form(entry.service.id, entry.id) + "?said=saved#q-\(name)"
        return try await save(entry, form, body, account, to: path)
    }
}

extension StaffFormPages {
    // MARK: YAML

    private func yaml(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await find(request, context)
        guard let form = entry.current else { throw SiteError.notFound }
        return try site.render(
            FormTextPage(entry, site.services.forms.write(form), [], site.format(context.language)), request, context)
    }

    private func saveYAML(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, account) = try await find(request, context)
        let body = try await site.form(request, context, limit: 2 << 20, uploads: 2 << 20)
        var text = body["yaml"] ?? ""
        if let upload = body.uploads.first(where: { $0.name == "file" }), !upload.bytes.isEmpty {
            text = String(decoding: upload.bytes, as: UTF8.self)
        }
        let read = site.services.forms.read(text, entry.service)
        guard var form = read.form, read.isSound || body["then"] == "draft" else {
            return try site.render(
                FormTextPage(entry, text, read.findings, site.format(context.language), canKeep: read.form != nil),
                request, context, status: .unprocessableContent)
        }
        form.id = entry.id
        return try await save(entry, form, body, account)
    }

    private func download(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await find(request, context)
        guard let form = try await shown(entry, request) else { throw SiteError.notFound }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/yaml; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(form.id)-v\(form.version).yaml\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: site.services.forms.write(form))))
    }

    /// The version asked for, or what is being written.
    private func shown(_ entry: FormEntry, _ request: Request) async throws -> FormDefinition? {
        guard let number = site.query(request)["version"].flatMap({ Int($0) }) else { return entry.current }
        return try await site.services.forms.version(entry.service.id, entry.id, number)
    }

    // MARK: Preview

    private func preview(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await find(request, context)
        guard let form = try await shown(entry, request) else { throw SiteError.notFound }
        let sheet = FormSheet(entry.service, form)
        let page = site.query(request)["page"].flatMap { Slug($0) } ?? sheet.firstPage
        return try show(sheet, page.flatMap(form.page(_:)), entry, false, request, context)
    }

    private func tryPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await find(request, context)
        let body = try await site.form(request, context, uploads: 12 << 20)
        guard let form = try await shown(entry, request) else { throw SiteError.notFound }
        var sheet = FormSheet(entry.service, form)
        for page in form.pages {
            sheet.take(body, page: page)
            _ = sheet.take(body.uploads, page: page)
        }
        guard let page = body["page"].flatMap({ Slug($0) }).flatMap(form.page(_:)) else { throw SiteError.malformed }
        let judged = sheet.judge(through: page.id)
        let own = Set(page.questions.map(\.id))
        if judged.problems.keys.contains(where: own.contains) {
            return try show(sheet, page, entry, true, request, context)
        }
        let path = sheet.judge().path
        let at = path.firstIndex(of: page.id) ?? 0
        if body["then"] == "back" {
            return try show(sheet, form.page(path[max(0, at - 1)]), entry, false, request, context)
        }
        let next = at + 1 < path.count && body["then"] != "finish" ? form.page(path[at + 1]) : nil
        return try show(sheet, next, entry, false, request, context)
    }

    /// A page of the form as people see it; nil shows the end.
    private func show(
        _ sheet: FormSheet, _ page: FormPage?, _ entry: FormEntry, _ showsProblems: Bool, _ request: Request,
        _ context: SiteContext
    ) throws -> Response {
        let query = site.query(request)
        let preview = PreviewPage(
            entry, sheet, page, isPhone: query["width"] != "desktop", version: query["version"],
            showsProblems: showsProblems, site.format(context.language))
        return try site.render(
            preview, request, context, status: showsProblems ? .unprocessableContent : .ok)
    }
}

extension String {
    /// Without white space at its ends.
    var trimmingEnds: String {
        var view = Substring(self)
        while let c = view.first, c.isWhitespace { view.removeFirst() }
        while let c = view.last, c.isWhitespace { view.removeLast() }
        return String(view)
    }
}
