package import Experience

/// The answers of one survey of the second version as columns of an upload, oldest first.
package struct TrustColumns: Sendable {
    /// The number of each answer's event in the record: who asks what a row is, finds it.
    package private(set) var ids: [Int64] = []
    /// 0 or 1 by thumbs, 1 to 5 by agreement.
    package private(set) var trust: [UInt8] = []
    /// Seven ticks as bits, lowest first in the order of ``MentionedDriver``; ``notAsked`` where the list was not asked.
    package private(set) var positive: [UInt8] = []
    package private(set) var negative: [UInt8] = []
    package static let notAsked: UInt8 = 128

    package var count: Int { ids.count }

    /// - Parameter range: microseconds, the end not included; held answers are left out.
    package init(_ columns: ResponseColumns, _ survey: QuarterReport.Trust, in range: Range<Int64>) {
        var chosen = [Bool](repeating: false, count: columns.surveys.count)
        for place in survey.places where chosen.indices.contains(place) { chosen[place] = true }
        let (from, until) = (range.lowerBound, range.upperBound)
        for row in 0..<columns.count {
            let time = columns.occurred[row]
            guard chosen[Int(columns.survey[row])], time >= from, time < until, columns.held[row] == 0 else { continue }
            let bits = columns.answers[row]
            let thumb = bits >> PackedAnswers.thumbShift & 3
            let value = survey.scale == .thumbs ? thumb : bits >> 3 & 7
            guard value > 0 else { continue }
            ids.append(columns.sequence[row])
            trust.append(UInt8(survey.scale == .thumbs ? value - 1 : value))
            positive.append(
                bits & PackedAnswers.askedPraise == 0
                    ? TrustColumns.notAsked : UInt8(bits >> PackedAnswers.praiseShift & PackedAnswers.sevenBits))
            negative.append(
                bits & PackedAnswers.askedBlame == 0
                    ? TrustColumns.notAsked : UInt8(bits >> PackedAnswers.blameShift & PackedAnswers.sevenBits))
        }
    }

    /// Row by row, as a reader of an upload has them.
    package var answers: [TrustAnswer] {
        func ticks(_ marks: UInt8) -> [Bool?] {
            MentionedDriver.allCases.indices.map { marks == TrustColumns.notAsked ? nil : marks >> UInt8($0) & 1 == 1 }
        }
        return ids.indices.map { row in
            TrustAnswer(
                externalID: String(ids[row]), trust: Int(trust[row]), positive: ticks(positive[row]),
                negative: ticks(negative[row]))
        }
    }
}
