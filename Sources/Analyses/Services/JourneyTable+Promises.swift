package import Experience

extension JourneyTable {
    /// The finished and open journeys of a service as the promise model learns from them, by the attributes its rule
    /// names. A journey whose promise was withdrawn ended in another way and teaches nothing about this one. Time in
    /// which the clock of a promise stood still is told apart, since the date moves with it.
    ///
    /// - Parameter today: until when a clock that stands still now has done so.
    /// - Parameter milestones: for each milestone of the rule, when each row first reached it
    ///   (``ServiceSnapshot/firstTimes(of:)``); empty = none is known.
    package func promiseHistory(
        _ rule: ServiceDefinition.PromiseRule, calendar: WorkingCalendar, today: CivilDate, milestones: [[Int64]] = []
    ) -> PromiseHistory {
        // Counted only where a clock ever stood still.
        let hasWaits = movedFrom.contains { $0 != Self.none } || waitingSince.contains { $0 != Self.none }
        let first = opened.min().map { calendar.date(of: Instant(microseconds: $0)) } ?? today
        let days =
            hasWaits ? DayCount(calendar, from: first.daysSince1970, through: today.daysSince1970) : nil
        let columns = rule.dependsOn.map { cohortNames.firstIndex(of: $0) }
        var rows: [PromiseRow] = []
        rows.reserveCapacity(count)
        for row in 0..<count {
            var end: Int64?
            switch promise[row] {
            case .withdrawn: continue
            case .met, .broken: if settled[row] != Self.notYet { end = settled[row] }
            case .none: if closed[row] != Self.notYet { end = closed[row] }
            case .open, .paused: break
            }
            let start = calendar.date(of: Instant(microseconds: opened[row])).daysSince1970
            let last = end.map { calendar.date(of: Instant(microseconds: $0)).daysSince1970 }
            if let last, last < start { continue }
            let reached = milestones.map { times -> Int? in
                guard times[row] != Self.notYet else { return nil }
                let day = calendar.date(of: Instant(microseconds: times[row])).daysSince1970
                return day < start || day > last ?? day ? nil : day
            }
            rows.append(
                PromiseRow(
                    start: start, milestones: reached, end: last, values: values(row, rule.dependsOn, columns),
                    still: days?.still(clock(row), calendar, until: today) ?? 0))
        }
        return PromiseHistory(
            rows: rows, attributes: rule.dependsOn,
            milestones: milestones.isEmpty ? [] : rule.milestones.map(\.text))
    }

    /// What the clock of a row's promise has lost by standing still.
    package func clock(_ row: Int) -> StillTime {
        func instant(_ time: Int64) -> Instant? { time == Self.none ? nil : Instant(microseconds: time) }
        return StillTime(
            given: instant(movedFrom[row]), due: instant(firstDue[row]), waitingSince: instant(waitingSince[row]))
    }

    /// The values a quote of one row depends on, by name.
    package func quoteValues(_ row: Int, _ rule: ServiceDefinition.PromiseRule) -> [String: String] {
        let columns = rule.dependsOn.map { cohortNames.firstIndex(of: $0) }
        var found: [String: String] = [:]
        for (name, value) in zip(rule.dependsOn, values(row, rule.dependsOn, columns)) { found[name] = value }
        return found
    }

    private func values(_ row: Int, _ names: [String], _ columns: [Int?]) -> [String?] {
        names.indices.map { at in
            if let column = columns[at] {
                let code = Int(cohorts[column][row])
                return code > 0 && code <= cohortValues[column].count ? cohortValues[column][code - 1] : nil
            }
            return names[at] == "channel" ? Channel.allCases[Int(channel[row])].rawValue : nil
        }
    }
}
