internal import Analyses
package import Experience
internal import Foundation
package import Site
package import Storage

/// The single answers behind the scores, read from the record by the numbers the columns give.
package struct LiveAnswers: Sendable {
    let record: Record
    let answers: AnswerKeeper
    let form: @Sendable (ServiceID, Slug, Int) -> FormDefinition?
    let now: @Sendable () -> Instant

    package init(
        record: Record, answers: AnswerKeeper, form: @escaping @Sendable (ServiceID, Slug, Int) -> FormDefinition?,
        now: @escaping @Sendable () -> Instant
    ) {
        self.record = record
        self.answers = answers
        self.form = form
        self.now = now
    }

    package var desk: AnswersDesk {
        AnswersDesk(
            list: { try await list($0, $1, $2, $3, $4) }, one: { try await one($0, $1, $2) },
            file: { try await file($0, $1, $2, $3) }, reply: { try await reply($0, $1, $2) })
    }

    private func list(
        _ definition: ServiceDefinition, _ filter: AnswerFilter, _ skipping: Int, _ limit: Int, _ reader: String?
    ) async throws -> AnswerList {
        let columns = answers[definition.id]
        // A pass over every answer: off the cooperative pool.
        let found = await computed {
            columns.select(AnswerSelection(filter, columns), skipping: skipping, limit: limit)
        }
        let events = try await record.events(
            numbered: found.listed, agency: definition.agency, service: definition.id)
        var words: [VaultSubject: [String: String]] = [:]
        if let reader { words = try await record.words(of: events.map { .response($0.event) }, reader: reader) }
        return AnswerList(
            total: found.total, onJourneys: found.onJourneys,
            answers: events.map { recorded in
                let form = askedForm(recorded.event)
                let said = ResponseSubmission.shown(words[.response(recorded.event)] ?? [:], form: form)
                return AnswerView(event: recorded, form: form, words: said)
            })
    }

    private func askedForm(_ event: Event) -> FormDefinition? {
        guard case .text(let name)? = event.attributes[ResponseKey.form], let id = Slug(name) else { return nil }
        return form(event.service, id, Int(clamping: event.attributes[ResponseKey.formVersion]?.integer ?? 0))
    }

    private func event(_ definition: ServiceDefinition, _ number: Int64) async throws -> RecordedEvent? {
        let found = try await record.events(
            numbered: [number], agency: definition.agency, service: definition.id
        ).first
        guard let found, found.event.kind == .response || found.event.kind == .outcome else { return nil }
        return found
    }

    private func one(_ definition: ServiceDefinition, _ number: Int64, _ reader: String?) async throws -> AnswerView? {
        guard let found = try await event(definition, number) else { return nil }
        let form = askedForm(found.event)
        let key = IntakeMark.Key(source: found.event.source, sourceID: found.event.sourceID)
        var view = AnswerView(
            event: found, form: form,
            isHeld: try await record.heldKeys(agency: definition.agency, service: definition.id).contains(key))
        if let reader {
            // Addresses are shown here: the page is about this one person.
            let words = try await record.words(of: .response(found.event), reader: reader)
            view.words = ResponseSubmission.shown(words, form: nil)
            view.reachable = Set(
                try await Reach(record: record).answerer(found.event, form, definition).map(\.channel))
        }
        return view
    }

    private func file(
        _ definition: ServiceDefinition, _ number: Int64, _ question: Slug, _ reader: String
    ) async throws -> AnswerFile? {
        guard let found = try await event(definition, number),
            let kind = found.event.attributes[question.text].flatMap({ Experience.FileKind(rawValue: $0.plain) })
        else { return nil }
        let subject = VaultSubject.response(found.event)
        let field = question.text + ResponseShape.fileEnding
        guard try await record.keeps(field, of: subject) else { return nil }
        let words = try await record.words(of: subject, reader: reader)
        guard let bytes = words[field].flatMap({ Data(base64Encoded: $0) }) else { return nil }
        try await record.audit(
            AuditEntry(
                account: reader, action: .read, agency: definition.agency, subject: "answer:\(number)",
                detail: "file \(question)"))
        return AnswerFile(kind: kind, bytes: Array(bytes))
    }

    private func reply(
        _ definition: ServiceDefinition, _ reply: AnswerReply, _ account: StaffAccount
    ) async throws -> FollowUpResult {
        guard reply.text.contains(where: { !$0.isWhitespace }) else { return .empty }
        guard let found = try await event(definition, reply.sequence) else { return .unknown }
        let reach = Reach(record: record)
        let ways = try await reach.answerer(found.event, askedForm(found.event), definition)
        guard let way = ways.first(where: { $0.channel == reply.by }) else { return .noAddress }
        let recipient: OutgoingMessage.Recipient
        switch try await reach.recipient(way, reader: account.id) {
        case .failure(.noAddress): return .noAddress
        case .failure(.stopped): return .stopped
        case .success(let found): recipient = found
        }
        let title = definition.title[reply.language]
        let text = String(reply.text.unicodeScalars.prefix(4_000))
        _ = try await record.queueMessage(
            OutgoingMessage(
                agency: definition.agency, channel: reply.by == .sms ? .sms : .email, to: recipient,
                language: reply.language,
                subject: reply.language == .en ? "About what you told us: \(title)" : "Sobre lo que nos dijo: \(title)",
                body: reply.by == .sms ? MessageText.sms(text, from: definition, reply.language) : text,
                purpose: "reply", dedupeKey: "reply:\(reply.sequence):\(now().microseconds)"))
        try await record.audit(
            AuditEntry(
                account: account.id, action: .write, agency: definition.agency, subject: "answer:\(reply.sequence)",
                detail: "reply by \(reply.by.rawValue)"))
        return .changed
    }
}

