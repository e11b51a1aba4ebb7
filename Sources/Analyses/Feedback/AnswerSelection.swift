package import Experience

/// The answers behind one number of a score: what is listed is exactly what was counted.
package struct AnswerSelection: Sendable, Hashable {
    /// Microseconds, the end not included.
    package var range: Range<Int64>
    /// Places of ``ResponseColumns/surveys``; nil for all.
    package var surveys: Set<Int>?
    package var about: About

    package enum About: Sendable, Hashable {
        case everything
        /// One item, answered with one of these values.
        case item(SurveyItem, ClosedRange<Int>)
        /// Trust by thumbs; nil for either.
        case thumb(Bool?)
        /// A reason named by those who trust, or by those who don't.
        case mention(MentionedDriver, praised: Bool)
    }

    package init(range: Range<Int64>, surveys: Set<Int>? = nil, about: About = .everything) {
        self.range = range
        self.surveys = surveys
        self.about = about
    }

    func holds(_ packed: PackedAnswers) -> Bool {
        switch about {
        case .everything: return true
        case .item(let item, let values): return packed[item].map(values.contains) ?? false
        case .thumb(let wanted): return packed.thumb.map { wanted == nil || $0 == wanted } ?? false
        case .mention(let driver, let praised):
            guard let place = MentionedDriver.allCases.firstIndex(of: driver) else { return false }
            return packed.ticks(positive: praised)?[place] ?? false
        }
    }
}

extension ResponseColumns {
    package struct Selected: Sendable {
        /// All that stand behind the number.
        package var total = 0
        /// Of them, those whose journey is known.
        package var onJourneys = 0
        /// Sequence numbers of the listed ones, the newest of the record first.
        package var listed: [Int64] = []
    }

    /// The answers of a selection, held ones left out, in one pass from the newest.
    package func select(_ selection: AnswerSelection, skipping: Int = 0, limit: Int) -> Selected {
        var found = Selected()
        for row in stride(from: answers.count - 1, through: 0, by: -1) where isIn(selection, row) {
            if found.total >= skipping, found.listed.count < limit { found.listed.append(sequence[row]) }
            found.total += 1
            if journey[row] >= 0 { found.onJourneys += 1 }
        }
        return found
    }

    /// The journeys of a selection's answers, by id.
    package func journeys(of selection: AnswerSelection) -> Set<String> {
        var found: Set<Int32> = []
        for row in answers.indices where journey[row] >= 0 && isIn(selection, row) { found.insert(journey[row]) }
        return Set(found.map { journeys[Int($0)] })
    }

    private func isIn(_ selection: AnswerSelection, _ row: Int) -> Bool {
        held[row] == 0 && selection.range.contains(occurred[row])
            && selection.surveys?.contains(Int(survey[row])) ?? true
            && selection.holds(PackedAnswers(bits: answers[row]))
    }
}
