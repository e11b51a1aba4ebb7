package import Experience

/// One person's answers in 64 bits, so that ten million fit in memory and are counted in one pass.
///
/// Three bits for each of eleven items (0 none, 1–5), two for thumbs, seven ticks for what went well and seven for what
/// could be better, and whether each of the two lists was asked.
package struct PackedAnswers: Sendable, Hashable {
    package var bits: UInt64

    static let thumbShift: UInt64 = 33
    static let praiseShift: UInt64 = 35
    static let blameShift: UInt64 = 42
    static let askedPraise: UInt64 = 1 << 49
    static let askedBlame: UInt64 = 1 << 50
    static let sevenBits: UInt64 = 0x7F

    package init(bits: UInt64 = 0) { self.bits = bits }

    /// 1 to 5; nil where it was not answered. Values off the scale are kept out.
    package subscript(item: SurveyItem) -> Int? {
        get {
            let value = Int(bits >> UInt64(3 * (item.rawValue - 1)) & 7)
            return value == 0 ? nil : value
        }
        set {
            let shift = UInt64(3 * (item.rawValue - 1))
            bits &= ~(7 << shift)
            if let newValue, (1...5).contains(newValue) { bits |= UInt64(newValue) << shift }
        }
    }

    /// Thumbs up or down; nil where it was not answered.
    package var thumb: Bool? {
        get {
            switch bits >> PackedAnswers.thumbShift & 3 {
            case 1: false
            case 2: true
            default: nil
            }
        }
        set {
            bits &= ~(3 << PackedAnswers.thumbShift)
            if let newValue { bits |= (newValue ? 2 : 1) << PackedAnswers.thumbShift }
        }
    }

    /// Whether trust was answered positively: thumbs up, or 4 and 5. Nil without an answer.
    package var trusts: Bool? { thumb ?? self[.trust].map { $0 >= 4 } }

    /// Ticks on the list a person was asked, by ``MentionedDriver``; nil for a list that was not asked.
    package func ticks(positive: Bool) -> [Bool]? {
        guard bits & (positive ? PackedAnswers.askedPraise : PackedAnswers.askedBlame) != 0 else { return nil }
        let shift = positive ? PackedAnswers.praiseShift : PackedAnswers.blameShift
        return MentionedDriver.allCases.indices.map { bits >> (shift + UInt64($0)) & 1 == 1 }
    }

    /// Notes that a list was asked and what was ticked on it. Ticks of the other list, left from before the person changed
    /// their mind, are cleared: one answer never praises and blames.
    package mutating func mention(positive: Bool, _ ticked: Set<MentionedDriver>) {
        bits &=
            ~(PackedAnswers.sevenBits << PackedAnswers.praiseShift | PackedAnswers.sevenBits << PackedAnswers.blameShift)
        bits &= ~(PackedAnswers.askedPraise | PackedAnswers.askedBlame)
        bits |= positive ? PackedAnswers.askedPraise : PackedAnswers.askedBlame
        let shift = positive ? PackedAnswers.praiseShift : PackedAnswers.blameShift
        for (place, driver) in MentionedDriver.allCases.enumerated() where ticked.contains(driver) {
            bits |= 1 << (shift + UInt64(place))
        }
    }
}
