internal import ArgumentParser
internal import Experience
internal import Storage

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Fill an empty data folder with a simulated year of the shipped services.",
        discussion: "The same seed on the same day gives the same events. Everything is labelled simulated.")

    @Option(help: "Seed of the simulation.")
    var seed: UInt64 = 1

    @Option(help: "How many journeys: 1 is about 30,000.")
    var size = 1.0

    @Option(help: "The day after the simulated year, as 2026-07-01 (default: today).")
    var today: String?

    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            var day = CivilDate(utc: .now)
            if let today {
                guard let given = CivilDate(today) else {
                    throw CommandFailure.usage("--today \(today) is not a day; write it as 2026-07-01.")
                }
                day = given
            }
            guard size > 0, size <= 100 else { throw CommandFailure.usage("--size is a number above 0, up to 100.") }
            let definitions = try allDefinitions(data: data, place: place)
            let rules = ViewRules(services: definitions, calendars: data.calendars.current)
            try await data.onRecord(rules: rules) { record in
                guard try await record.lastSequence() == 0 else {
                    throw CommandFailure.usage(
                        "\(data.folder) already holds a record; name an empty folder with --data.")
                }
                try await fillShowingProgress(record, definitions, seed: seed, today: day, size: size)
            }
        }
    }
}

/// Fills the record and says what was made.
func fillShowingProgress(
    _ record: Record, _ definitions: [ServiceDefinition], seed: UInt64, today: CivilDate, size: Double = 1
) async throws {
    let progress = ProgressLine()
    printError("Simulating a year of \(definitions.count) services (seed \(seed))…")
    try await DemoFilling.fill(record, definitions: definitions, seed: seed, today: today, size: size)
    let events = try await record.lastSequence()
    printError("\(grouped(Int(events))) simulated events in \(oneDecimal(progress.seconds)) s.")
}
