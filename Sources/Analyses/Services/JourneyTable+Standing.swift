extension JourneyTable {
    /// How a promise stands at a moment.
    package enum Verdict: Sendable {
        /// No promise, or one withdrawn before its date.
        case none
        case pending, kept, broken
    }

    package enum JudgedDate: String, Sendable, Codable, CaseIterable { case first, last }

    /// Judged as the clock judges: kept when the end came by the date, broken once the date has passed without it.
    /// A clock that stands still can't pass its date.
    @inline(__always)
    package func verdict(_ row: Int, _ date: JudgedDate, now: Int64) -> Verdict {
        let due = date == .first ? firstDue[row] : lastDue[row]
        guard due != Self.none else { return .none }
        switch promise[row] {
        case .none: return .none
        case .met, .broken: return settled[row] != Self.notYet && settled[row] <= due ? .kept : .broken
        case .withdrawn: return settled[row] > due ? .broken : .none
        case .paused: return .pending
        case .open: return now > due ? .broken : .pending
        }
    }

    package func isClosedNotSolved(_ row: Int) -> Bool { closed[row] != Self.notYet && outcome[row] == .no }
}

extension JourneyTable {
    /// The date has passed, the end has not come, and the clock runs.
    package func isOverdue(_ row: Int, now: Int64) -> Bool {
        promise[row] == .open && verdict(row, .last, now: now) == .broken
    }

    package func overdue(_ rows: [Int32], now: Int64) -> Int { rows.count { isOverdue(Int($0), now: now) } }
}
