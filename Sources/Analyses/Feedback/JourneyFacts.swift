internal import Experience
package import Statistics

/// How what happened on a journey goes with how it was rated: one ordinal regression over rated journeys.
package struct JourneyFacts: Sendable, Hashable {
    package enum Fact: String, Sendable, CaseIterable {
        /// Ten days more from opening to close.
        case wait
        case brokenPromise = "broken_promise"
        /// One more time the person had to reach the service.
        case contact
        /// One more contact that only chased or repeated.
        case chase
        /// One more step done again.
        case rework
    }

    package struct Line: Sendable, Hashable {
        package var fact: Fact
        /// Odds of a better rating, for one unit more of the fact; below 1 = rated lower.
        package var oddsRatio: Double
        package var low: Double
        package var high: Double
    }

    package var lines: [Line]
    /// Rated and closed journeys: all of them, folded into cells of equal facts.
    package var n: Int
    /// The odds ratio is about the same at every step of the scale; where not, one number says too little.
    package var isProportional: Bool
    package static let method = Figure.Method("ordinal_logit")

    package enum Failure: Error, Sendable, Hashable {
        case tooFew(have: Int, need: Int)
        case notComputable(String)
    }

    /// - Parameters:
    ///   - rows: rows of the snapshot's table to look at.
    package init(_ snapshot: ServiceSnapshot, rows: [Int32]) throws(Failure) {
        let found = FactCells(snapshot, rows: rows)
        n = found.journeys
        guard n >= 100 else { throw .tooFew(have: n, need: 100) }
        let used = found.differing
        guard !used.isEmpty else { throw .notComputable("no fact differs between these journeys") }
        let cells = found.cells(used)
        do throws(OrdinalLogit.FitError) {
            let fit = try OrdinalLogit(cells)
            lines = used.enumerated().compactMap { place, fact in
                fit.oddsRatio(of: place).map {
                    Line(
                        fact: Fact.allCases[fact], oddsRatio: $0.ratio, low: $0.interval.lower, high: $0.interval.upper)
                }
            }
            isProportional = fit.cutCheck(cells).holds()
        } catch {
            throw .notComputable(error.description)
        }
    }
}

/// What lay behind an answer of "no": of so many who said it, so many had a broken promise, against those who said yes.
package struct SaidNo: Sendable, Hashable {
    package enum Cause: String, Sendable, CaseIterable {
        case brokenPromise = "broken_promise"
        case chased
        case refused
        case reached = "many_contacts"
    }

    package struct Line: Sendable, Hashable {
        package var cause: Cause
        /// Of those who said no.
        package var no: Int
        /// Of those who said yes.
        package var yes: Int
        /// How much more frequent among "no": difference of shares with Newcombe's interval.
        package var difference: Figure?
    }

    package var no: Int
    package var yes: Int
    package var lines: [Line]

    /// Whether a cause is to be found on a journey.
    ///
    /// - Parameter granted: whether a result of a close means the person got what they asked for.
    package static func has(_ cause: Cause, _ table: JourneyTable, _ row: Int, granted: (String) -> Bool) -> Bool {
        switch cause {
        case .brokenPromise: return table.promise[row] == .broken
        case .chased: return table.failureDemand[row] > 0
        case .reached: return table.contacts[row] > 2
        case .refused:
            let code = Int(table.result[row])
            return code > 0 && code <= table.results.count && !granted(table.results[code - 1])
        }
    }

    /// - Parameter granted: as for ``has(_:_:_:granted:)``.
    package init(_ table: JourneyTable, rows: [Int32], granted: (String) -> Bool) {
        let no = rows.filter { table.outcome[Int($0)] == .no }
        let yes = rows.filter { table.outcome[Int($0)] == .yes }
        self.no = no.count
        self.yes = yes.count
        lines = Cause.allCases.map { cause in
            let ofNo = no.count { SaidNo.has(cause, table, Int($0), granted: granted) }
            let ofYes = yes.count { SaidNo.has(cause, table, Int($0), granted: granted) }
            return Line(
                cause: cause, no: ofNo, yes: ofYes,
                difference: Figure.difference(ofNo, of: no.count, minus: ofYes, of: yes.count))
        }
    }
}

extension Figure {
    /// The difference of two shares with Newcombe's interval; nil where nobody stands on one side.
    static func difference(_ a: Int, of n: Int, minus b: Int, of m: Int) -> Figure? {
        guard let difference = ProportionDifference(x1: a, n1: n, x2: b, n2: m), let interval = difference.interval()
        else { return nil }
        return Figure(
            value: difference.difference, interval: Interval(interval), n: n + m, method: Method("difference.newcombe"),
            flag: SmallSampleRule.staff.flag(n: min(n, m)))
    }
}
