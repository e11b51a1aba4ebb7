package import ArgumentParser

/// The command line. Each subcommand is one file; live parts are joined in `LiveServices.swift` only.
package struct Throughline: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "throughline",
        abstract: "Follow every person through a public service: promises, feedback, journeys.",
        version: "0.1.0",
        subcommands: [
            Serve.self, DemoCommand.self, ImportCommand.self, ResponsesCommand.self, Rebuild.self, ServicesCommand.self,
            FormsCommand.self,
            Journeys.self,
            PromiseCommand.self, FeedbackCommand.self, ConvertCommand.self, KeysCommand.self, AccountsCommand.self,
            MoveCommand.self,
            WebhooksCommand.self, CalendarsCommand.self, RetentionCommand.self, DoctorCommand.self,
            AnalyticsCommand.self, VerifyCommand.self, BackupCommand.self, RestoreCommand.self, RecordCommand.self,
        ]
    )

    package init() {}
}

/// The program's entry: reads its arguments, runs what they ask and exits.
package func runCommandLine() async {
    await Throughline.main()
}
