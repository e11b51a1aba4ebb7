import Channels
import Experience
import NIOCore

/// One person's answers as a program sends them: `answers` holds text, a number, or a list of texts by question.
struct ResponseDocument: Sendable {
    var id = ""
    var service = ""
    var form = ""
    var answers: [String: [String]] = [:]
    var occurred: String?
    var channel: String?
    var touchpoint: String?
    /// The tracking code of the person's journey, where it is known.
    var code: String?
    var language: String?
    /// How the person came to answer: a word of ``Solicitation``; "imported" where the sender does not know.
    var solicited: String?
    /// What the sender offered the form for, where it recorded an offer: the answer then counts as its answer.
    var transaction: String?
    /// The first of the fields every document has that this one has not.
    private var missing: String?

    static let limit = 1_000

    enum Problem: Error {
        case tooMany
        case malformed(JSONBytes.Malformed)
    }

    /// One response or an array of them. What is no JSON, or of another shape, is refused whole.
    static func list(_ buffer: ByteBuffer) throws(Problem) -> [ResponseDocument] {
        let result: Result<[ResponseDocument], Problem> = buffer.withUnsafeReadableBytes { raw in
            let bytes = raw.assumingMemoryBound(to: UInt8.self)
            var json = JSONBytes(bytes, from: 0, to: bytes.count)
            do throws(JSONBytes.Malformed) {
                var read: [ResponseDocument] = []
                if json.peek() == 0x5B {
                    try json.array { (json) throws(JSONBytes.Malformed) in
                        if read.count > limit { try json.skip() } else { read.append(try ResponseDocument(&json)) }
                    }
                } else {
                    read.append(try ResponseDocument(&json))
                }
                guard json.peek() == nil else { throw json.malformed("something follows the end of the document") }
                return read.count > limit ? .failure(.tooMany) : .success(read)
            } catch { return .failure(.malformed(error)) }
        }
        return try result.get()
    }

    private init(_ json: inout JSONBytes) throws(JSONBytes.Malformed) {
        var read = ResponseDocument()
        var seen: Set<String> = []
        try json.object { (name, json) throws(JSONBytes.Malformed) in
            seen.insert(name)
            switch name {
            case "id": read.id = try json.string()
            case "service": read.service = try json.string()
            case "form": read.form = try json.string()
            case "answers":
                try json.object { (question, json) throws(JSONBytes.Malformed) in
                    if json.peek() == 0x5B {
                        var texts: [String] = []
                        try json.array { (json) throws(JSONBytes.Malformed) in texts.append(try json.string()) }
                        read.answers[question] = texts
                    } else {
                        read.answers[question] = try json.value().map { [$0.plain] } ?? []
                    }
                }
            case "occurred": read.occurred = try json.textOrNull()
            case "channel": read.channel = try json.textOrNull()
            case "touchpoint": read.touchpoint = try json.textOrNull()
            case "code": read.code = try json.textOrNull()
            case "language": read.language = try json.textOrNull()
            case "solicited": read.solicited = try json.textOrNull()
            case "transaction": read.transaction = try json.textOrNull()
            default: try json.skip()
            }
        }
        read.missing = ["id", "service", "form", "answers"].first { !seen.contains($0) }
        self = read
    }

    private init() {}

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
        if let missing { throw Refusal(why: "“\(missing)” is missing; send it.") }
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
        let questions = asked.questions
        var values: [Slug: [String]] = [:]
        for at in questions.indices {
            guard let answer = answers[questions[at].id.text] else { continue }
            guard questions[at].kind != .file else {
                throw Refusal(why: "“\(questions[at].id)”: files are taken on the form's page only; leave it out.")
            }
            values[questions[at].id] = answer
        }
        if values.count < answers.count {
            let known = Set(questions.map(\.id.text))
            let stray = answers.keys.filter { !known.contains($0) }.min() ?? ""
            throw Refusal(why: "“\(stray.prefix(64))” is no question of this form; remove it.")
        }
        let sheet = asked.judge(values)
        if !sheet.isGood, let question = questions.first(where: { sheet.problems[$0.id] != nil }),
            let problem = sheet.problems[question.id]
        {
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
        var how = ChannelRoute.api.solicited
        if let text = solicited {
            guard let known = Solicitation(rawValue: text) else {
                let words = Solicitation.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal(why: "“solicited” is one of \(words).")
            }
            how = known
        }
        if let transaction, !(1...128).contains(transaction.utf8.count) {
            throw Refusal(why: "“transaction” is 1–128 bytes of text: the one the offer was made for.")
        }
        return NewResponse(
            id: "\(sender.source):\(id)", service: definition, form: asked, answers: kept, channel: channel,
            touchpoint: place, code: tracked, occurred: at,
            language: language.flatMap(Language.init(rawValue:)) ?? .en,
            intake: ResponseIntake(.api, solicited: how))
    }
}