/// What goes out as a text message besides the words themselves.
enum MessageText {
    /// Says whose it is and how to end it, as carriers ask; at most ten parts long.
    static func sms(_ text: String, from definition: ServiceDefinition, _ language: Language) -> String {
        let ends = language == .en ? "Reply STOP to end." : "Responda ALTO para terminar."
        let whole = "\(definition.agencyName[language]): \(text)"
        return String(whole.unicodeScalars.prefix(1_500)) + "\n" + ends
    }
}

extension AnswerSelection {
    init(_ filter: AnswerFilter, _ columns: ResponseColumns) {
        let feedback = filter.feedback
        let about: About =
            switch filter.about {
            case .everything: .everything
            case .item(let item, let values): .item(item, values)
            case .thumb(let up): .thumb(up)
            case .mention(let driver, let praised): .mention(driver, praised: praised)
            }
        let item: SurveyItem? =
            switch filter.about {
            case .item(let item, _): item
            case .thumb: .trust
            default: nil
            }
        var surveys: Set<Int>?
        if feedback.form != nil || feedback.channel != nil || feedback.touchpoint != nil || filter.wording != nil {
            surveys = columns.surveys(feedback).filter { place in
                guard let wording = filter.wording, let item else { return true }
                let form = columns.forms[columns.surveys[place].form]
                return AnswerFilter.name(of: form.wordings[item] ?? form.title) == wording
            }
        }
        self.init(
            range: feedback.period.first.startUTC
                .microseconds..<feedback.period.last.adding(days: 1).startUTC
                .microseconds, surveys: surveys, about: about)
    }
}

extension ResponseColumns {
    /// Places of the surveys a page's filter lets through.
    func surveys(_ filter: FeedbackFilter) -> Set<Int> {
        Set(
            surveys.indices.filter { place in
                let survey = surveys[place]
                return (filter.form.map { $0 == forms[survey.form].id } ?? true)
                    && (filter.channel.map { $0 == survey.channel } ?? true)
                    && (filter.touchpoint.map { $0 == survey.touchpoint } ?? true)
            })
    }
}
