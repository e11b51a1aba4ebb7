internal import ArgumentParser
internal import Experience
internal import Formats
internal import Foundation
internal import Logging
internal import Metrics
internal import Storage

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages and the API.",
        discussion: "On an empty data folder, --demo fills it with a year of simulated journeys first.")

    @OptionGroup var flags: ServeFlags
    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace
    @OptionGroup var analytics: AnalyticsPlace

    @Flag(help: "Fill an empty data folder with simulated services, always labelled so.")
    var demo = false

    @Option(help: "Seed of the simulation.")
    var seed: UInt64 = 1

    func run() async throws {
        try await reportingFailures {
            let settings = try await ServeSettings.read(flags: flags, dataFolder: data.folder)
            let form = settings.log.form
            let shipper = try settings.log.server.map {
                try LogShipper(
                    $0, authorities: settings.log.authorities,
                    local: Logger(label: "throughline") { LogLines(label: $0, form: form) })
            }
            var ship: (@Sendable (Logger.Level, Instant, String) -> Void)?
            if let shipper { ship = { shipper.take($0, at: $1, $2) } }
            LoggingSystem.bootstrap { [ship] label in LogLines(label: label, form: form, ship: ship) }
            let registry = MetricsRegistry()
            MetricsSystem.bootstrap(registry)
            var logger = Logger(label: "throughline")
            logger.logLevel = settings.log.level
            var live = try await LiveServices.open(
                data: data, place: place, settings: settings, registry: registry, logger: logger)
            try await live.record.closing { record in
                live.shipper = shipper
                live.analytics = try await analytics.address(dataFolder: data.folder)
                if demo, try await record.lastSequence() == 0 {
                    try await fillShowingProgress(
                        record, live.catalogue.current.services, seed: seed, today: CivilDate(utc: .now))
                }
                try await live.run()
            }
        }
    }
}
