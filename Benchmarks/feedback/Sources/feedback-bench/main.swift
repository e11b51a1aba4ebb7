import Analyses
import Experience
import Foundation
import Statistics

// usage: feedback-bench [ANSWERS] [JOURNEYS]
// Measures scores over that many answers, and what goes with ratings over that many journeys; prints a line of JSON a task.
let arguments = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
let answers = max(1_000, arguments.first ?? 10_000_000)
let journeys = max(1_000, arguments.dropFirst().first ?? answers)
let now: Int64 = 1_790_000_000_000_000
let year = now - 365 * Instant.day..<now

do {
    let columns = Samples.columns(answers, now: now)
    let size = Double(columns.count)
    measure("scores and drivers", repeats: 7) {
        let scores = FeedbackScores(columns, in: year, rule: .staff)
        guard case .success(let drivers) = scores.drivers else { return [] }
        return [
            size, Double(scores.respondents), Double(scores.lines.count), scores.index?.figure.value ?? -1,
            scores.indexTop2?.figure.value ?? -1, scores.mentions.first?.net.value ?? -1, Double(drivers.n),
            drivers.rSquared,
        ]
    }
    measure("… the counts of every survey", repeats: 7) {
        [Double(columns.tallies(in: year).reduce(0) { $0 + $1.respondents })]
    }
    measure("… the forms of the seven answers", repeats: 7) { [Double(columns.cells(in: year).codes.count)] }
    let cells = columns.cells(in: year)
    measure("… shares of R² with rank intervals", repeats: 5) {
        (try? DriverAnalysis(cells, outcome: .trust)).map { [Double($0.n), $0.rSquared] } ?? []
    }
    measure("alarms over every place", repeats: 5) {
        let found = RatingAlarms(columns, until: now)
        return [Double(found.places), Double(found.alarms.count), found.perYear ?? -1]
    }
}
if let snapshot = Samples.snapshot(journeys, now: now) {
    let rows = (0..<Int32(clamping: snapshot.table.count)).map { $0 }
    func fit() -> [Double] {
        do throws(JourneyFacts.Failure) {
            let facts = try JourneyFacts(snapshot, rows: rows)
            return [Double(facts.n), facts.isProportional ? 1 : 0] + facts.lines.map(\.oddsRatio)
        } catch { return [] }
    }
    measure("journey facts, the first time of a snapshot", repeats: 1, fit)
    measure("journey facts", repeats: 5, fit)
}
