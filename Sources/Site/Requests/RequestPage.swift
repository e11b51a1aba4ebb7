import Experience

/// The form that starts a request.
struct RequestPage: Page {
    static let template = "pages/request"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var action: String
    var fields: [QuestionField]
    var problems: ProblemSummary?
    var control: ControlNotice?

    init(_ definition: ServiceDefinition, _ sheet: AnswerSheet, _ format: Format) {
        let words = format.words
        serviceTitle = definition.title[format.language]
        fields = definition.request.map { QuestionField($0, sheet, words) }
        problems = ProblemSummary(fields, words)
        let plain = words["request_title", ["service": serviceTitle]]
        title = words.title(plain, hasProblem: problems != nil)
        servicePath = Paths.service(definition.id)
        action = Paths.request(definition.id)
        control = definition.collection.map { ControlNotice($0, format) }
    }
}

/// The answers again and the date that would be given, before anything is sent.
struct ReviewPage: Page {
    static let template = "pages/review"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var action: String
    var answers: [Line]
    var hidden: [Hidden]
    var requestID: String
    var offered: String
    var quote: ShownQuote?
    var dateMoved: String?

    struct Line: Sendable {
        var question: String
        var answer: String
    }

    struct Hidden: Sendable {
        var name: String
        var value: String
    }

    struct ShownQuote: Sendable {
        var due: String
        var machine: String
        var chance: String
        var likely: String?
        var basis: String
    }

    init(
        _ definition: ServiceDefinition, _ sheet: AnswerSheet, _ quote: Quote?, requestID: TimeOrderedID,
        _ format: Format, dateMoved: Bool = false
    ) {
        let words = format.words
        title = words["review_title"]
        serviceTitle = definition.title[format.language]
        servicePath = Paths.service(definition.id)
        action = Paths.request(definition.id)
        answers = definition.request.map { question in
            let given = (sheet.values[question.id] ?? []).filter { !$0.isEmpty }
            let shown = given.map { words.answer($0, question, format) }.joined(separator: ", ")
            return Line(question: question.text[format.language], answer: shown.isEmpty ? words["review_none"] : shown)
        }
        hidden = definition.request.flatMap { question in
            (sheet.values[question.id] ?? []).map { Hidden(name: AnswerSheet.field(question.id), value: $0) }
        }
        self.requestID = requestID.description
        offered = quote?.due.description ?? ""
        self.quote = quote.map { ShownQuote($0, format) }
        self.dateMoved = dateMoved ? words["review_date_moved"] : nil
    }
}

extension ReviewPage.ShownQuote {
    init(_ quote: Quote, _ format: Format) {
        let words = format.words
        due = format.longDate(quote.due)
        machine = quote.due.description
        chance = words["quote_chance", ["share": format.chance(quote.probability)]]
        likely = quote.likely.flatMap { $0 < quote.due ? words["quote_likely", ["date": format.longDate($0)]] : nil }
        basis =
            switch quote.basis {
            case .history(let n): words["quote_history", ["n": format.count(n)]]
            case .standard: words["quote_standard"]
            }
    }
}

extension Format {
    /// A probability as "9 of 10", where it is close to tenths or twentieths; else per cent.
    func chance(_ probability: Double) -> String {
        for base in [10, 20, 100] {
            let times = (probability * Double(base)).rounded()
            if times > 0, times < Double(base), abs(times / Double(base) - probability) < 0.001 {
                return words["chance_of", ["k": NumberText.whole(Int(times)), "n": "\(base)"]]
            }
        }
        return share(probability)
    }
}

extension Words {
    /// An answer as a person reads it back.
    func answer(_ value: String, _ question: Question, _ format: Format) -> String {
        switch question.kind {
        case .faces: self["face_\(value)"]
        case .agreement: self["agree_\(value)"]
        case .thumbs: self["thumb_\(value)"]
        case .single, .multiple: question.options.first { $0.id.text == value }?.title[language] ?? value
        case .date: CivilDate(value).map(format.longDate) ?? value
        default: value
        }
    }
}
