import Analyses
import Experience
import Statistics
import Testing

@Suite struct SupplierScorecardTests {
    let calendar = CalendarSet.standard[.usFederal]!
    let month = CivilDate("2026-05-01")!
    func day(_ text: String) -> CivilDate { CivilDate(text)! }

    func card(
        _ programme: SupplierScorecard.Programme, _ lines: [SupplyLine], asOf: String = "2026-07-01"
    ) -> SupplierScorecard {
        SupplierScorecard(
            supplier: "acme", programme: programme, month: month, lines: lines, asOf: day(asOf), calendar: calendar)
    }

    func line(_ id: Int, _ change: (inout SupplyLine) -> Void = { _ in }) -> SupplyLine {
        var line = SupplyLine(
            id: "L\(id)", supplier: "acme", ordered: day("2026-05-08"), acknowledged: day("2026-05-11"),
            due: day("2026-05-20"), statusReported: day("2026-05-19"), fulfilled: day("2026-05-20"))
        change(&line)
        return line
    }

    @Test func globalSupplyCountsTheNextBusinessDayAndReachesItsTargetsExactly() throws {
        // Friday the 8th: one business day ends on Monday the 11th. 19 of 20 = 95 %, 18 of 20 = 90 %, 16 of 20 = 80 %.
        let lines = (0..<20).map { number in
            line(number) {
                if number == 0 { $0.acknowledged = day("2026-05-12") }
                if number < 2 { $0.statusReported = nil }
                if number < 4 { $0.fulfilled = number == 0 ? nil : day("2026-05-21") }
            }
        }
        let measures = card(.globalSupply, lines).measures
        #expect(measures.map(\.id) == [.acknowledged, .shipmentStatus, .onTime])
        #expect(measures.map(\.isReached) == [true, true, true])
        #expect(measures[0].missed == ["L0"])
        #expect(measures[2].share.value == 0.8)
        let worse = card(.globalSupply, lines + [line(20) { $0.fulfilled = nil }])
        #expect(worse.measures[2].isReached == false)
    }

    @Test func linesAreJudgedOnTheirDayNotBefore() {
        let lines = [line(1) { $0.fulfilled = nil }]
        #expect(card(.globalSupply, lines, asOf: "2026-05-10").measures[0].isReached == nil)
        #expect(card(.globalSupply, lines, asOf: "2026-05-11").measures[0].isReached == true)
        #expect(card(.globalSupply, lines, asOf: "2026-05-26").measures[2].isReached == nil)
        #expect(card(.globalSupply, lines, asOf: "2026-05-27").measures[2].isReached == false)
    }

    @Test func advantageAsksForMoreThanItsTargetsAndLeavesCancelledLinesOut() {
        // 20 lines, 3 cancelled = 15 %: not below 15 %. Of 17 due less cancelled 13 on time = 76.5 % > 75 %.
        let lines = (0..<20).map { number in
            line(number) {
                if number < 3 { $0.cancelled = day("2026-05-12") }
                if (3..<7).contains(number) { $0.fulfilled = day("2026-05-25") }
                if number == 3 {
                    $0.statusReported = nil
                    $0.backordered = day("2026-05-18")
                }
            }
        }
        let measures = card(.advantage, lines).measures
        #expect(measures.map(\.isReached) == [true, true, false])
        #expect(measures[1].met.count + measures[1].missed.count == 17)
        #expect(measures[2].met.count == 3)
    }

    @Test func anAcceptedContestTakesTheLineOutAnOpenOneOnlyMarksIt() {
        let answer = SupplierAnswer(
            reason: "the carrier lost it", remedy: "sent again", contest: .open, filed: day("2026-06-02"))
        var lines = [line(1), line(2) { $0.fulfilled = nil }]
        lines[1].answer = answer
        #expect(card(.globalSupply, lines).measures[2].missed == ["L2"])
        #expect(card(.globalSupply, lines).answers["L2"] == answer)
        lines[1].answer?.contest = .accepted
        #expect(card(.globalSupply, lines).measures[2].missed.isEmpty)
    }

    @Test func theMessageNamesEveryMeasureInBothLanguages() {
        let card = card(.advantage, [line(1), line(2) { $0.fulfilled = nil }])
        let english = card.message(.english, link: "https://example.gov/cards/acme")
        #expect(english.subject == "Scorecard 2026-05: acme")
        #expect(english.body.contains("On time: 50.0 % (1 of 2); target above 75 %: not reached."))
        #expect(
            card.message(.spanish, link: "x").body.contains("A tiempo: 50.0 % (1 de 2); meta más de 75 %: no cumplido.")
        )
    }
}
