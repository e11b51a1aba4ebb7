import Analyses
import Experience
import Statistics
import Testing

@Suite struct IntakeReviewTests {
    static let start = Instant(microseconds: 1_780_000_000_000_000)
    static let slogan = "They close this office at noon and nobody answers the telephone, shame on all of you!"

    static func mark(
        _ number: Int, minutes: Int64, text: String? = nil, sender: String? = nil, state: IntakeMark.State = .clear
    ) -> IntakeMark {
        IntakeMark(
            key: .init(source: "form", sourceID: "r\(number)"), form: Slug("after")!, channel: .web,
            at: start.advanced(by: minutes * Instant.minute), rating: 1, sender: sender,
            sketch: text.map { TextSketch.of($0) } ?? [], state: state)
    }

    @Test func flagsCopiesOfAText() {
        var marks: [IntakeMark] = (0..<5).map {
            Self.mark($0, minutes: Int64($0) * 60, text: Self.slogan + String(repeating: ".", count: $0))
        }
        marks.append(
            Self.mark(9, minutes: 0, text: "The woman at the second window was patient and kind to my mother."))
        let found = IntakeReview().flagged(marks)
        #expect(Set(found.keys.map(\.sourceID)) == ["r0", "r1", "r2", "r3", "r4"])
        #expect(found.values.allSatisfy { $0 == [.copies] })
    }

    @Test func leavesFewCopiesAndShortThanksAlone() {
        let four: [IntakeMark] = (0..<4).map { Self.mark($0, minutes: 0, text: Self.slogan) }
        let thanks: [IntakeMark] = (10..<60).map { Self.mark($0, minutes: Int64($0), text: "Thank you") }
        #expect(IntakeReview().flagged(four + thanks).isEmpty)
    }

    @Test func flagsABurstFromFewSenders() {
        // Two days with two answers an hour from anybody, then forty in an hour from one sender.
        var marks: [IntakeMark] = (0..<96).map { Self.mark($0, minutes: Int64($0) * 30, sender: "p\($0)") }
        marks += (0..<40).map { Self.mark(500 + $0, minutes: 2_880 + Int64($0), sender: "one") }
        let found = IntakeReview().flagged(marks)
        #expect(found.count == 40)
        #expect(found.keys.allSatisfy { $0.sourceID.hasPrefix("r5") && $0.sourceID.count == 4 })
    }

    @Test func aBusyHourOfManyPeopleIsNoBurstOfFew() {
        var marks: [IntakeMark] = (0..<96).map { Self.mark($0, minutes: Int64($0) * 30, sender: "p\($0)") }
        marks += (0..<200).map { Self.mark(500 + $0, minutes: 2_880 + Int64($0) / 4, sender: "q\($0)") }
        #expect(IntakeReview().flagged(marks).isEmpty)
    }

    @Test func anOfficeBehindOneAddressIsNoBurst() {
        // The same share of one sender all week long: that is how the place is, whoever sits behind the address.
        let marks: [IntakeMark] = (0..<2_000).map {
            Self.mark($0, minutes: Int64($0) * 2, sender: $0.isMultiple(of: 10) ? "p\($0)" : "office")
        }
        #expect(IntakeReview().flagged(marks).isEmpty)
    }

    @Test func whatSomebodyDecidedStands() {
        let marks: [IntakeMark] = (0..<6).map {
            Self.mark($0, minutes: 0, text: Self.slogan, state: $0 == 0 ? .released : .clear)
        }
        let found = IntakeReview().flagged(marks)
        #expect(found.count == 5 && found[marks[0].key] == nil)
    }

    @Test func theSketchMeasuresHowMuchIsShared() {
        var letters: [UInt8] = []
        for number in 0..<900 {
            let place: Int = (number * number + number / 7) % 26
            letters.append(97 + UInt8(place))
        }
        let long = String(decoding: letters, as: UTF8.self)
        #expect(TextSketch.similarity(TextSketch.of(long), TextSketch.of(long)) == 1)
        #expect(TextSketch.similarity(TextSketch.of(Self.slogan), TextSketch.of(long)) < 0.1)
        #expect(TextSketch.of("Thank you").isEmpty)
        #expect(TextSketch.similarity([], []) == 0)
    }

    @Test func takesPersonalDataOutAndKeepsTheOriginal() {
        let words = IntakeWords("My number is 536-22-8145, write to ana@example.org")
        #expect(!words.shown.contains("536-22-8145") && !words.shown.contains("ana@"))
        #expect(words.original?.contains("ana@example.org") == true)
        #expect(words.redactions == 2 || words.redactions == 1)
        let plain = IntakeWords("The queue was long.")
        #expect(plain.original == nil && plain.shown == "The queue was long." && plain.redactions == 0)
    }

    @Test func showsAScoreWithAndWithout() {
        let free = [(rating: Int, isHeld: Bool)](repeating: (5, false), count: 40)
        let held = [(rating: Int, isHeld: Bool)](repeating: (1, true), count: 60)
        let score = ScoreWithAndWithout(free + held)
        #expect(score.with.value == 0.4 && score.without.value == 1)
    }
}
