import Experience
import Hummingbird

/// What staff do about dates: what is owed, and a new date with its message.
struct PromisePages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/promises", use: board)
        router.get("/staff/services/:service/journeys/:journey/date", use: show)
        router.post("/staff/services/:service/journeys/:journey/date", use: give)
    }

    private func board(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context)
        let query = site.query(request)
        let definitions = site.services.definitions().filter { account.maySee($0.agency) && $0.promise != nil }
        let service = definitions.first { $0.id.text == query["service"] }
        let board = try await site.services.promises.board(service.map { [$0] } ?? definitions)
        let page = PromiseBoardPage(
            board, definitions, chosen: service, group: query["show"].flatMap(PromiseBoard.Group.init(rawValue:)),
            from: query["from"].flatMap { Int($0) } ?? 0, done: query["done"].flatMap { JourneyID($0) },
            mayGive: account.role >= .caseworker, format: site.format(context.language))
        return try site.render(page, request, context)
    }

    private struct Asked {
        var account: StaffAccount
        var definition: ServiceDefinition
        var journey: JourneyID
    }

    private func ask(_ request: Request, _ context: SiteContext) throws -> Asked {
        let (definition, account) = try site.staffService(request, context, atLeast: .caseworker)
        guard let journey = context.journey else { throw SiteError.journeyUnknown }
        return Asked(account: account, definition: definition, journey: journey)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        guard let draft = try await site.services.promises.draft(asked.definition, asked.journey, nil) else {
            throw SiteError.journeyUnknown
        }
        let page = NewDatePage(
            asked.definition, asked.journey, draft, NewDateSheet(draft), id: site.services.freshID(),
            message: message(asked, draft, NewDateSheet(draft)), format: site.format(context.language))
        return try site.render(page, request, context)
    }

    private func give(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await site.form(request, context)
        let asked = try ask(request, context)
        var sheet = NewDateSheet(form)
        guard let draft = try await site.services.promises.draft(asked.definition, asked.journey, sheet.date) else {
            throw SiteError.journeyUnknown
        }
        let isSending = form["step"] == "send"
        sheet.check(draft, isSending: isSending)
        let id = form["request_id"].flatMap { TimeOrderedID($0) } ?? site.services.freshID()
        let message = message(asked, draft, sheet)
        guard isSending, sheet.problems.isEmpty, let date = sheet.date, let reason = sheet.reason, let message else {
            let page = NewDatePage(
                asked.definition, asked.journey, draft, sheet, id: id, message: message,
                format: site.format(context.language))
            return try site.render(
                page, request, context, status: sheet.problems.isEmpty ? .ok : .unprocessableContent)
        }
        try await site.services.promises.give(
            NewDate(
                id: id, service: asked.definition, journey: asked.journey, date: date, reason: reason,
                telling: sheet.telling, message: message, language: draft.language, by: asked.account.id))
        return site.redirect(to: Paths.Staff.promises + Paths.query([("done", asked.journey.text)]))
    }

    private func message(_ asked: Asked, _ draft: PromiseDraft, _ sheet: NewDateSheet) -> PromiseMessage? {
        guard let date = sheet.date, let reason = sheet.reason else { return nil }
        return PromiseMessage(
            asked.definition, date < draft.told ? .sooner : draft.told < draft.today ? .broken : .early,
            old: draft.told, new: date, odds: draft.date == date ? draft.odds : nil, reason: reason, note: sheet.note,
            link: draft.link, format: site.format(draft.language))
    }
}

/// What was typed into the form of a new date.
struct NewDateSheet: Sendable {
    var typed: String
    var date: CivilDate?
    var reason: PromiseReason?
    var note: String
    var telling: NewDate.Telling
    var problems: [(field: String, key: String)] = []

    static let noteLimit = 1_000
    static let furthestDays = 1_100

    init(_ draft: PromiseDraft) {
        date = draft.suggested
        typed = draft.suggested?.description ?? ""
        reason = .backlog
        note = ""
        telling = draft.hasAddress ? .mail : .later
    }

    init(_ form: FormBody) {
        typed = String((form["date"] ?? "").prefix(20))
        date = CivilDate(typed)
        reason = form["reason"].flatMap(PromiseReason.init(rawValue:)).flatMap {
            PromiseReason.forStaff.contains($0) ? $0 : nil
        }
        note = String((form["note"] ?? "").prefix(Self.noteLimit))
        telling = form["telling"].flatMap(NewDate.Telling.init(rawValue:)) ?? .later
    }

    mutating func check(_ draft: PromiseDraft, isSending: Bool) {
        if let date {
            if date < draft.today {
                problems.append(("date", "date_problem_past"))
            } else if date.daysSince1970 > draft.today.daysSince1970 + Self.furthestDays {
                problems.append(("date", "date_problem_far"))
            } else if date == draft.promise.last, date == draft.told {
                problems.append(("date", "date_problem_same"))
            }
        } else {
            problems.append(("date", "date_problem_missing"))
        }
        if reason == nil { problems.append(("reason", "date_problem_reason")) }
        if isSending, telling == .mail, !draft.hasAddress { problems.append(("telling", "date_problem_address")) }
    }
}
