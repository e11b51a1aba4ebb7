import Experience
import Site
import Synchronization

extension SampleSite {
    /// Two promises that need somebody, and one new date on offer.
    func promiseDesk() -> PromiseDesk {
        let due = CivilDate(utc: SampleSite.start)
        return PromiseDesk(
            board: { definitions in
                guard definitions.contains(where: { $0.id == "passport" }) else { return PromiseBoard() }
                var board = PromiseBoard()
                board.entries = [
                    PromiseBoard.Entry(
                        group: .overdue, service: "passport", journey: JourneyID("case 7/2026")!,
                        due: due.adding(days: -8), daysLate: 6, risk: nil, newDates: 1),
                    PromiseBoard.Entry(
                        group: .atRisk, service: "passport", journey: JourneyID("NA")!, due: due.adding(days: 4),
                        daysLate: -2, risk: 0.62, newDates: 0),
                ]
                board.alerts = [
                    PromiseBoard.Alert(
                        service: "passport", share: 0.71, low: 0.8, high: 0.94, week: due.adding(days: -7),
                        falseAlarmsPerYear: 1, isProvisional: false)
                ]
                board.watched = 1
                return board
            },
            draft: { _, journey, date in
                guard journey.text != "none", let promise = SampleFigures.journey(closed: false).promise else {
                    return nil
                }
                return PromiseDraft(
                    promise: promise, told: promise.first, suggested: CivilDate("2026-05-12"),
                    date: date ?? CivilDate("2026-05-12"), odds: 0.91, finished: 812, today: due, language: .es,
                    hasAddress: true, canSend: true, link: "https://passport.example/track")
            },
            give: { new in self.kept.withLock { $0.newDates.append(new) } },
            quote: { _, values in
                QuotedDate(
                    due: CivilDate("2026-05-27"), half: CivilDate("2026-05-18"), eightOfTen: nil, probability: 0.95,
                    basis: .history, reason: nil, finished: 1_204, unknown: values.keys.sorted())
            })
    }
}
