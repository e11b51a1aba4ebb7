package import Experience

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
    /// A row of counters: 11 items of 8 values, 4 of thumbs, 7 and 7 ticks, asked praise and blame, respondents, held.
    private static let width = 11 * 8 + 4 + 7 + 7 + 2 + 2

    /// The tally of every survey over answers given in a stretch of time, in one pass; by place in ``surveys``.
    ///
    /// - Parameters:
    ///   - range: microseconds, the end not included.
    ///   - includingHeld: counts held answers, too: for showing a score with and without them.
    package func tallies(in range: Range<Int64>, includingHeld: Bool = false) -> [SurveyTally] {
        let width = ResponseColumns.width
        var counters = [Int](repeating: 0, count: max(1, surveys.count) * width)
        let (from, until) = (range.lowerBound, range.upperBound)
        counters.withUnsafeMutableBufferPointer { counters in
            occurred.withUnsafeBufferPointer { occurred in
                answers.withUnsafeBufferPointer { answers in
                    survey.withUnsafeBufferPointer { survey in
                        held.withUnsafeBufferPointer { held in
                            for row in 0..<answers.count {
                                let time = occurred[row]
                                guard time >= from, time < until else { continue }
                                let base = Int(survey[row]) * width
                                if held[row] != 0, !includingHeld {
                                    counters[base + width - 1] &+= 1
                                    continue
                                }
                                ResponseColumns.count(answers[row], at: base, in: counters)
                            }
                        }
                    }
                }
            }
        }
        return surveys.indices.map { ResponseColumns.tally(counters, at: $0 * width) }
    }

    @inline(__always)
    private static func count(_ bits: UInt64, at base: Int, in counters: UnsafeMutableBufferPointer<Int>) {
        var rest = bits
        var place = base
        for _ in 0..<11 {
            counters[place &+ Int(rest & 7)] &+= 1
            rest >>= 3
            place &+= 8
        }
        counters[place &+ Int(rest & 3)] &+= 1
        place &+= 4
        counters[place &+ 16] &+= 1
        // Most answers hold no ticks: nothing left to look at.
        var ticks = bits >> PackedAnswers.praiseShift
        guard ticks != 0 else { return }
        for bit in 0..<16 {
            counters[place &+ bit] &+= Int(ticks & 1)
            ticks >>= 1
        }
    }

    private static func tally(_ counters: [Int], at base: Int) -> SurveyTally {
        var tally = SurveyTally()
        for item in 0..<11 { for value in 1...5 { tally.counts[item][value - 1] = counters[base + item * 8 + value] } }
        let thumbs = base + 88
        tally.thumbsDown = counters[thumbs + 1]
        tally.thumbsUp = counters[thumbs + 2]
        let ticks = thumbs + 4
        for driver in 0..<7 {
            tally.praised[driver] = counters[ticks + driver]
            tally.blamed[driver] = counters[ticks + 7 + driver]
        }
        tally.askedPraise = counters[ticks + 14]
        tally.askedBlame = counters[ticks + 15]
        tally.respondents = counters[ticks + 16]
        tally.held = counters[ticks + 17]
        return tally
    }
}
