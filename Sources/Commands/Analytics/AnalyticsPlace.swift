internal import Analytics
internal import ArgumentParser
internal import Configuration
internal import Foundation

/// Where analyses beyond memory are answered: `--analytics`, THROUGHLINE_ANALYTICS, or "analytics" in throughline.json.
struct AnalyticsPlace: ParsableArguments {
    @Option(
        name: .customLong("analytics"),
        help: ArgumentHelp(
            "A ClickHouse server that is fed and asked: \(AnalyticsAddress.form).",
            discussion: "Also THROUGHLINE_ANALYTICS, or \"analytics\" in throughline.json."))
    var text: String?

    /// What the flag says, then the environment, then `throughline.json`; nil where none is named.
    func address(dataFolder: String) async throws -> AnalyticsAddress? {
        let configured = try await ServeSettings.reader(dataFolder: dataFolder).string(
            forKey: "analytics", isSecret: true)
        guard let text = text ?? configured, !text.isEmpty else { return nil }
        do throws(AnalyticsError) {
            return try AnalyticsAddress(text)
        } catch {
            throw CommandFailure.usage("\(error)")
        }
    }

    func named(dataFolder: String) async throws -> AnalyticsAddress {
        guard let address = try await address(dataFolder: dataFolder) else {
            throw CommandFailure.usage("name the analytics server: --analytics \(AnalyticsAddress.form).")
        }
        return address
    }
}

/// Runs what asks the analytics server, and tells its failures as a command does.
func askingAnalytics<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
        return try await work()
    } catch let error as AnalyticsError {
        switch error {
        case .badAddress, .cannot: throw CommandFailure.usage("\(error)")
        default: throw CommandFailure.unavailable("\(error)")
        }
    }
}
