import Analyses
import Experience
import Testing

@Suite struct PromiseModelTests {
    static let model: PromiseModel? = {
        let history = PromiseHistory(
            rows: BacktestTests.orders(perDay: 4), attributes: ["supplier", "place"], milestones: ["shipped"])
        guard let today = CivilDate("2026-10-28"), let calendar = CalendarSet.standard[.usFederal] else { return nil }
        return PromiseModel.build(history: history, today: today, calendar: calendar, standard: .workingDays(15))
    }()

    let monday = Instant(rfc3339: "2026-10-26T15:00:00Z")!

    @Test func quotesAreOrderedAndFollowTheAttributes() throws {
        let model = try #require(Self.model)
        let quick = model.quote(["supplier": "s0", "place": "p0"], at: monday)
        let slow = model.quote(["supplier": "s3", "place": "p4"], at: monday)
        #expect(quick.source == .history)
        let due = try #require(quick.due)
        #expect(due < (try #require(slow.due)))
        #expect(try #require(quick.likely) <= (try #require(quick.probable)))
        #expect(try #require(quick.probable) <= due)
        #expect(quick.unknown.isEmpty)
        let calendar = try #require(CalendarSet.standard[.usFederal])
        #expect(calendar.isWorkingDay(due))
        let budget = try #require(quick.budget)
        #expect(calendar.instant(after: budget, from: monday).map { calendar.dateToSay(for: $0) } == due)
    }

    @Test func anUnknownValueIsSaidAndLeansOnTheRest() throws {
        let model = try #require(Self.model)
        let quote = model.quote(["supplier": "new", "place": "p1"], at: monday)
        #expect(quote.unknown == ["supplier"])
        #expect(quote.due != nil)
    }

    @Test func aMilestoneSharpensTheQuoteAndRiskRisesWithTime() throws {
        let model = try #require(Self.model)
        let values = ["supplier": "s3", "place": "p1"]
        let due = try #require(model.quote(values, at: monday).due)
        let shipped = monday.advanced(by: 2 * Instant.day)
        let again = try #require(model.requote(values, reached: "shipped", at: shipped, now: shipped)?.due)
        #expect(again < due)
        var risks: [Double] = []
        for days in 0..<6 {
            let now = monday.advanced(by: Int64(days) * Instant.day)
            risks.append(try #require(model.risk(values, since: monday, due: due, now: now)))
        }
        #expect(risks.first.map { $0 < 0.08 } == true)
        #expect(zip(risks, risks.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
        let late = model.risk(values, since: monday, due: due, now: monday.advanced(by: 90 * Instant.day))
        #expect(late == 1)
        #expect(model.requote(values, reached: "nowhere", at: shipped, now: shipped) == nil)
    }

    @Test func tooLittleHistoryGivesTheStandardOrNoDateWithTheReason() throws {
        let rows = (0..<20).map { PromiseRow(start: 20_400 + $0, end: 20_405 + $0, values: ["x"]) }
        let history = PromiseHistory(rows: rows, attributes: ["a"])
        let today = CivilDate(daysSince1970: 20_450)
        let calendar = try #require(CalendarSet.standard[.usFederal])
        let with = PromiseModel.build(history: history, today: today, calendar: calendar, standard: .workingDays(10))
        let quote = with.quote(["a": "x"], at: monday)
        guard case .standard(let reason) = quote.source else {
            Issue.record("not the declared standard")
            return
        }
        #expect(reason.description.contains("finished"))
        #expect(quote.budget == .workingDays(10))
        #expect(quote.probability == nil)
        let without = PromiseModel.build(history: history, today: today, calendar: calendar)
        #expect(without.quote(["a": "x"], at: monday).due == nil)
    }
}
