import Experience

/// The answers behind a number.
struct AnswersPage: Page {
    static let template = "staff/answers"
    var title: String
    var heading: String
    var homePath = Paths.Staff.home
    var servicePath: String
    var serviceTitle: String
    var feedbackPath: String
    var about: [String]
    var total: String
    /// How many of them belong to a known journey, with the way to those.
    var journeys: String?
    var journeysPath: String
    var answers: [ShownAnswer]
    var isEmpty: Bool
    var wordsNote: String?
    var nextPath: String?
    var firstPath: String?
    var layout: Layout { .staff }

    init(
        _ definition: ServiceDefinition, _ list: AnswerList, _ filter: AnswerFilter, skipping: Int, seesWords: Bool,
        today: CivilDate, _ format: Format
    ) {
        let words = format.words
        serviceTitle = definition.title[format.language]
        heading = words["answers_behind_title"]
        title = "\(heading) – \(serviceTitle)"
        servicePath = Paths.Staff.service(definition.id)
        feedbackPath = Paths.Staff.feedback(definition.id)
        about = AnswersPage.about(definition, filter, list, format)
        total = words.counted("answers_behind", list.total)
        var links = StaffLinks(
            service: definition.id, filter: JourneyFilter(period: filter.feedback.period), today: today)
        links.filter.answers = filter
        journeysPath = links.journeys()
        journeys = list.onJourneys > 0 ? words.counted("answers_on_journeys", list.onJourneys) : nil
        answers = list.answers.map { ShownAnswer($0, definition, seesWords: seesWords, format) }
        isEmpty = answers.isEmpty
        wordsNote = seesWords ? nil : words["answers_no_words"]
        func path(_ page: Int) -> String {
            Paths.Staff.answers(definition.id)
                + Paths.query([("answers", filter.text), ("page", page == 0 ? nil : "\(page)")])
        }
        let page = skipping / AnswerPages.pageSize
        nextPath = skipping + answers.count < list.total && !isEmpty ? path(page + 1) : nil
        firstPath = page > 0 ? path(0) : nil
    }

    private static func about(
        _ definition: ServiceDefinition, _ filter: AnswerFilter, _ list: AnswerList, _ format: Format
    ) -> [String] {
        let words = format.words
        var about: [String] = []
        switch filter.about {
        case .everything: break
        case .item(let item, let values):
            let name = words["item_\(item.name)"]
            about.append(
                values.lowerBound <= 1 && values.upperBound >= 5
                    ? name
                    : words[
                        "answers_about_values",
                        ["item": name, "low": "\(values.lowerBound)", "high": "\(values.upperBound)"]])
        case .thumb(let up):
            about.append(words["item_thumbs"] + (up.map { ": " + words[$0 ? "thumb_up" : "thumb_down"] } ?? ""))
        case .mention(let driver, let praised):
            about.append(
                words[
                    praised ? "answers_about_praised" : "answers_about_blamed",
                    ["driver": words["mention_\(driver.rawValue)"]]])
        }
        about.append(format.period(filter.feedback.period))
        if let form = filter.feedback.form {
            about.append(definition.forms.first { $0.id == form }?.title[format.language] ?? form.text)
        }
        if let channel = filter.feedback.channel { about.append(words["channel_\(channel.rawValue)"]) }
        if let place = filter.feedback.touchpoint {
            about.append(definition.touchpoints.first { $0.id.text == place }?.title[format.language] ?? place)
        }
        return about
    }
}

/// One answer, whole.
struct AnswerPage: Page {
    static let template = "staff/answer"
    var title: String
    var homePath = Paths.Staff.home
    var servicePath: String
    var serviceTitle: String
    var feedbackPath: String
    var answersPath: String
    var answer: ShownAnswer
    var wordsNote: String?
    var mayReply: Bool
    var replyPath: String
    /// Ways to write to the person.
    var ways: [QuestionField.Choice]
    var languages: [QuestionField.Choice]
    var problem: String?
    var isSent = false
    var layout: Layout { .staff }

    init(_ definition: ServiceDefinition, _ view: AnswerView, seesWords: Bool, _ format: Format) {
        let words = format.words
        answer = ShownAnswer(view, definition, seesWords: seesWords, format)
        serviceTitle = definition.title[format.language]
        title = words["answer_title", ["n": "\(view.event.sequence)"]]
        servicePath = Paths.Staff.service(definition.id)
        feedbackPath = Paths.Staff.feedback(definition.id)
        answersPath = Paths.Staff.answers(definition.id)
        replyPath = Paths.Staff.answerReply(definition.id, view.event.sequence)
        wordsNote = seesWords ? nil : words["answers_no_words"]
        ways = ReplyChannel.allCases.filter(view.reachable.contains).enumerated().map { at, way in
            QuestionField.Choice(
                id: "by-\(way.rawValue)", value: way.rawValue, label: words["reply_by_\(way.rawValue)"],
                isChosen: at == 0, picture: nil)
        }
        mayReply = seesWords && !ways.isEmpty
        let asked = view.event.event.attributes[ResponseKey.language].flatMap { Language(rawValue: $0.plain) }
        languages = Language.allCases.map {
            QuestionField.Choice(
                id: "in-\($0.rawValue)", value: $0.rawValue, label: words["language_\($0.rawValue)"],
                isChosen: $0 == asked ?? format.language, picture: nil)
        }
    }
}
