internal import Analyses
internal import Experience
internal import Site

/// Watches a service's kept rate by the week in which dates fell due.
enum KeptRateWatch {
    /// Two years of whole weeks, the last of which is judged. Nil when the service has no promises; the alert is nil while
    /// the rate has not shifted, or too few weeks are known (`isWatched` false).
    static func alert(
        _ service: ServiceID, _ table: JourneyTable, _ now: Instant
    ) -> (alert: PromiseBoard.Alert?, isWatched: Bool)? {
        let thisWeek = TimeBucket.week.start(of: CivilDate(utc: now))
        let first = thisWeek.adding(days: -104 * 7)
        var kept = [Int](repeating: 0, count: 104)
        var judged = kept
        for row in 0..<table.count {
            let due = table.lastDue[row]
            guard due != JourneyTable.none else { continue }
            let week = CivilDate(utc: Instant(microseconds: due)).daysSince1970 - first.daysSince1970
            guard week >= 0, week / 7 < 104 else { continue }
            switch table.verdict(row, .last, now: now.microseconds) {
            case .kept:
                kept[week / 7] += 1
                judged[week / 7] += 1
            case .broken: judged[week / 7] += 1
            case .pending, .none: break
            }
        }
        guard let start = judged.firstIndex(where: { $0 > 0 }) else { return nil }
        guard
            judged[103] > 0,
            let found = KeptRateAlert.judge(
                kept: Array(kept[start...]), judged: Array(judged[start...]), periodsPerYear: 52)
        else { return (nil, false) }
        guard found.hasShifted else { return (nil, true) }
        return (
            PromiseBoard.Alert(
                service: service, share: found.share, low: found.lower, high: found.upper,
                week: thisWeek.adding(days: -7), falseAlarmsPerYear: found.falseAlarmsPerYear,
                isProvisional: found.isProvisional), true
        )
    }
}
