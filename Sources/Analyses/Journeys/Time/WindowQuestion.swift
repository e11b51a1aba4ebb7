package import JourneyEngine

/// What remains of a log under a window of time, three ways, and under the window with the five commonest paths.
package enum WindowQuestion: JourneyQuestion {
    package static let id = "window"
    package static let title = "Inside a window of time"
    package static let about =
        "Journeys contained in and touching a window, and events in it. Without a window, the middle half of all events."

    package struct Kept: Sendable, Hashable, Codable {
        package var cases: Int
        package var events: Int
    }

    package struct Filters: Sendable, Hashable, Codable {
        /// First and last moment, both included, microseconds since 1970 UTC.
        package var window: [Int64]
        package var contained: Kept
        package var intersecting: Kept
        package var eventsInWindow: Int
        package var containedThenTop5: Kept
        package var rule =
            "contained: first >= lo and last <= hi; intersecting: last >= lo and first <= hi; top 5: count desc, then trace asc"

        enum CodingKeys: String, CodingKey {
            case window, contained, intersecting, rule
            case eventsInWindow = "events_in_window"
            case containedThenTop5 = "contained_then_top5_variants"
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var filters: Filters

        package var tables: [AnswerTable] {
            let f = filters
            let rows: [[AnswerCell]] = [
                [.text("contained"), .integer(f.contained.cases), .integer(f.contained.events)],
                [.text("intersecting"), .integer(f.intersecting.cases), .integer(f.intersecting.events)],
                [.text("events in window"), .none, .integer(f.eventsInWindow)],
                [
                    .text("contained, five commonest paths"), .integer(f.containedThenTop5.cases),
                    .integer(f.containedThenTop5.events),
                ],
            ]
            return [AnswerTable("Window", columns: ["rule", "cases", "events"], rows: rows)]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        let window = options.window ?? middleHalf(JourneyColumns(log).times)
        func kept(_ selection: JourneySelection) -> Kept {
            Kept(cases: selection.count, events: log.eventCount(in: selection))
        }
        let contained = log.select(.contained(in: window), threads: options.threads)
        let top = VariantLog(log, within: contained, threads: options.threads).variants.prefix(5)
        return Answer(
            filters: Filters(
                window: [window.lowerBound, window.upperBound], contained: kept(contained),
                intersecting: kept(log.select(.intersecting(window), threads: options.threads)),
                eventsInWindow: log.eventCount(in: window, threads: options.threads),
                containedThenTop5: Kept(
                    cases: top.reduce(0) { $0 + $1.count }, events: top.reduce(0) { $0 + $1.count * $1.path.count })))
    }

    /// Nearest-rank 25th to 75th percentile of event times.
    private static func middleHalf(_ times: [Int64]) -> ClosedRange<Int64> {
        let sorted = times.sorted()
        func rank(_ percent: Int) -> Int64 {
            sorted.isEmpty ? 0 : sorted[max(0, (percent * sorted.count + 99) / 100 - 1)]
        }
        return rank(25)...rank(75)
    }
}
