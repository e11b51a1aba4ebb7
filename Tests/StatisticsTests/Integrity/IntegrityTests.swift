import Statistics
import Testing

@Suite("Integrity")
struct IntegrityTests {
    @Test func aSharedLibraryJoinsNobodyUnderTheCap() {
        func value(_ name: String) -> SharedAttributes.Value { .init(attribute: "address", value: name) }
        let claims = (0..<20).map { [value("library"), value($0 < 3 ? "flat" : "own\($0)")] }
        let capped = SharedAttributes(claims: claims, hubCap: 8)
        #expect(capped.clusters == [[0, 1, 2]])
        #expect(capped.shared.first?.isHub == true)
        #expect(SharedAttributes(claims: claims, hubCap: 100).clusters.first?.count == 20)
        #expect(SharedAttributes(claims: [], hubCap: 8).clusters.isEmpty)
    }

    @Test func velocityNeedsAnObservationAndOrder() throws {
        #expect(TrailingVelocity.scan(times: [], window: 60, observed: 100) == nil)
        #expect(TrailingVelocity.scan(times: [5, 1], window: 60, observed: 100) == nil)
        let far = try #require(TrailingVelocity.scan(times: [.min, .max], window: 60, observed: 1e20))
        #expect(far.counts == [1, 1] && far.correctedProbability <= 1)
    }

    @Test func ratesWithoutABaseAreNothing() {
        let none = ConfusionCounts(truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 3)
        #expect(none.precision == nil && none.recall == nil && none.f1 == nil && none.matthews == nil)
        #expect(RankingQuality(truth: [true, true], scores: [1, 2]) == nil)
        #expect(AuditedRecall(flaggedTrue: 0, unflagged: 10, audited: 5, auditedTrue: 0) == nil)
        #expect(BaseRate.positivePredictiveValue(sensitivity: 0, specificity: 1, prevalence: 0.5) == nil)
    }

    @Test func equalScoresRankNoBetterThanChance() throws {
        let quality = try #require(
            RankingQuality(truth: [true, false, true, false], scores: [1, 1, 1, 1]))
        #expect(quality.rocArea == 0.5 && quality.averagePrecision == 0.5)
    }

    @Test func auditedRecallCoversTheTruth() throws {
        var random = SplitMix64(seed: 21)
        var covered = 0
        let truth = 80.0 / (80 + 2000 * 0.02)
        for _ in 0..<400 {
            let found = (0..<300).count { _ in random.unit() < 0.02 }
            guard let audit = AuditedRecall(flaggedTrue: 80, unflagged: 2000, audited: 300, auditedTrue: found)
            else { continue }
            if audit.interval.contains(truth) { covered += 1 }
        }
        #expect(covered >= 372)
    }

    @Test func fairnessNeedsHonestPeopleInBothGroups() throws {
        let groups = try #require(
            GroupFairness.byGroup(
                truth: [true, false, true], scores: [1, 0, 1], threshold: 0.5, groups: ["a", "a", "b"]))
        #expect(groups[0].gap(to: groups[1]) == nil)
        #expect(GroupFairness.honestNeeded(0.05, 0.05) == nil)
    }
}
