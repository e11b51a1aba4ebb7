import Analyses
import Experience
import Testing

/// Seeded, so that a failing run can be replayed.
struct PromiseRandom: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Days skewed to the right with the given median.
    mutating func days(median: Double) -> Int {
        let normal = (0..<12).reduce(-6.0) { sum, _ in sum + unit() }
        var factor = 1.0
        for _ in 0..<Int(abs(normal) * 10) { factor *= normal > 0 ? 1.04 : 1 / 1.04 }
        return max(1, Int((median * factor).rounded()))
    }
}

@Suite struct BacktestTests {
    /// Orders over 300 days from 2026-01-01: four suppliers, five places, handling then transit, one in ten lost.
    static func orders(perDay: Int, slow: (ClosedRange<Int>, Double)? = nil, last: Int = 300) -> [PromiseRow] {
        var random = PromiseRandom(state: 11)
        let first = CivilDate("2026-01-01")!.daysSince1970
        var rows: [PromiseRow] = []
        for day in 0..<last {
            for _ in 0..<perDay {
                let supplier = Int(random.next() % 4)
                let place = Int(random.next() % 5)
                let factor = slow.flatMap { $0.0.contains(day) ? $0.1 : nil } ?? 1
                let handling = random.days(median: (1 + Double(supplier)) * factor)
                let transit = random.days(median: (3 + 2 * Double(place)) * factor)
                let isLost = random.unit() < 0.1
                let shipped = day + handling
                let end = shipped + transit
                rows.append(
                    PromiseRow(
                        start: first + day, milestones: [shipped < last ? first + shipped : nil],
                        end: isLost || end >= last ? nil : first + end, values: ["s\(supplier)", "p\(place)"],
                        own: first + day + 40))
            }
        }
        return rows
    }

    @Test func keepsWhatItPromisesAndQuotesShorterThanOneDateForAll() throws {
        let report = Backtest.run(
            rows: Self.orders(perDay: 4), attributes: ["supplier", "place"], milestones: ["shipped"])
        let kept = try #require(report.kept)
        #expect((0.93...0.975).contains(kept))
        #expect(try #require(report.meanLead) < 0.88 * (try #require(report.pooledMeanLead)))
        #expect(try #require(report.worstMonthKept) > 0.9)
        #expect(try #require(report.quotedShare) > 0.7)
        #expect(report.openPastDue > 0)
        let stage = try #require(report.stages.first)
        #expect(stage.milestone == "shipped")
        #expect(stage.meanLead < stage.meanFirstLead)
        #expect(try #require(report.ownKept) > 0.95)
        #expect(try #require(report.ownMeanLead) == 40)
        #expect(try #require(report.warnedRight) > 0.25)
        #expect(report.calibration.allSatisfy { abs($0.said - $0.was) < 0.06 })
    }

    @Test func quotesOnlyFromWhatWasKnownThen() {
        let rows = Self.orders(perDay: 3, last: 200)
        let cut = CivilDate("2026-05-01")!.daysSince1970
        // The same orders with another future: quotes before the cut must not move.
        let other = rows.map { row in
            var row = row
            if let end = row.end, end >= cut { row.end = end + 30 }
            row.milestones = row.milestones.map { $0.flatMap { $0 >= cut ? nil : $0 } }
            return row
        }
        func leads(_ rows: [PromiseRow]) -> [String: Double] {
            let report = Backtest.run(rows: rows, attributes: ["supplier", "place"], milestones: ["shipped"])
            return Dictionary(
                uniqueKeysWithValues: report.months.filter { $0.month < "2026-03" }.map { ($0.month, $0.meanLead) })
        }
        let before = leads(rows)
        #expect(!before.isEmpty)
        #expect(before == leads(other))
    }

    /// Capacity falls behind: each day's orders take longer than the last. Finished orders then are the quick ones.
    @Test func aGrowingBacklogFoolsFinishedOrdersAloneButNotTheQuote() throws {
        var random = PromiseRandom(state: 5)
        let first = CivilDate("2026-01-05")!.daysSince1970
        var rows: [PromiseRow] = []
        for day in 0..<240 {
            let wait = day < 120 ? 10.0 : 10.0 + 0.08 * Double(day - 120)
            for _ in 0..<8 {
                let end = day + random.days(median: wait)
                rows.append(
                    PromiseRow(start: first + day, end: end < 300 ? first + end : nil, values: ["office"], own: nil))
            }
        }
        // The completed-only estimate: the 95 % quantile of what started in the last 60 days and has finished.
        var keptByFinished = 0
        var judged = 0
        for row in rows where row.start >= first + 160 {
            guard let end = row.end else { continue }
            let spans = rows.filter { $0.start >= row.start - 60 && $0.start < row.start }
                .compactMap { other in other.end.flatMap { $0 < row.start ? $0 - other.start : nil } }.sorted()
            judged += 1
            if end - row.start <= spans[spans.count * 95 / 100] { keptByFinished += 1 }
        }
        let finishedOnly = Double(keptByFinished) / Double(judged)
        let report = Backtest.run(rows: rows, attributes: ["office"])
        let late = report.months.filter { $0.month >= "2026-06" }
        let ours = late.reduce(0) { $0 + $1.kept * Double($1.n) } / Double(late.reduce(0) { $0 + $1.n })
        #expect(finishedOnly < 0.9)
        #expect(ours > finishedOnly + 0.05)
        #expect(ours > 0.91)
    }

    @Test func nothingIsPromisedFromNothing() {
        let empty = Backtest.run(rows: [], attributes: ["a"])
        #expect(empty.n == 0)
        #expect(empty.kept == nil)
        let few = Backtest.run(
            rows: (0..<20).map { PromiseRow(start: 20_000 + $0, end: 20_003 + $0, values: ["x"]) }, attributes: ["a"])
        #expect(few.n == 0)
        #expect(few.unquoted.values.reduce(0, +) == 20)
    }
}
