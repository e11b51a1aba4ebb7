package import Statistics

/// What is counted over the journeys of a service: every share and mean of ``ServiceMeasures`` is made of it. Sums, so
/// that counts of different journeys can be added.
package struct ServiceCounts: Sendable, Hashable, Codable {
    /// Promises as judged against one of their dates.
    package struct Judged: Sendable, Hashable, Codable {
        package var kept = 0
        package var broken = 0
        package var pending = 0

        package init(kept: Int = 0, broken: Int = 0, pending: Int = 0) {
            self.kept = kept
            self.broken = broken
            self.pending = pending
        }
    }

    package var journeys = 0
    package var closed = 0
    package var first = Judged()
    package var last = Judged()
    /// The person's own answers.
    package var yes = 0
    package var partly = 0
    package var no = 0
    /// Of the closed journeys, those whose person answered, and those who answered no.
    package var closedAnswered = 0
    package var closedNo = 0
    package var responses = 0
    package var ratings = CountMoments()
    package var contacts = CountMoments()
    package var failureDemand = 0

    package init() {}

    package func promiseKept(rule: SmallSampleRule, period: Figure.Period? = nil) -> Figure {
        .share(last.kept, of: last.kept + last.broken, rule: rule, period: period)
    }

    package func promiseKeptFirst(rule: SmallSampleRule, period: Figure.Period? = nil) -> Figure {
        .share(first.kept, of: first.kept + first.broken, rule: rule, period: period)
    }

    package func solved(rule: SmallSampleRule, period: Figure.Period? = nil) -> Figure {
        .share(yes, of: yes + partly + no, rule: rule, period: period)
    }

    package func closedNotSolved(rule: SmallSampleRule, period: Figure.Period? = nil) -> Figure {
        .share(closedNo, of: closedAnswered, rule: rule, period: period)
    }

    package func failureDemandShare(rule: SmallSampleRule, period: Figure.Period? = nil) -> Figure {
        .share(failureDemand, of: contacts.sum, rule: rule, period: period)
    }
}

extension JourneyTable {
    /// Counts over some rows; open promises are judged at `now`, µs.
    package func serviceCounts(_ rows: [Int32], now: Int64) -> ServiceCounts {
        var counts = ServiceCounts()
        counts.journeys = rows.count
        for index in rows {
            let row = Int(index)
            let isClosed = closed[row] != Self.notYet
            if isClosed { counts.closed += 1 }
            counts.last.add(verdict(row, .last, now: now))
            counts.first.add(verdict(row, .first, now: now))
            switch outcome[row] {
            case .yes: counts.yes += 1
            case .partly: counts.partly += 1
            case .no: counts.no += 1
            case .unanswered: break
            }
            if isClosed, outcome[row] != .unanswered {
                counts.closedAnswered += 1
                if outcome[row] == .no { counts.closedNo += 1 }
            }
            counts.responses += Int(responses[row])
            if rating[row] > 0 { counts.ratings.add(Int(rating[row])) }
            counts.failureDemand += Int(failureDemand[row])
            counts.contacts.add(Int(contacts[row]))
        }
        return counts
    }
}

extension ServiceCounts.Judged {
    fileprivate mutating func add(_ verdict: JourneyTable.Verdict) {
        switch verdict {
        case .kept: kept += 1
        case .broken: broken += 1
        case .pending: pending += 1
        case .none: break
        }
    }
}
