internal import Analyses
internal import Experience
internal import Formats
internal import Foundation

/// A published file of survey-quarters, read from disk; rows that can't be taken are told on standard error.
struct SurveyFile {
    var name: String
    var rows: [PublishedSurveys.Row]
    var refused: [CellProblem]

    init(path: String) throws {
        guard fileKind(path) == .file, let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure.noInput("there is no file at \(path); check the name.")
        }
        name = URL(fileURLWithPath: path).lastPathComponent
        do throws(SurveyFileProblem) {
            let reading = try PublishedSurveys.read([UInt8](data))
            rows = reading.rows
            refused = reading.problems
        } catch {
            throw CommandFailure.badData("\(path): \(error)")
        }
        guard !rows.isEmpty else {
            throw CommandFailure.badData(
                "\(path): no row can be used; the first: \(refused.first.map { "\($0)" } ?? "it is empty").")
        }
    }

    var surveys: [SurveyQuarter] { rows.map(\.survey) }
    var issues: [SurveyIssue] { SurveyIssue.all(rows.map { ($0.number, $0.survey) }) }

    /// Rows left out, one line each on standard error.
    func tellRefused() {
        for problem in refused { printError("\(problem).") }
    }
}
