package import JourneyEngine
import Statistics

/// What is likely next and how much longer it takes, for journeys still under way.
///
/// Times come from all journeys that passed the same last step, by Kaplan and Meier's estimate: a journey still
/// running counts as “at least this long”, so today's slow cases are not left out as if they had never been.
package enum RemainingQuestion: JourneyQuestion {
    package static let id = "remaining"
    package static let title = "What is left for running journeys"
    package static let about =
        "Next step and time left by the last step taken; needs the endings that mark a journey as over."

    package struct NextStep: Sendable, Hashable, Codable {
        /// nil: the journey ends.
        package var activity: String?
        package var share: Double
    }

    package struct Row: Sendable, Hashable, Codable {
        package var lastActivity: String
        /// Running journeys whose last step this is.
        package var running: Int
        /// Journeys the estimate rests on, and how many of those are over.
        package var n: Int
        package var ended: Int
        /// From this step to the end: half are done within, nine of ten within; nil where the data end before.
        package var medianDays: Double?
        package var p90Days: Double?
        package var medianLowerDays: Double?
        package var medianUpperDays: Double?
        /// Median time left for the running ones, given how long each already waits at this step; nil where unknown.
        package var medianLeftDays: Double?
        /// Most likely first.
        package var next: [NextStep]

        enum CodingKeys: String, CodingKey {
            case running, n, ended, next
            case lastActivity = "last_activity"
            case medianDays = "median_days"
            case p90Days = "p90_days"
            case medianLowerDays = "median_lower_days"
            case medianUpperDays = "median_upper_days"
            case medianLeftDays = "median_left_days"
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var cases: Int
        package var running: Int
        /// The moment to which running journeys are counted: the last event of the log, microseconds since 1970 UTC.
        package var asOf: Int64?
        package var rows: [Row]

        enum CodingKeys: String, CodingKey {
            case cases, running, rows
            case asOf = "as_of"
        }

        package var tables: [AnswerTable] {
            let cells: [[AnswerCell]] = rows.map { r in
                [
                    .text(r.lastActivity), .integer(r.running), .integer(r.n), .integer(r.ended),
                    AnswerCell(r.medianDays), AnswerCell(r.p90Days), AnswerCell(r.medianLeftDays),
                    .text(r.next.first.map { $0.activity ?? "end" } ?? ""), AnswerCell(r.next.first?.share),
                ]
            }
            let columns = [
                "last_activity", "running", "n", "ended", "median_days", "p90_days", "median_left_days", "next",
                "next_share",
            ]
            return [AnswerTable("Time left", columns: columns, rows: cells)]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer {
        let columns = JourneyColumns(log)
        let endings = Set(try options.endings.map { Int32(try columns.require($0)) })
        guard !endings.isEmpty else {
            throw JourneyProblem.needs(question: id, option: "the activities that end a journey", example: "closed")
        }
        let now = columns.times.max()
        let n = columns.names.count
        var times = [[Double]](repeating: [], count: n)
        var isEvent = [[Bool]](repeating: [], count: n)
        var next = [[Int]](repeating: [Int](repeating: 0, count: n + 1), count: n)
        var waiting = [[Double]](repeating: [], count: n)
        for journey in 0..<columns.journeyCount {
            let range = columns.events(of: journey)
            guard let last = range.last, let now else { continue }
            let isOver = endings.contains(columns.activities[last])
            let until = isOver ? columns.times[last] : now
            // The last time a journey did each step: from there to its end.
            var seen: Set<Int32> = []
            for event in range.reversed() {
                let activity = Int(columns.activities[event])
                if event < last {
                    next[activity][Int(columns.activities[event + 1])] += 1
                } else if isOver {
                    next[activity][n] += 1
                }
                guard seen.insert(columns.activities[event]).inserted else { continue }
                times[activity].append(Double(until - columns.times[event]) / 8.64e10)
                isEvent[activity].append(isOver)
            }
            if !isOver {
                waiting[Int(columns.activities[last])].append(Double(now - columns.times[last]) / 8.64e10)
            }
        }
        var rows: [Row] = []
        for activity in 0..<n where !waiting[activity].isEmpty {
            let curve = KaplanMeier(times: times[activity], isEvent: isEvent[activity])
            let limits = curve?.quantileInterval(0.5, confidence: options.confidence)
            let left = waiting[activity].compactMap { curve?.timeLeft(0.5, afterOpenFor: $0) }.sorted()
            let total = next[activity].reduce(0, +)
            let likely = next[activity].indices.filter { next[activity][$0] > 0 }.sorted {
                (-next[activity][$0], $0) < (-next[activity][$1], $1)
            }
            rows.append(
                Row(
                    lastActivity: columns.names[activity], running: waiting[activity].count,
                    n: times[activity].count, ended: isEvent[activity].count { $0 }, medianDays: curve?.quantile(0.5),
                    p90Days: curve?.quantile(0.9), medianLowerDays: limits?.lower, medianUpperDays: limits?.upper,
                    medianLeftDays: left.count * 2 > waiting[activity].count ? left[left.count / 2] : nil,
                    next: likely.prefix(5).map { code in
                        NextStep(
                            activity: code == n ? nil : columns.names[code],
                            share: Double(next[activity][code]) / Double(total))
                    }))
        }
        let running = rows.reduce(0) { $0 + $1.running }
        return Answer(cases: columns.journeyCount, running: running, asOf: now, rows: rows)
    }
}
