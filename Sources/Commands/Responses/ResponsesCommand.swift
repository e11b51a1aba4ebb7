internal import ArgumentParser

/// Answers from outside.
struct ResponsesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "responses", abstract: "Take answers to a form from elsewhere.",
        subcommands: [ImportResponses.self])
}
