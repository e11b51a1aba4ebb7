internal import Experience
internal import Foundation
internal import Site
internal import Storage
internal import Synchronization

/// Where kernels run: they take every core for a moment, so two at a time are enough.
let computing = DispatchQueue(label: "throughline.analyses", attributes: .concurrent)

/// The last reports, each good for the snapshot it was made from and for a minute: several people look at one page,
/// and a page has several downloads.
final class ReportCache: Sendable {
    private struct Key: Hashable {
        var service: ServiceID
        var filter: PageFilter
    }

    private struct Entry {
        var report: ServiceReport
        var sequence: Int64
        var at: Instant
    }

    private let entries = Mutex<[Key: Entry]>([:])
    private static let limit = 64

    func report(_ service: ServiceID, _ filter: PageFilter, _ sequence: Int64, _ now: Instant) -> ServiceReport? {
        entries.withLock { entries in
            guard let entry = entries[Key(service: service, filter: filter)], entry.sequence == sequence,
                now.seconds(since: entry.at) < 60
            else { return nil }
            return entry.report
        }
    }

    func keep(
        _ report: ServiceReport, _ service: ServiceID, _ filter: PageFilter, _ sequence: Int64, _ now: Instant
    ) {
        entries.withLock { entries in
            if entries.count >= Self.limit, let oldest = entries.min(by: { $0.value.at < $1.value.at }) {
                entries.removeValue(forKey: oldest.key)
            }
            entries[Key(service: service, filter: filter)] = Entry(report: report, sequence: sequence, at: now)
        }
    }
}

extension ServiceReport {
    /// A service nothing has happened in yet.
    static var empty: ServiceReport {
        func none(_ unit: ShownFigure.Unit, _ method: String) -> ShownFigure {
            ShownFigure(value: nil, n: 0, unit: unit, method: method, strength: .suppressed)
        }
        return ServiceReport(
            kept: none(.share, "wilson"), closedNotSolved: none(.share, "wilson"), solved: none(.share, "wilson"),
            half: none(.days, "kaplan-meier"), nineOfTen: none(.days, "kaplan-meier"),
            waiting: none(.seconds, "median"), touch: none(.seconds, "median"), contacts: none(.perJourney, "mean"),
            failureDemand: none(.share, "wilson"), rating: none(.score, "mean"))
    }
}
