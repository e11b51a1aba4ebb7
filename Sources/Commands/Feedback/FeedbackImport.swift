internal import Analyses
internal import ArgumentParser
internal import Experience
internal import Formats
internal import Foundation
internal import Storage

struct FeedbackImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Keep published survey-quarters beside the record, for the dashboard and for reports.",
        discussion: """
            FILE is a CSV in the published layout (104 columns). The same file name again replaces what it brought before. \
            Rows with a cell that can't be taken are left out and told with row and column; the others are kept.
            """)

    @Argument(help: "The published file.")
    var file: String

    @Flag(help: "Keep nothing when any row has to be left out.")
    var strict = false

    @OptionGroup var data: DataPlace

    func run() async throws {
        try await reportingFailures {
            let file = try SurveyFile(path: file)
            file.tellRefused()
            let left = Set(file.refused.map(\.row)).count
            if strict, left > 0 {
                throw CommandFailure.badData("\(left) rows can't be taken and nothing was kept; mend them.")
            }
            let surveys = try file.rows.map { row in
                ImportedSurvey(
                    agency: try Self.agency(row), source: file.name, row: row.number, survey: row.survey)
            }
            try await data.onRecord(rules: ViewRules(services: [])) { record in
                try await record.keepSurveys(surveys, source: file.name)
            }
            let quarters = Set(surveys.map(\.survey.quarter)).sorted()
            let span = [quarters.first, quarters.last].compactMap { $0?.description }
            print(
                "\(surveys.count) survey-quarters kept, \(Set(span).count == 1 ? span[0] : span.joined(separator: " to "))"
                    + (left > 0 ? "; \(left) rows left out" : "") + ".")
            let issues = file.issues
            if !issues.isEmpty {
                print("\(issues.count) traps in it; “throughline feedback score” lists them with their rows.")
            }
            if left > 0 { throw ExitCode(65) }
        }
    }

    /// The agency a survey belongs to: its organisation's abbreviation, or its number.
    private static func agency(_ row: PublishedSurveys.Row) throws -> AgencyID {
        func plain(_ text: String) -> String {
            String(text.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(48))
        }
        let organisation = row.survey.organisation
        if let id = AgencyID(plain(organisation.abbreviation)) { return id }
        guard !plain(organisation.id).isEmpty, let id = AgencyID("organisation-" + plain(organisation.id)) else {
            throw CommandFailure.badData("row \(row.number) names no organisation; give it an abbreviation or an id.")
        }
        return id
    }
}
