internal import ArgumentParser

struct PromiseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promise", abstract: "Look at dates given to people: could they have been kept?",
        subcommands: [PromiseBacktest.self])
}
