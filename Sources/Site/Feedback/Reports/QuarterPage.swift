import Experience

/// A quarter's report: what is missing before it is due, and its files.
struct QuarterPage: Page {
    static let template = "staff/quarter"
    var title: String
    var homePath = Paths.Staff.home
    var servicePath: String
    var serviceTitle: String
    var feedbackPath: String
    var span: String
    var due: String
    var isLate: Bool
    var answers: String
    var gaps: [String]
    var isComplete: Bool
    var quarters: [Choice]
    var groups: [Group]
    var hasFiles: Bool
    var layout: Layout { .staff }

    struct Choice: Sendable {
        var title: String
        var href: String
        var isCurrent: Bool
    }

    struct Group: Sendable {
        var title: String
        var text: String
        var files: [Choice]
    }

    init(_ definition: ServiceDefinition, _ view: QuarterView, today: CivilDate, format: Format) {
        let words = format.words
        let quarter = view.quarter
        serviceTitle = definition.title[format.language]
        title = words["report_title", ["quarter": quarter.description]]
        servicePath = Paths.Staff.service(definition.id)
        feedbackPath = Paths.Staff.feedback(definition.id)
        span = format.period(Period(first: quarter.firstDay, last: quarter.lastDay))
        let left = quarter.due.daysSince1970 - today.daysSince1970
        isLate = left < 0
        due =
            isLate
            ? words["report_due_past", ["date": format.date(quarter.due)]]
            : words.counted("report_due", left, ["date": format.date(quarter.due)])
        answers =
            words.counted("report_answers", view.respondents)
            + (view.held > 0 ? " " + words.counted("feedback_held", view.held) : "")
        gaps = view.gaps.map { words["gap_\($0.key)", ["value": $0.value]] }
        isComplete = gaps.isEmpty
        let newest = FiscalQuarter(containing: today)
        var choices: [Choice] = []
        var one = newest
        for _ in 0..<8 {
            choices.append(
                Choice(
                    title: one.description, href: Paths.Staff.reports(definition.id, quarter: one),
                    isCurrent: one == quarter))
            one = one.previous
        }
        quarters = choices
        groups = ["a11-v1", "a11-v2", "csv", "json"].compactMap { kind in
            let files = view.files.filter { $0.format == kind }
            guard !files.isEmpty else { return nil }
            let key = kind.replacing("-", with: "_")
            return Group(
                title: words["report_format_\(key)"], text: words["report_format_\(key)_text"],
                files: files.map {
                    Choice(
                        title: $0.name,
                        href: Paths.Staff.report(definition.id, quarter: quarter, file: $0.name), isCurrent: false)
                })
        }
        hasFiles = !groups.isEmpty
    }
}
