package import Experience

extension JourneyTable {
    /// The finished and open journeys of a service as the promise model learns from them, by the attributes its rule
    /// names. A journey whose promise was withdrawn ended in another way and teaches nothing about this one.
    package func promiseHistory(_ rule: ServiceDefinition.PromiseRule, calendar: WorkingCalendar) -> PromiseHistory {
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
            rows.append(PromiseRow(start: start, end: last, values: values(row, rule.dependsOn, columns)))
        }
        return PromiseHistory(rows: rows, attributes: rule.dependsOn)
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
