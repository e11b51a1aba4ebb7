import Experience
import HTTPTypes
import Hummingbird
import NIOCore

/// The answers behind every score: listed, read one by one, with the files people sent along.
struct AnswerPages {
    let site: Site
    static let pageSize = 50

    func add(to router: Router<SiteContext>) {
        router.get("/staff/services/:service/answers", use: list)
        router.get("/staff/services/:service/answers/:answer", use: one)
        router.post("/staff/services/:service/answers/:answer/reply", use: reply)
        router.get("/staff/services/:service/answers/:answer/files/:question", use: file)
    }

    /// Who may read people's words, and is noted as having done so.
    private static func reader(_ account: StaffAccount) -> String? {
        account.role >= .caseworker ? account.id : nil
    }

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context)
        let query = site.query(request)
        let today = site.format(context.language).localDate(site.services.now())
        let filter =
            query["answers"].flatMap { AnswerFilter($0) }
            ?? AnswerFilter(FeedbackFilter(period: JourneyFilter(query, today: today).period))
        let skipping = max(0, min(query["page"].flatMap { Int($0) } ?? 0, 1_000_000)) * AnswerPages.pageSize
        let reader = AnswerPages.reader(account)
        let found = try await site.services.answers.list(definition, filter, skipping, AnswerPages.pageSize, reader)
        let page = AnswersPage(
            definition, found, filter, skipping: skipping, seesWords: reader != nil, today: today,
            site.format(context.language))
        return try site.render(page, request, context)
    }

    private func number(_ context: SiteContext) throws(SiteError) -> Int64 {
        guard let number = context.parameters.get("answer").flatMap({ Int64($0) }), number > 0 else {
            throw .notFound
        }
        return number
    }

    private func one(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context)
        return try await page(definition, account, request, context)
    }

    private func page(
        _ definition: ServiceDefinition, _ account: StaffAccount, _ request: Request, _ context: SiteContext,
        problem: String? = nil
    ) async throws -> Response {
        let reader = AnswerPages.reader(account)
        guard let view = try await site.services.answers.one(definition, try number(context), reader) else {
            throw SiteError.notFound
        }
        var page = AnswerPage(definition, view, seesWords: reader != nil, site.format(context.language))
        page.problem = problem
        page.isSent = site.query(request)["sent"] == "1"
        return try site.render(page, request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func reply(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context, atLeast: .caseworker)
        let form = try await site.form(request, context)
        guard let by = form["by"].flatMap({ ReplyChannel(rawValue: $0) }) else { throw SiteError.malformed }
        let reply = AnswerReply(
            sequence: try number(context), by: by, text: form["text"] ?? "",
            language: form["language"].flatMap(Language.init(rawValue:)) ?? context.language)
        let words = site.words(context.language)
        switch try await site.services.answers.reply(definition, reply, account) {
        case .changed: return site.redirect(to: Paths.Staff.answer(definition.id, reply.sequence) + "?sent=1")
        case .noAddress, .stopped:
            return try await page(
                definition, account, request, context, problem: words["followup_unreachable"])
        case .empty: return try await page(definition, account, request, context, problem: words["followup_empty_text"])
        case .unknown: throw SiteError.notFound
        }
    }

    /// A person's file. It is theirs, not ours: never opened by the browser as a page, never guessed at, never kept.
    private func file(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context, atLeast: .caseworker)
        let number = try number(context)
        guard let question = context.slug("question"),
            let file = try await site.services.answers.file(definition, number, question, account.id)
        else { throw SiteError.notFound }
        switch await site.refusal(of: file.bytes, "\(definition.id)/\(number)/\(question)", context) {
        case .infected: throw SiteError.fileInfected
        case .unchecked: throw SiteError.fileUnchecked
        case nil: break
        }
        // The name a person gave their file may hold anything: ours says which answer it belongs to.
        let name = "\(definition.id)-\(number)-\(question).\(file.kind.ending)"
        var headers: HTTPFields = [
            .contentType: file.kind.mediaType, .contentDisposition: "attachment; filename=\"\(name)\"",
            .cacheControl: "no-store", .contentSecurityPolicy: "sandbox; default-src 'none'; frame-ancestors 'none'",
        ]
        for (field, value) in [
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ] {
            if let field = HTTPField.Name(field) { headers[field] = value }
        }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}
