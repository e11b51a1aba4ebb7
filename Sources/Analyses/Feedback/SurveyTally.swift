package import Experience
import Foundation

/// Counts of the answers to one survey, or to several of the same wording.
package struct SurveyTally: Sendable, Hashable {
    /// By item, how many gave 1 to 5.
    package var counts: [[Int]]
    package var respondents: Int
    package var thumbsUp: Int
    package var thumbsDown: Int
    /// People who were asked what went well, and what could be better.
    package var askedPraise: Int
    package var askedBlame: Int
    /// By ``MentionedDriver``.
    package var praised: [Int]
    package var blamed: [Int]
    /// Answers left out because they are held back or were left out by somebody.
    package var held: Int

    package init() {
        counts = SurveyItem.allCases.map { _ in [0, 0, 0, 0, 0] }
        (respondents, thumbsUp, thumbsDown, askedPraise, askedBlame, held) = (0, 0, 0, 0, 0, 0)
        praised = MentionedDriver.allCases.map { _ in 0 }
        blamed = praised
    }

    package subscript(item: SurveyItem) -> [Int] { counts[item.rawValue - 1] }

    package static func + (a: SurveyTally, b: SurveyTally) -> SurveyTally {
        var sum = a
        for item in sum.counts.indices { for place in 0..<5 { sum.counts[item][place] += b.counts[item][place] } }
        sum.respondents += b.respondents
        sum.thumbsUp += b.thumbsUp
        sum.thumbsDown += b.thumbsDown
        sum.askedPraise += b.askedPraise
        sum.askedBlame += b.askedBlame
        sum.held += b.held
        for driver in sum.praised.indices {
            sum.praised[driver] += b.praised[driver]
            sum.blamed[driver] += b.blamed[driver]
        }
        return sum
    }
}

extension ResponseColumns {
    /// The tally of every survey over answers given in a stretch of time, in one pass; by place in ``surveys``.
    ///
    /// - Parameters:
    ///   - range: microseconds, the end not included.
    ///   - includingHeld: counts held answers, too: for showing a score with and without them.
    package func tallies(in range: Range<Int64>, includingHeld: Bool = false) -> [SurveyTally] {
        let rows = lanes
        let parts = inLanes(rows.count) { lane in counters(of: rows[lane], in: range, includingHeld) }
        var whole = parts.first ?? []
        for part in parts.dropFirst() { for place in whole.indices { whole[place] &+= part[place] } }
        return surveys.indices.map { TallyCounters.tally(whole, at: $0 * TallyCounters.width) }
    }

    private func counters(of rows: Range<Int>, in range: Range<Int64>, _ includingHeld: Bool) -> [UInt32] {
        var counters = [UInt32](repeating: 0, count: max(1, surveys.count) * TallyCounters.width)
        let (from, until) = (range.lowerBound, range.upperBound)
        counters.withUnsafeMutableBufferPointer { counters in
            occurred.withUnsafeBufferPointer { occurred in
                answers.withUnsafeBufferPointer { answers in
                    survey.withUnsafeBufferPointer { survey in
                        held.withUnsafeBufferPointer { held in
                            for row in rows {
                                let time = occurred[row]
                                guard time >= from, time < until else { continue }
                                let base = Int(survey[row]) &* TallyCounters.width
                                if held[row] != 0, !includingHeld {
                                    counters[base &+ TallyCounters.held] &+= 1
                                    continue
                                }
                                TallyCounters.count(answers[row], at: base, in: counters)
                            }
                        }
                    }
                }
            }
        }
        return counters
    }

    /// The rows parted for as many cores as there are; few rows are one part.
    var lanes: [Range<Int>] {
        let parts = count < 200_000 ? 1 : max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
        return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
    }
}

/// The counters of one survey. Answers are counted two at a time (64 pairs of values), ticks four at a time (16 patterns):
/// a third of the steps of counting each alone.
private enum TallyCounters {
    /// After five pairs of items: the eleventh item with the thumbs.
    static let last = 5 * 64
    /// Four groups of four marks: seven praised, seven blamed, and whether each list was asked.
    static let marks = last + 32
    static let people = marks + 4 * 16
    static let held = people + 1
    static let width = held + 1

    @inline(__always)
    static func count(_ bits: UInt64, at base: Int, in counters: UnsafeMutableBufferPointer<UInt32>) {
        counters[base &+ people] &+= 1
        var rest = bits & ((1 << PackedAnswers.praiseShift) &- 1)
        var place = base
        // Questions nobody was asked come last: nothing left to look at.
        while rest != 0 {
            counters[place &+ Int(rest & 63)] &+= 1
            rest >>= 6
            place &+= 64
        }
        rest = bits >> PackedAnswers.praiseShift
        place = base &+ marks
        while rest != 0 {
            counters[place &+ Int(rest & 15)] &+= 1
            rest >>= 4
            place &+= 16
        }
    }

    static func tally(_ counters: [UInt32], at base: Int) -> SurveyTally {
        var tally = SurveyTally()
        for pair in 0..<5 {
            for code in 1..<64 {
                let count = Int(counters[base + pair * 64 + code])
                let (low, high) = (code & 7, code >> 3)
                if (1...5).contains(low) { tally.counts[2 * pair][low - 1] += count }
                if (1...5).contains(high) { tally.counts[2 * pair + 1][high - 1] += count }
            }
        }
        for code in 1..<32 {
            let count = Int(counters[base + last + code])
            let (low, thumb) = (code & 7, code >> 3)
            if (1...5).contains(low) { tally.counts[10][low - 1] += count }
            if thumb == 1 { tally.thumbsDown += count }
            if thumb == 2 { tally.thumbsUp += count }
        }
        func marked(_ mark: Int) -> Int {
            (1..<16).reduce(0) { sum, code in
                code >> (mark & 3) & 1 == 1 ? sum + Int(counters[base + marks + 16 * (mark >> 2) + code]) : sum
            }
        }
        for driver in 0..<7 {
            tally.praised[driver] = marked(driver)
            tally.blamed[driver] = marked(7 + driver)
        }
        (tally.askedPraise, tally.askedBlame) = (marked(14), marked(15))
        (tally.respondents, tally.held) = (Int(counters[base + people]), Int(counters[base + held]))
        return tally
    }
}
