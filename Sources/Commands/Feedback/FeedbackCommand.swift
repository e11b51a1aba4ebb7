internal import ArgumentParser

struct FeedbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback",
        abstract:
            "Survey results by fiscal quarter: score a published file, keep it, report what people answered here.",
        subcommands: [FeedbackScore.self, FeedbackImport.self, FeedbackReport.self, FeedbackThemes.self])
}
