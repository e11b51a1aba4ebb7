import Analyses
import Commands
import Experience
import Foundation
import Statistics
import Storage
import Testing

/// The lists of offers and the scores count from different tables: they must tell one number.
@Suite struct OfferTruthTests {
    @Test func listsAndScoresTellOneNumberOfOffersAndAnswers() async throws {
        let sample = try await LoopSample()
        var random = SplitMix64(seed: 17)
        var keys: [String] = []
        for number in 0..<60 {
            let isKnown = random.below(2) == 0
            let asked = OfferAsk(
                agency: LoopSample.agency, service: LoopSample.service.id, form: LoopSample.slug("after"),
                channel: .web, touchpoint: LoopSample.slug("texts"), solicited: .invited,
                journey: isKnown ? JourneyID("P-\(number)") : nil, person: nil, transaction: "t\(number)",
                at: sample.now)
            _ = try await sample.record.offer(asked)
            if random.below(3) == 0 { _ = try await sample.record.offer(asked) }
            keys.append(
                try sample.record.transactionKey(
                    "t\(number)", service: LoopSample.service.id, agency: LoopSample.agency))
        }
        // An offer another system sent as an event without a key, and answers: some to offers, some twice, some unasked.
        _ = try await sample.record.append(
            LoopSample.event("Q-1", "q", "offer", kind: .offer, at: sample.now, ["form": .text("after")]))
        for number in 0..<50 {
            var attributes: [String: AttributeValue] = ["form": .text("after"), "overall": .integer(4)]
            if random.below(3) > 0 { attributes["offer"] = .text(keys[random.below(keys.count)]) }
            let journey = number == 7 ? "Q-1" : "P-\(random.below(80))"
            if number == 7 { attributes["offer"] = nil }
            _ = try await sample.record.append(
                LoopSample.event(journey, "r\(number)", "response", kind: .response, at: sample.now, attributes))
        }
        let keeper = AnswerKeeper { _, _, _ in LoopSample.form }
        try await keeper.fill(sample.record)
        let scored = keeper[LoopSample.service.id].offers(in: Int64.min..<Int64.max)
        func listed() async throws -> [OfferCount] {
            try await sample.record.offerCounts(
                agency: LoopSample.agency, service: LoopSample.service.id, period: SMSTests.period(sample))
        }
        let counts = try await listed()
        #expect(scored.offered == 61 && counts.reduce(0) { $0 + $1.offered } == 61)
        #expect(scored.answered == counts.reduce(0) { $0 + $1.answered } && scored.answered > 10)
        #expect(scored.answered <= scored.offered)
        try await sample.record.rebuild()
        #expect(try await listed() == counts)
        await sample.record.close()
    }
}
