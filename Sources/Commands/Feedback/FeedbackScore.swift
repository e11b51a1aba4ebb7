internal import Analyses
internal import ArgumentParser
internal import Experience
internal import Formats
internal import Foundation

struct FeedbackScore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score a published file of survey-quarters and list everything in it that misleads.",
        discussion: """
            FILE is a CSV of one line a survey and quarter in the published layout (104 columns). Means and shares are \
            counted anew from the answers; a published mean that differs is listed. Nothing in the file is mended: each \
            trap is told with its row, as a spreadsheet numbers it (the header is row 1).
            """)

    @Argument(help: "The published file.")
    var file: String

    @Flag(help: "Print JSON, with every score of every survey.")
    var json = false

    @Flag(help: "List every trap, not only how many there are of each kind.")
    var all = false

    func run() async throws {
        try await reportingFailures {
            let file = try SurveyFile(path: file)
            file.tellRefused()
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                encoder.keyEncodingStrategy = .convertToSnakeCase
                print(String(decoding: try encoder.encode(SurveyScoreDocument(file)), as: UTF8.self))
            } else {
                print(SurveyScoreText(file, listsAll: all).text)
            }
        }
    }
}
