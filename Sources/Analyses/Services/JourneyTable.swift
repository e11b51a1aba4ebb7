package import Experience

/// One line a journey, in columns: what the pages about a service count, without touching the events.
///
/// Filled from the record's journey view and kept up by its tail. Rows never move, so a row number is a name for a
/// journey as long as the table lives. Times are microseconds; `.max` stands for "not yet" and `.min` for "none".
package struct JourneyTable: Sendable {
    package static let none = Int64.min
    package static let notYet = Int64.max

    package let cohortNames: [String]
    package private(set) var ids: [String] = []
    package private(set) var opened: [Int64] = []
    package private(set) var closed: [Int64] = []
    package private(set) var lastOccurred: [Int64] = []
    package private(set) var firstDue: [Int64] = []
    package private(set) var lastDue: [Int64] = []
    package private(set) var settled: [Int64] = []
    package private(set) var promise: [PromiseStanding] = []
    /// A later date is in the ledger than the person was told.
    package private(set) var untold: [Bool] = []
    package private(set) var repromises: [UInt8] = []
    /// The probability said with the first date, in hundredths; 0 = none was said.
    package private(set) var said: [UInt8] = []
    /// By when it was likely to be done (half of such journeys are), where that was said.
    package private(set) var likely: [Int64] = []
    /// By when eight, and nine, of ten such journeys were expected to be done, where that was said.
    package private(set) var eightOfTen: [Int64] = []
    package private(set) var nineOfTen: [Int64] = []
    /// The first date as it was given, where the clock has stood still since and the date moved with it.
    package private(set) var movedFrom: [Int64] = []
    /// Since when the clock stands still; none while it runs.
    package private(set) var waitingSince: [Int64] = []
    package private(set) var outcome: [Outcome] = []
    package private(set) var rating: [UInt8] = []
    package private(set) var responses: [UInt16] = []
    package private(set) var contacts: [UInt16] = []
    package private(set) var failureDemand: [UInt16] = []
    package private(set) var channel: [UInt8] = []
    package private(set) var result: [UInt16] = []
    /// By cohort attribute, then row: 0 when the journey has no value, else its place in `cohortValues` plus one.
    package private(set) var cohorts: [[UInt16]]
    package private(set) var cohortValues: [[String]]
    package private(set) var results: [String] = []

    package enum PromiseStanding: UInt8, Sendable {
        case none, open, paused, met, broken, withdrawn
    }

    package enum Outcome: UInt8, Sendable {
        case unanswered, yes, partly, no
    }

    package init(cohortNames: [String]) {
        self.cohortNames = cohortNames
        cohorts = Array(repeating: [], count: cohortNames.count)
        cohortValues = Array(repeating: [], count: cohortNames.count)
    }

    package var count: Int { ids.count }

    /// Adds a journey and returns its row.
    package mutating func append(_ line: Line) -> Int {
        let row = ids.count
        ids.append(line.journey)
        opened.append(0)
        closed.append(0)
        lastOccurred.append(0)
        firstDue.append(0)
        lastDue.append(0)
        settled.append(0)
        promise.append(.none)
        untold.append(false)
        repromises.append(0)
        said.append(0)
        likely.append(0)
        eightOfTen.append(0)
        nineOfTen.append(0)
        movedFrom.append(0)
        waitingSince.append(0)
        outcome.append(.unanswered)
        rating.append(0)
        responses.append(0)
        contacts.append(0)
        failureDemand.append(0)
        channel.append(0)
        result.append(0)
        for cohort in cohorts.indices { cohorts[cohort].append(0) }
        set(row, to: line)
        return row
    }

    package mutating func append(_ state: JourneyState) -> Int { append(Line(state)) }

    /// Replaces what is known of the journey in a row.
    package mutating func set(_ row: Int, to line: Line) {
        opened[row] = line.opened
        lastOccurred[row] = line.lastOccurred
        closed[row] = line.closed
        result[row] = line.result.map { code(of: $0, in: &results) } ?? 0
        outcome[row] = line.outcome
        rating[row] = UInt8(clamping: line.rating)
        responses[row] = UInt16(clamping: line.responses)
        contacts[row] = UInt16(clamping: line.contacts)
        failureDemand[row] = UInt16(clamping: line.failureDemand)
        channel[row] = UInt8(Channel.allCases.firstIndex(of: line.channel) ?? 0)
        for (cohort, name) in cohortNames.enumerated() {
            cohorts[cohort][row] = line.cohorts[name].map { code(of: $0, in: &cohortValues[cohort]) } ?? 0
        }
        promise[row] = line.promise
        firstDue[row] = line.firstDue
        lastDue[row] = line.lastDue
        settled[row] = line.settled
        untold[row] = line.isUntold && line.lastDue > line.firstDue
        repromises[row] = UInt8(clamping: line.repromises)
        said[row] = UInt8(clamping: Int((min(max(line.said, 0), 1) * 100).rounded()))
        likely[row] = line.likely
        eightOfTen[row] = line.eightOfTen
        nineOfTen[row] = line.nineOfTen
        movedFrom[row] = line.movedFrom
        waitingSince[row] = line.waitingSince
    }

    /// The code of a word, given anew when it is first seen; words past 65,534 share the last code.
    private func code(of word: String, in words: inout [String]) -> UInt16 {
        if let known = words.firstIndex(of: word) { return UInt16(clamping: known + 1) }
        guard words.count < Int(UInt16.max) - 1 else { return UInt16.max }
        words.append(word)
        return UInt16(words.count)
    }
}
