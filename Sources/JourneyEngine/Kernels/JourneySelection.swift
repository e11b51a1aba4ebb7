/// A set of journeys of one log, a bit each.
package struct JourneySelection: Sendable, Hashable {
    /// Journeys of the log, selected or not.
    package let journeyCount: Int
    var words: [UInt64]

    /// All journeys or none.
    package init(all: Bool = false, of journeyCount: Int) {
        self.journeyCount = max(0, journeyCount)
        words = [UInt64](repeating: all ? .max : 0, count: (self.journeyCount + 63) / 64)
        trim()
    }

    /// Those that stand at these places of a list; numbers the log has not are left out.
    ///
    /// - Parameter places: each within the list.
    package init(_ places: [Int32], of list: [Int32], journeyCount: Int) {
        self.init(of: journeyCount)
        let limit = UInt32(clamping: self.journeyCount)
        words.withUnsafeMutableBufferPointer { words in
            for place in places {
                let number = UInt32(bitPattern: list[Int(place)])
                if number < limit { words[Int(number >> 6)] |= 1 << UInt64(number & 63) }
            }
        }
    }

    init(journeyCount: Int, words: [UInt64]) {
        self.journeyCount = journeyCount
        self.words = words
        trim()
    }

    /// Bits after the last journey stay 0.
    private mutating func trim() {
        let rest = journeyCount & 63
        if rest > 0, !words.isEmpty { words[words.count - 1] &= (1 << UInt64(rest)) - 1 }
    }

    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
    package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    package func contains(_ journey: Int) -> Bool {
        guard journey >= 0, journey < journeyCount else { return false }
        return words[journey >> 6] >> UInt64(journey & 63) & 1 == 1
    }

    package mutating func insert(_ journey: Int) {
        guard journey >= 0, journey < journeyCount else { return }
        words[journey >> 6] |= 1 << UInt64(journey & 63)
    }

    /// The first journey from `start` on that is, or is not, selected; nil when there is none.
    func next(from start: Int, where wanted: Bool) -> Int? {
        var word = start >> 6
        guard start >= 0, word < words.count else { return nil }
        var bits = (wanted ? words[word] : ~words[word]) & (.max << UInt64(start & 63))
        while bits == 0 {
            word += 1
            if word == words.count { return nil }
            bits = wanted ? words[word] : ~words[word]
        }
        return (word << 6) + bits.trailingZeroBitCount
    }

    /// Calls `body` with each selected journey, in order.
    package func forEach(_ body: (Int) -> Void) {
        for (index, word) in words.enumerated() {
            var bits = word
            while bits != 0 {
                body((index << 6) + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
    }

    /// Of two selections of the same log; journeys beyond the smaller one count as not selected.
    package func and(_ other: JourneySelection) -> JourneySelection {
        JourneySelection(
            journeyCount: min(journeyCount, other.journeyCount), words: zip(words, other.words).map { $0 & $1 }
        )
        .widened(to: max(journeyCount, other.journeyCount))
    }

    package func or(_ other: JourneySelection) -> JourneySelection {
        let size = max(journeyCount, other.journeyCount)
        let mine = widened(to: size)
        let theirs = other.widened(to: size)
        return JourneySelection(journeyCount: size, words: zip(mine.words, theirs.words).map { $0 | $1 })
    }

    package func not() -> JourneySelection { JourneySelection(journeyCount: journeyCount, words: words.map { ~$0 }) }

    private func widened(to size: Int) -> JourneySelection {
        let missing = (size + 63) / 64 - words.count
        return JourneySelection(journeyCount: size, words: words + [UInt64](repeating: 0, count: max(0, missing)))
    }
}
