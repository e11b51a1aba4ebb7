import Experience
import Testing

@Suite struct AskRulesTests {
    static let start = Instant(microseconds: 1_780_000_000_000_000)
    static func ago(_ days: Int64) -> Instant { start.advanced(by: -days * Instant.day) }

    @Test func drawsTheStatedShare() {
        let rules = AskRules(share: 0.25, seed: 7, quietDays: 0, atMost: 1, withinDays: 1)
        var drawn = 0
        for number in 0..<20_000
        where rules.judge(transaction: "t\(number)", earlier: [], at: Self.start).isOpen { drawn += 1 }
        // Four standard errors of a share of 0.25 among 20,000.
        #expect(abs(Double(drawn) / 20_000 - 0.25) < 4 * 0.00306)
    }

    @Test func theSameSeedDrawsTheSameAndAnotherDoesNot() {
        let rules = AskRules(share: 0.5, seed: 7, quietDays: 0, atMost: 1, withinDays: 1)
        var other = rules
        other.seed = 8
        let names = (0..<200).map { "t\($0)" }
        #expect(names.map(rules.draw) == names.map(rules.draw))
        #expect(names.map(rules.draw) != names.map(other.draw))
        #expect(names.map(rules.draw).allSatisfy { (0..<1).contains($0) })
    }

    @Test func keepsQuietAfterAnOffer() {
        let rules = AskRules(share: 1, seed: 1, quietDays: 30, atMost: 9, withinDays: 365)
        #expect(rules.judge(transaction: "a", earlier: [Self.ago(29)], at: Self.start) == .passedOver(.quiet))
        #expect(rules.judge(transaction: "a", earlier: [Self.ago(30)], at: Self.start) == .offered(isNew: true))
    }

    @Test func capsHowOftenAPersonIsAsked() {
        let rules = AskRules(share: 1, seed: 1, quietDays: 0, atMost: 2, withinDays: 365)
        let twice = [Self.ago(40), Self.ago(80)]
        #expect(rules.judge(transaction: "a", earlier: twice, at: Self.start) == .passedOver(.capped))
        let longAgo = [Self.ago(40), Self.ago(365)]
        #expect(rules.judge(transaction: "a", earlier: longAgo, at: Self.start) == .offered(isNew: true))
    }

    @Test func theStoredPlanNamesEveryRule() {
        let plan = AskRules(share: 0.2, seed: 42, quietDays: 10, atMost: 3, withinDays: 90).plan
        #expect(plan == "share=0.2;seed=42;quiet=10d;at_most=3/90d")
    }
}
