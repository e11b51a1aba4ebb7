internal import ArgumentParser
internal import Formats
internal import JourneyEngine

struct ConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write a log in another format: XES, CSV, JSON Lines, OCEL 2, or a saved log.",
        discussion: """
            The ending of OUT tells the format: .xes, .csv, .jsonl, .jsonocel, .xmlocel (each also with .gz), or
            \(JourneySource.savedEnding) for a saved log, which opens at once whatever its size.
            """)

    @Argument(help: "A log file to read.")
    var input: String

    @Argument(help: "The file to write.")
    var output: String

    @OptionGroup var source: JourneySource

    func run() async throws {
        try await reportingFailures {
            let log = try await source.load(input, threads: 0).log
            if output.hasSuffix(JourneySource.savedEnding) {
                do throws(LogFileError) {
                    try log.save(to: output)
                } catch {
                    throw CommandFailure.unavailable("\(error)")
                }
            } else {
                do throws(FormatError) {
                    try LogWriter.write(log, to: output)
                } catch {
                    throw CommandFailure.unavailable("\(error).")
                }
            }
            print("\(output): \(grouped(log.journeyCount)) journeys, \(grouped(log.eventCount)) events.")
        }
    }
}
