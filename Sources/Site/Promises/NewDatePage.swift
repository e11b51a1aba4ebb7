import Experience

/// A new date for one person: the date with its odds, the reason, and the message as they will read it.
struct NewDatePage: Page {
    static let template = "promises/date"
    var title: String
    var journey: String
    var journeyPath: String
    var boardPath = Paths.Staff.promises
    var serviceTitle: String
    var action: String
    var requestID: String
    var problems: [Problem]
    var hasProblems: Bool
    var promise: TrackedPage.Promise
    var date: String
    var least: String
    var suggestion: String
    var odds: String?
    var dateProblem: String?
    var reasons: [Choice]
    var reasonProblem: String?
    var note: String
    var tellings: [Choice]
    var tellingProblem: String?
    var mailNote: String?
    var subject: String?
    var lines: [String]
    var messageLanguage: String
    var languageNote: String
    var layout: Layout { .staff }

    struct Choice: Sendable {
        var id: String
        var value: String
        var label: String
        var isChosen: Bool
    }

    struct Problem: Sendable {
        var href: String
        var text: String
    }

    init(
        _ definition: ServiceDefinition, _ journey: JourneyID, _ draft: PromiseDraft, _ sheet: NewDateSheet,
        id: TimeOrderedID, message: PromiseMessage?, format: Format
    ) {
        let words = format.words
        let plain = words["date_title"]
        title = words.title(plain, hasProblem: !sheet.problems.isEmpty)
        self.journey = journey.text
        journeyPath = Paths.Staff.journey(definition.id, journey)
        serviceTitle = definition.title[format.language]
        action = Paths.Staff.date(definition.id, journey)
        requestID = id.description
        problems = sheet.problems.map { Problem(href: "#\($0.field)", text: words[$0.key]) }
        hasProblems = !problems.isEmpty
        promise = TrackedPage.Promise(draft.promise, format)
        date = sheet.typed
        least = draft.today.description
        suggestion =
            draft.suggested.map {
                words["date_suggested", ["date": format.longDate($0), "n": format.count(draft.finished)]]
            } ?? words["date_no_suggestion"]
        odds =
            draft.date.flatMap { asked in
                draft.odds.map {
                    words["date_odds", ["share": format.share($0), "date": format.longDate(asked)]]
                }
            }
        func problem(_ field: String) -> String? {
            sheet.problems.first { $0.field == field }.map { words[$0.key] }
        }
        dateProblem = problem("date")
        reasonProblem = problem("reason")
        tellingProblem = problem("telling")
        reasons = PromiseReason.forStaff.map {
            Choice(
                id: "reason-\($0.rawValue)", value: $0.rawValue, label: words["reason_\($0.rawValue)"],
                isChosen: sheet.reason == $0)
        }
        note = sheet.note
        tellings = NewDate.Telling.allCases.filter { $0 != .mail || draft.hasAddress }.map {
            Choice(
                id: "telling-\($0.rawValue)", value: $0.rawValue, label: words["telling_\($0.rawValue)"],
                isChosen: sheet.telling == $0)
        }
        mailNote = !draft.hasAddress ? words["date_no_address"] : draft.canSend ? nil : words["date_no_server"]
        subject = message?.subject
        lines = message?.body.split(separator: "\n").map(String.init) ?? []
        messageLanguage = draft.language.rawValue
        languageNote = words["date_language", ["language": words["language_\(draft.language.rawValue)"]]]
    }
}
