import Statistics
import Testing

@Suite("Near duplicates")
struct DuplicateTests {
    @Test func groupsCopiesAndLeavesShortThanksAlone() {
        let texts = [
            "This office is a disgrace, they lost my file and nobody cares about it at all.",
            "The staff at this office were wonderful and quick, thank you so much.", "thank you",
            "This office is a disgrace!! they lost my file and nobody cares about it at all", "thank you",
        ]
        #expect(NearDuplicates.groups(texts) == [[0, 3]])
        #expect(NearDuplicates.groups([]).isEmpty)
        #expect(NearDuplicates.groups(texts, threshold: .nan).isEmpty)
    }

    @Test func estimatesLieWithinTheirStandardError() throws {
        var random = SplitMix64(seed: 12)
        let family = MinHash.Family(places: 256, seed: 3)
        var far = 0
        for _ in 0..<60 {
            let shared = (0..<40).map { _ in String(random.below(1000)) }.joined(separator: " ")
            let a = Shingles(shared + (0..<10).map { _ in String(random.below(1000)) }.joined(separator: " "))
            let b = Shingles(shared + (0..<10).map { _ in String(random.below(1000)) }.joined(separator: " "))
            let exact = a.jaccard(b)
            let estimate = try #require(MinHash(a, family: family).similarity(MinHash(b, family: family)))
            let error = try #require(MinHash.standardError(jaccard: exact, places: 256))
            if abs(estimate - exact) > 2.5 * error { far += 1 }
        }
        #expect(far <= 4)
    }

    @Test func emptyTextsAreNoCopies() {
        let empty = Shingles("  \n")
        let family = MinHash.Family(places: 8, seed: 1)
        #expect(empty.jaccard(empty) == 0)
        #expect(MinHash(empty, family: family).similarity(MinHash(empty, family: family)) == 0)
        #expect(MinHash.Family(multipliers: [1], offsets: []) == nil)
    }
}
