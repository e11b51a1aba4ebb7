internal import Analyses
internal import Experience
internal import JourneyEngine
internal import Site
internal import Statistics
internal import Storage
internal import Synchronization

extension StaffReports {
    /// Journeys looked at for the working time: the middle of so many lies within a few per cent of that of all.
    static let workSample = 600

    /// The journeys looked at: those whose mixed row numbers are least. As good as drawn by lot, always the same for
    /// the same page, and nearly the same for pages that show nearly the same journeys.
    static func sample(_ closed: [Int32]) -> [Int32] {
        guard closed.count > workSample else { return closed }
        // Of evenly spread numbers, twice as many as wanted lie below this, near enough.
        let bound = UInt32(clamping: Int64(UInt32.max) * Int64(2 * workSample) / Int64(closed.count))
        var drawn: [(mixed: UInt32, row: Int32)] = []
        for row in closed {
            let mixed = UInt32(bitPattern: row) &* 2_654_435_769
            if mixed <= bound { drawn.append((mixed, row)) }
        }
        drawn.sort { $0.mixed < $1.mixed }
        return drawn.count < workSample ? evenly(closed, workSample) : drawn.prefix(workSample).map(\.row)
    }

    /// So many of the rows, at even distances; all of them when there are no more.
    static func evenly(_ rows: [Int32], _ count: Int) -> [Int32] {
        guard rows.count > count else { return rows }
        return (0..<count).map { rows[$0 * rows.count / count] }
    }

    /// The middle office time from the recorded beginning of each piece of work to its end, a journey; nil where none
    /// of them says when work began. Only journeys that are new to it, or have new events, are read from the record.
    func workingTime(
        _ definition: ServiceDefinition, _ rows: [Int32], _ snapshot: ServiceSnapshot
    ) async throws -> ShownFigure? {
        let calendar = calendars()[definition.promise?.calendar ?? .usFederal]
        let asked = rows.map { row in
            let id = snapshot.table.ids[Int(row)]
            let events = snapshot.log.journeyIndex(ofID: id).map { snapshot.log.events(of: $0).count } ?? 0
            return WorkedTimes.Journey(
                service: definition.id, journey: id, events: events, calendar: calendar?.reference)
        }
        var (times, unknown) = worked.times(of: asked)
        if !unknown.isEmpty {
            let spans = try await record.work(on: unknown.map(\.journey), agency: definition.agency)
            var found: [String: Int64] = [:]
            for span in spans {
                let time =
                    calendar?.elapsed(from: span.started, to: span.ended)
                    ?? span.ended.microseconds - span.started.microseconds
                found[span.journey, default: 0] += time
            }
            worked.keep(unknown.map { ($0, found[$0.journey]) })
            times += found.values
        }
        guard !times.isEmpty else { return nil }
        return ShownFigure(TimeSample(times.sorted()).median(rule: .staff), .seconds, "work")
    }
}

/// The working time of journeys looked at lately.
final class WorkedTimes: Sendable {
    /// A journey as it was then: with more events, or by another calendar, it is another.
    struct Journey: Hashable, Sendable {
        var service: ServiceID
        var journey: String
        var events: Int
        var calendar: CalendarReference?
    }

    private static let limit = 50_000

    /// Microseconds; nil where nothing says when work began.
    private let known = Mutex<[Journey: Int64?]>([:])

    /// The times that are known, and the journeys about which nothing is.
    func times(of asked: [Journey]) -> (times: [Int64], unknown: [Journey]) {
        known.withLock { known in
            var times: [Int64] = []
            var unknown: [Journey] = []
            for journey in asked {
                guard let time = known[journey] else {
                    unknown.append(journey)
                    continue
                }
                if let time { times.append(time) }
            }
            return (times, unknown)
        }
    }

    func keep(_ found: [(Journey, Int64?)]) {
        known.withLock { known in
            if known.count + found.count > WorkedTimes.limit { known.removeAll() }
            for (journey, time) in found { known.updateValue(time, forKey: journey) }
        }
    }
}
