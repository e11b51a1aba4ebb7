package import JourneyEngine
import Statistics

/// What late journeys have in common: values of attributes and steps on the path that are more frequent among them
/// than among the others, tested one by one with the false-discovery rate held at 5 % (Benjamini & Hochberg 1995).
///
/// “Associated with”, never “causes”: a rare step may be the consequence of a delay.
package enum LateQuestion: JourneyQuestion {
    package static let id = "late"
    package static let title = "What late journeys have in common"
    package static let about =
        "Attribute values, steps, flows and repeated steps associated with journeys over a limit, false discoveries held at 5 %."

    package struct Finding: Sendable, Hashable, Codable {
        /// attribute, activity, flow, repeat or start.
        package var kind: String
        package var what: String
        package var cases: Int
        package var late: Int
        /// Of journeys that have it, with Wilson's interval.
        package var lateShare: Double
        package var lateLower: Double
        package var lateUpper: Double
        /// Among journeys that do not have it.
        package var lateShareOthers: Double
        /// Share with it ÷ share without; nil when nobody without it is late.
        package var lift: Double?
        package var p: Double
        package var adjustedP: Double
        package var isSignificant: Bool

        enum CodingKeys: String, CodingKey {
            case kind, what, cases, late, lift, p
            case lateShare = "late_share"
            case lateLower = "late_lower"
            case lateUpper = "late_upper"
            case lateShareOthers = "late_share_others"
            case adjustedP = "p_bh"
            case isSignificant = "significant"
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var cases: Int
        package var late: Int
        package var lateAfterSeconds: Double
        package var tested: Int
        /// Significant ones first, then by adjusted p, lift and name.
        package var findings: [Finding]

        enum CodingKeys: String, CodingKey {
            case cases, late, tested, findings
            case lateAfterSeconds = "late_after_s"
        }

        package var tables: [AnswerTable] {
            let rows: [[AnswerCell]] = findings.map { f in
                [
                    .text(f.kind), .text(f.what), .integer(f.cases), .integer(f.late), .number(f.lateShare),
                    .number(f.lateLower), .number(f.lateUpper), .number(f.lateShareOthers), AnswerCell(f.lift),
                    .number(f.adjustedP),
                ]
            }
            let columns = [
                "kind", "what", "cases", "late", "late_share", "late_lower", "late_upper", "late_share_others", "lift",
                "p_bh",
            ]
            return [AnswerTable("Associated with late journeys", columns: columns, rows: rows)]
        }
    }

    /// The nearest-rank 90th percentile of durations, seconds.
    static func usualLimit(_ sample: TimeSample) -> Double {
        sample.distribution(levels: [90]).nearestRank(90) ?? 0
    }

    static func late(_ log: EventLog, after seconds: Double, threads: Int) -> JourneySelection {
        let micros = seconds * 1e6
        guard micros < 9e18 else { return JourneySelection(of: log.journeyCount) }
        return log.select(.duration((Int64(max(-1, micros).rounded(.down)) + 1)...Int64.max), threads: threads)
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer {
        if let limit = options.lateAfterSeconds, !(limit >= 0 && limit.isFinite) {
            throw JourneyProblem.outOfRange(option: "late", value: "\(limit)", allowed: "a time of 0 or more")
        }
        let limit = options.lateAfterSeconds ?? usualLimit(log.durationSample(threads: options.threads))
        let late = late(log, after: limit, threads: options.threads)
        var counts = LateCounts(log, late, threads: options.threads)
        counts.countPaths()
        try counts.countAttributes(only: options.attribute)
        let total = log.journeyCount
        let lateTotal = late.count
        var findings: [Finding] = []
        for (key, count) in counts.byFeature where count.cases >= 10 && total - count.cases >= 10 {
            guard let own = Proportion(successes: count.late, n: count.cases),
                let interval = own.interval(confidence: options.confidence),
                let difference = ProportionDifference(
                    x1: count.late, n1: count.cases, x2: lateTotal - count.late, n2: total - count.cases)
            else { continue }
            findings.append(
                Finding(
                    kind: key.kind, what: key.what, cases: count.cases, late: count.late, lateShare: own.share,
                    lateLower: interval.lower, lateUpper: interval.upper, lateShareOthers: difference.p2,
                    lift: difference.p2 > 0 ? own.share / difference.p2 : nil,
                    p: difference.fisherExactP ?? difference.pooledP, adjustedP: 1, isSignificant: false))
        }
        findings.sort { ($0.p, $0.kind, $0.what) < ($1.p, $1.kind, $1.what) }
        if let result = MultipleComparisons.benjaminiHochberg.adjust(findings.map(\.p)) {
            for index in findings.indices {
                findings[index].adjustedP = result.adjusted[index]
                findings[index].isSignificant = result.rejected[index]
            }
        }
        let tested = findings.count
        return Answer(
            cases: total, late: lateTotal, lateAfterSeconds: limit, tested: tested,
            findings: Array(findings.prefix(max(0, options.top ?? 50))))
    }
}
