internal import Analytics
internal import ArgumentParser
internal import Experience
internal import Foundation
internal import Storage

struct AnalyticsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analytics",
        abstract: "Analyses beyond memory: set up, feed and check a ClickHouse server.",
        discussion: "While the site runs with --analytics it feeds the server by itself.",
        subcommands: [AnalyticsSetup.self, AnalyticsFeedCommand.self, AnalyticsStatus.self, AnalyticsCheck.self])
}

/// What every one of these commands is told.
struct AnalyticsOptions: ParsableArguments {
    @OptionGroup var place: AnalyticsPlace
    @OptionGroup var data: DataPlace
    @OptionGroup var services: ServicesPlace

    struct Opened {
        var record: Record
        var definitions: [ServiceDefinition]
        var client: ClickHouseClient

        /// Forms in the version that was answered, as the record keeps them.
        func forms() async throws -> @Sendable (ServiceID, Slug, Int) -> FormDefinition? {
            try await FormSource.read(record, services: definitions, today: CivilDate(utc: .now))
                .forms(of: definitions)
        }
    }

    func open() async throws -> Opened {
        let address = try await place.named(dataFolder: data.folder)
        let definitions = try allDefinitions(data: data, place: services)
        let record = try await data.open(rules: ViewRules(services: definitions, calendars: data.calendars.current))
        return Opened(record: record, definitions: definitions, client: ClickHouseClient(address))
    }

    func running(_ work: (Opened) async throws -> Void) async throws {
        try await reportingFailures {
            let opened = try await open()
            try await opened.record.closing { _ in
                do {
                    try await askingAnalytics { try await work(opened) }
                } catch let error as FeedLost {
                    throw CommandFailure.unavailable("\(error); it goes on there.")
                }
            }
        }
    }
}

struct AnalyticsSetup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup", abstract: "Make the tables on the analytics server; what is there stays.")

    @OptionGroup var options: AnalyticsOptions

    @Flag(help: "Take the tables away first, and feed from the beginning.")
    var again = false

    func run() async throws {
        try await options.running { opened in
            if again {
                try await opened.client.tearDown()
                try await opened.record.forgetAnalytics(opened.client.address.target)
            }
            try await opened.client.setUp(epoch: Instant.now.microseconds / 1000)
            print("\(opened.client.address) is set up.")
        }
    }
}

struct AnalyticsFeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed", abstract: "Feed the analytics server to the end of the record, and stop.")

    @OptionGroup var options: AnalyticsOptions

    @Option(help: "Events a batch.")
    var batch: Int64 = 100_000

    func run() async throws {
        try await options.running { opened in
            guard (1...1_000_000).contains(batch) else {
                throw CommandFailure.usage("--batch is from 1 to 1000000.")
            }
            var feeder = AnalyticsFeeder(
                record: opened.record, client: opened.client, owner: UUID().uuidString, now: { .now },
                form: try await opened.forms())
            feeder.batch = batch
            let start = ContinuousClock.now
            switch try await feeder.run() {
            case .elsewhere:
                throw CommandFailure.unavailable("another program feeds this server now; nothing was done.")
            case .done(let events):
                let time = ContinuousClock.now - start
                let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
                print(
                    "\(grouped(Int(events))) events fed in \((seconds * 10).rounded() / 10) s"
                        + (events > 0 ? ", \(grouped(Int(Double(events) / max(seconds, 0.001)))) a second." : "."))
            }
        }
    }
}

struct AnalyticsStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tell how far the analytics server is behind the record; fails when it is late or does not answer.")

    @OptionGroup var options: AnalyticsOptions

    @Option(help: "Seconds the oldest event may wait before that is an alarm.")
    var lateAfter = 300

    func run() async throws {
        try await options.running { opened in
            guard lateAfter >= 0 else { throw CommandFailure.usage("--late-after is 0 or more seconds.") }
            let standing = try await FeedStanding(opened.record, opened.client.address, now: .now)
            print("server      \(opened.client.address)")
            print("fed         \(grouped(Int(standing.feed.events))) events, to number \(standing.feed.through)")
            print("waiting     \(grouped(Int(standing.waiting))) events, for \(Int(standing.lag)) s")
            if standing.feed.problem != nil || standing.silence != nil { print("problem     \(standing.reason)") }
            let version = try await opened.client.version()
            print("version     \(version.major).\(version.minor)")
            if standing.lag > Double(lateAfter) {
                throw CommandFailure.unavailable(
                    "analyses lag behind the record by \(Int(standing.lag)) s; see that a server with --analytics runs."
                )
            }
        }
    }
}
