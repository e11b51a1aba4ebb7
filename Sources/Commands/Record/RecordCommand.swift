internal import ArgumentParser
internal import Experience
internal import Formats
internal import Storage

struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Work on the record as a whole.", subcommands: [RecordDropMonths.self])
}

struct RecordDropMonths: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop-months",
        abstract:
            "Drop whole months of a record on PostgreSQL whose time is over, with the journeys that ended in them.",
        discussion: """
            Oldest first; it stops at a month in which a journey began that went on later. What was dropped is in the audit \
            log with its digest. There is no way back but a backup.
            """)

    @Option(help: "Months recorded wholly before this day, as 2025-01-01.")
    var before: String

    @Flag(help: "Do it; without this it only says what it is about to do.")
    var yes = false

    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            guard let day = CivilDate(before) else {
                throw CommandFailure.usage("--before \(before.prefix(40)) is not a day; write it as 2025-01-01.")
            }
            guard day.startUTC < .now else {
                throw CommandFailure.usage("--before \(before) lies ahead; name a day that has passed.")
            }
            guard yes else {
                throw CommandFailure.usage(
                    "this drops events recorded before \(before) for good; make a backup, then add --yes.")
            }
            let definitions = try allDefinitions(data: data, place: place)
            let rules = ViewRules(services: definitions, calendars: data.calendars.current)
            do {
                let dropped = try await data.onRecord(rules: rules) { record in
                    try await record.dropMonths(recordedBefore: day.startUTC, by: "command line")
                }
                for month in dropped {
                    print(
                        "\(month.name): \(grouped(month.events)) events, \(grouped(month.journeys)) journeys, SHA-256 \(month.digest)"
                    )
                }
                if dropped.isEmpty { print("No month is wholly over before \(before).") }
            } catch StorageError.refused(let why) {
                throw CommandFailure.usage(why)
            }
        }
    }
}
