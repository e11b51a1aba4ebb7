import Analyses
import Experience
import Testing

/// Offices with one queue, and ones without.
@Suite struct QueueQuoteTests {
    static let first = CivilDate("2026-01-05")!.daysSince1970
    static let growsFrom = 150
    static let days = 330

    /// Eight requests a day are worked off in their order; from the 150th day on eleven come. Some days pass before and
    /// after, by chance.
    static let growing: [PromiseRow] = {
        var random = PromiseRandom(state: 23)
        var rows: [PromiseRow] = []
        var waiting: [Int] = []
        var next = 0
        for day in 0..<days where CivilDate(daysSince1970: first + day).weekday <= 5 {
            let arrivals = (day < growsFrom ? 7 : 11) + Int(random.next() % 3) - 1
            for _ in 0..<arrivals {
                waiting.append(rows.count)
                rows.append(PromiseRow(start: first + day, end: nil, values: ["\(random.next() % 2)"]))
            }
            for _ in 0..<8 where next < waiting.count {
                let end = day + 2 + random.days(median: 5)
                if end < days { rows[waiting[next]].end = first + end }
                next += 1
            }
        }
        return rows
    }()

    private static func report(_ rows: [PromiseRow], looksAhead: Bool) -> BacktestReport {
        var options = PromiseOptions()
        options.looksAhead = looksAhead
        return Backtest.run(rows: rows, attributes: ["office"], options: options)
    }

    /// Kept of what was quoted while the queue grew, once it had been seen to.
    private static func keptWhileGrowing(_ report: BacktestReport) -> Double {
        let months = report.months.filter { $0.month >= "2026-08" }
        let n = months.reduce(0) { $0 + $1.n }
        return months.reduce(0) { $0 + $1.kept * Double($1.n) } / Double(max(1, n))
    }

    @Test func aGrowingQueueIsQuotedForBeforeItsRequestsFinish() throws {
        let rows = Self.growing
        // What finished lately says: the 95 % quantile of those begun in the last 60 days that have ended.
        var (kept, judged) = (0, 0)
        for row in rows where row.start >= Self.first + 177 {
            guard let end = row.end else { continue }
            let spans = rows.filter { $0.start >= row.start - 60 && $0.start < row.start }
                .compactMap { other in other.end.flatMap { $0 < row.start ? $0 - other.start : nil } }.sorted()
            guard !spans.isEmpty else { continue }
            judged += 1
            if end - row.start <= spans[spans.count * 95 / 100] { kept += 1 }
        }
        let finishedOnly = Double(kept) / Double(judged)
        let blind = Self.report(rows, looksAhead: false)
        let seeing = Self.report(rows, looksAhead: true)
        #expect(finishedOnly < 0.1)
        #expect(Self.keptWhileGrowing(blind) < 0.6)
        #expect(Self.keptWhileGrowing(seeing) > 0.93)
        #expect(try #require(seeing.pinball) < (try #require(blind.pinball)))
    }

    @Test func whereTimesDoNotFollowTheQueueItChangesNothing() {
        // Suppliers side by side, with a busy month that makes nobody slower.
        var rows = BacktestTests.orders(perDay: 3, last: 220)
        rows += BacktestTests.orders(perDay: 3, last: 220).filter { (80..<110).contains($0.start - Self.first + 4) }
        let blind = Self.report(rows, looksAhead: false)
        let seeing = Self.report(rows, looksAhead: true)
        #expect(blind.n > 300)
        #expect(seeing.pinball == blind.pinball)
        #expect(seeing.months == blind.months)
    }
}
