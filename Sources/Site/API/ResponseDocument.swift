import Experience

/// One person's answers as a program sends them: `answers` holds text, a number, or a list of texts by question.
struct ResponseDocument: Decodable, Sendable {
    var id: String
    var service: String
    var form: String
    var answers: [String: Value]
    var occurred: String?
    var channel: String?
    var touchpoint: String?
    /// The tracking code of the person's journey, where it is known.
    var code: String?
    var language: String?

    enum Value: Decodable, Sendable {
        case one(AttributeValue)
        case many([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let many = try? container.decode([String].self) {
                self = .many(many)
            } else {
                self = .one(try container.decode(AttributeValue.self))
            }
        }

        var texts: [String] {
            switch self {
            case .one(let value): [value.plain]
            case .many(let texts): texts
            }
        }
    }

    struct Refusal: Error {
        var why: String
    }

    func read(
        _ sender: IntakeDesk.Sender, _ definitions: [ServiceDefinition], now: Instant
    ) -> Result<NewResponse, Refusal> {
        do throws(Refusal) { return .success(try judge(sender, definitions, now)) } catch { return .failure(error) }
    }

    private func judge(
        _ sender: IntakeDesk.Sender, _ definitions: [ServiceDefinition], _ now: Instant
    ) throws(Refusal) -> NewResponse {
        guard (1...128).contains(id.utf8.count), id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Refusal(why: "“id” is 1–128 letters, digits and signs without spaces.")
        }
        guard let definition = definitions.first(where: { $0.id.text == service && $0.agency == sender.agency }) else {
            throw Refusal(why: "“\(service.prefix(64))” is no service of this key's agency; check its id.")
        }
        guard let asked = definition.forms.first(where: { $0.id.text == form }) else {
            let known = definition.forms.map(\.id.text).joined(separator: ", ")
            throw Refusal(why: "“\(form.prefix(64))” is no form of this service; it has: \(known).")
        }
        if let stray = answers.keys.sorted().first(where: { key in !asked.questions.contains { $0.id.text == key } }) {
            throw Refusal(why: "“\(stray.prefix(64))” is no question of this form; remove it.")
        }
        if asked.hasFiles, let file = asked.questions.first(where: { $0.kind == .file }),
            answers[file.id.text] != nil
        {
            throw Refusal(why: "“\(file.id)”: files are taken on the form's page only; leave it out.")
        }
        let values = Dictionary(
            uniqueKeysWithValues: asked.questions.map { ($0.id, answers[$0.id.text]?.texts ?? []) })
        let sheet = asked.judge(values)
        for question in asked.questions {
            guard let problem = sheet.problems[question.id] else { continue }
            throw Refusal(why: "“\(question.id)”: \(problem.text(for: question).en)")
        }
        if let stray = sheet.dropped.first {
            throw Refusal(why: "“\(stray)” is not asked of somebody with these answers; remove it.")
        }
        let kept = sheet.kept
        guard let channel = Channel(rawValue: channel ?? "partner") else {
            throw Refusal(why: "“channel” is one of \(Channel.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        var at = now
        if let text = occurred {
            guard let read = Instant(rfc3339: text) else {
                throw Refusal(why: "“occurred” is no time with an offset; send it like 2026-04-14T16:59:00-05:00.")
            }
            at = min(read, now)
        }
        var place: Slug?
        if let text = touchpoint {
            guard let slug = Slug(text), definition.touchpoints.contains(where: { $0.id == slug }) else {
                throw Refusal(
                    why: "“\(text.prefix(64))” is no touchpoint of this service; leave it out or use one it has.")
            }
            place = slug
        }
        var tracked: TrackingCode?
        if let text = code {
            guard let read = TrackingCode(text) else {
                throw Refusal(why: "“code” can't be a tracking code; check it.")
            }
            tracked = read
        }
        return NewResponse(
            id: "\(sender.source):\(id)", service: definition, form: asked, answers: kept, channel: channel,
            touchpoint: place, code: tracked, occurred: at,
            language: language.flatMap(Language.init(rawValue:)) ?? .en)
    }
}
