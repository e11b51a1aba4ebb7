import Channels
import Experience
import Hummingbird

/// What every page of a form ends in: whether it may go on, what is kept, what is sent.
extension FeedbackPages {
    var expiry: Instant {
        site.services.now().advanced(by: UnsentAnswers.keptDays * Instant.day)
    }

    /// The answer to whoever opens a form that is closed; nil while it is open.
    func closed(
        _ definition: ServiceDefinition, _ form: FormDefinition, _ passage: FormPassage, _ request: Request,
        _ context: SiteContext
    ) throws -> Response? {
        guard !form.mayBeAsked(in: definition, on: site.today) else { return nil }
        let format = site.format(context.language)
        var page = ClosedFormView(
            title: format.words["closed_title"], text: format.words["closed_text"],
            serviceTitle: definition.title[format.language], servicePath: Paths.service(definition.id))
        page.isFramed = passage.isFramed
        return try site.render(page, request, context, status: .gone)
    }

    /// Whether an answer on the page can't be taken; and, where all can, whether one brought up a question of the same
    /// page that was not there to be seen.
    func verdict(
        _ sheet: FormSheet, _ judged: JudgedSheet, _ page: FormPage, _ body: FormBody
    ) -> (isWrong: Bool, hasMore: Bool) {
        var fresh: Set<Slug> = []
        if let text = body["shown"] {
            let shown = Set(text.split(separator: ",").map(String.init))
            fresh = Set(sheet.visible(on: page).filter { $0.isAsked && !shown.contains($0.id.text) }.map(\.id))
        }
        let isWrong = page.questions.contains { judged.problems[$0.id] != nil && !fresh.contains($0.id) }
        return (isWrong, !isWrong && !fresh.isEmpty)
    }

    func nextPage(_ sheet: FormSheet, after page: FormPage) -> Slug? {
        let path = sheet.judge().path
        guard let at = path.firstIndex(of: page.id), at + 1 < path.count else { return nil }
        return path[at + 1]
    }

    /// The first page on the way with something missing or wrong, else the last.
    func firstOpen(_ sheet: FormSheet, _ judged: JudgedSheet) -> Slug? {
        judged.path.first { id in
            sheet.form.page(id)?.questions.contains { judged.problems[$0.id] != nil } ?? false
        } ?? judged.path.last
    }

    /// Keeps what can be kept: an answer that breaks its rule is left out, and so is one of a branch that was left.
    func keep(
        _ unsent: inout UnsentAnswers, _ sheet: FormSheet, _ judged: JudgedSheet, _ code: TrackingCode,
        _ files: [Slug: [UInt8]]
    ) async throws {
        var values = sheet.values
        for (id, problem) in judged.problems where problem != .missing { values[id] = nil }
        for id in sheet.judge().dropped { values[id] = nil }
        unsent.values = values.filter { !$0.value.isEmpty }
        unsent.expires = expiry
        try await site.services.unsent.keep(unsent, code, files.filter { unsent.values[$0.key] != nil })
    }

    func send(
        _ sheet: FormSheet, _ judged: JudgedSheet, files: [Slug: [UInt8]], id: TimeOrderedID,
        journey: TrackingCode?, touchpoint: Slug?, unsent: TrackingCode? = nil, _ passage: FormPassage,
        _ body: FormBody, _ context: SiteContext
    ) async throws -> Response {
        let (definition, form) = (sheet.service, sheet.form)
        let held = site.held(body, place: FeedbackPages.place(definition, form), response: id.description)
        var intake = ResponseIntake(.webPage, sender: context.address, held: held)
        // A link that works once is one answer, however often it is sent.
        var responseID = id.description
        if let door = passage.door {
            intake = ResponseIntake(
                door.route, solicited: door.solicited, offer: door.offer, journey: door.journey,
                sender: door.route.isOpen ? context.address : nil, held: door.route.isOpen ? held : [])
            if let invitation = door.invitation {
                guard try await site.services.channels.invitations.open(invitation)?.isUsed == false else {
                    throw SiteError.linkUsed
                }
                responseID = FormDoor.answer(to: invitation)
            }
        } else if journey != nil {
            // Whoever came from their own journey's page was asked there.
            intake.solicited = .intercepted
        }
        var response = NewResponse(
            id: responseID, service: definition, form: form, answers: judged.kept,
            channel: passage.door?.route.channel ?? .web, touchpoint: passage.door?.touchpoint ?? touchpoint,
            code: journey, occurred: site.services.now(), language: context.language, intake: intake)
        for (question, answer) in judged.kept {
            guard case .file = answer else { continue }
            if let bytes = files[question] {
                response.files[question] = bytes
            } else if let unsent {
                response.files[question] = try await site.services.unsent.file(question, unsent, definition.agency)
            }
        }
        try await site.services.feedback.submit(response)
        if let invitation = passage.door?.invitation {
            _ = try await site.services.channels.invitations.use(invitation)
        }
        if let unsent { try await site.services.unsent.drop(unsent, definition.agency) }
        if passage.isFramed { return site.redirect(to: Paths.widgetDone(context.language)) }
        if passage.door?.route == .agent, let journey = passage.door?.journey {
            return site.redirect(to: Paths.Staff.journey(definition.id, journey))
        }
        if let journey { return site.redirect(to: Paths.tracked(journey) + "?thanks=1") }
        return site.redirect(to: Paths.feedbackThanks(definition.id, form: form.thanks == nil ? nil : form.id))
    }
}

extension FormView {
    /// Marks a question as missing: a form sent without any answer.
    mutating func mark(_ question: Question?, _ format: Format) {
        guard let question else { return }
        let id = AnswerSheet.field(question.id)
        for group in groups.indices {
            for field in groups[group].fields.indices where groups[group].fields[field].id == id {
                groups[group].fields[field].mark(AnswerProblem.missing.text(for: question)[format.language])
            }
        }
        problems = ProblemSummary(groups.flatMap(\.fields), format.words)
    }
}

extension FormDefinition {
    /// The most bytes a page's post may have when it brings files; nil where the form takes none.
    var uploadLimit: Int? {
        guard hasFiles else { return nil }
        let most = pages.map { $0.questions.reduce(0) { $0 + ($1.kind == .file ? $1.byteLimit : 0) } }.max() ?? 0
        // A little more than the rule allows still reaches the rule, which says so kindly.
        return min(most + (2 << 20), 32 << 20)
    }
}
