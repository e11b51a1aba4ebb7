internal import Analyses
internal import Experience
internal import Foundation
internal import Statistics

/// The scores of a published file as people read them in a terminal.
struct SurveyScoreText {
    let text: String

    init(_ file: SurveyFile, listsAll: Bool) {
        let whole = SurveySummary(file.surveys)
        var lines = ["\(file.name): \(whole.surveys) survey-quarters", ""]
        let rows =
            SurveySummary.byQuarter(file.surveys).map { ($0.quarter.description, $0.summary) } + [("all", whole)]
        lines += SurveyScoreText.table(
            [
                "quarter", "surveys", "customers", "offered", "respondents", "answered of offered", "trust (4 and 5)",
                "n",
            ],
            rows.map { name, summary in
                [
                    name, grouped(summary.surveys), grouped(summary.customers), grouped(summary.offered),
                    grouped(summary.respondents), summary.responseRateMedian.map { percent($0) } ?? "–",
                    SurveyScoreText.share(summary.trust), grouped(summary.trustAnswers),
                ]
            })
        lines += [
            "",
            "“answered of offered” is the middle survey's response rate (\(whole.responseRateSurveys) surveys tell both numbers).",
            "The trust question has \(whole.trustWordings) wordings here: one share over all of them hides what was asked.",
            "Intervals are 95 % Wilson and know only of chance, not of who did not answer.", "",
        ]
        lines += SurveyScoreText.issues(file, listsAll)
        text = lines.joined(separator: "\n")
    }

    private static func issues(_ file: SurveyFile, _ listsAll: Bool) -> [String] {
        let issues = file.issues
        guard !issues.isEmpty else { return ["Nothing in it misleads, as far as rules can tell."] }
        var lines = ["\(issues.count) traps:"]
        let groups = Dictionary(grouping: issues, by: \.kind)
        lines += table(
            ["kind", "times", "rows"],
            SurveyIssue.Kind.allCases.compactMap { kind in
                guard let found = groups[kind] else { return nil }
                let rows = Set(found.map(\.row)).sorted()
                let shown = rows.prefix(8).map { String($0) }.joined(separator: ", ")
                return [
                    kind.rawValue, String(found.count), rows.count > 8 ? "\(shown) and \(rows.count - 8) more" : shown,
                ]
            }, numbers: [1])
        if listsAll {
            lines.append("")
            lines += issues.map { issue in
                "row \(issue.row)\(issue.item.map { ", question \($0.rawValue)" } ?? ""), \(issue.kind.rawValue): \(issue.detail)"
            }
        } else {
            lines.append("--all lists each with what stands there.")
        }
        return lines
    }

    private static func share(_ figure: Figure) -> String {
        guard let value = figure.value else { return "–" }
        guard let low = figure.interval?.lower, let high = figure.interval?.upper else { return percent(value) }
        return "\(percent(value)) (\(percent(low))–\(percent(high)))"
    }

    /// Columns side by side; numbers to the right.
    static func table(_ head: [String], _ rows: [[String]], numbers: Set<Int>? = nil) -> [String] {
        let numbers = numbers ?? Set(1..<head.count)
        let widths = head.indices.map { column in
            ([head] + rows).map { $0[column].count }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (column, cell) in cells.enumerated() {
                let pad = String(repeating: " ", count: max(0, widths[column] - cell.count))
                text += (column == 0 ? "" : "  ") + (numbers.contains(column) ? pad + cell : cell + pad)
            }
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
        return [line(head), widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")] + rows.map(line)
    }
}

/// 0.7571 as "75.7 %".
func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
