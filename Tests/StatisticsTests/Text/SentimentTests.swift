import Statistics
import Testing

@Suite("Sentiment")
struct SentimentTests {
    @Test func threeTurnsOfTheSameWords() {
        let plain = Sentiment.score("The staff were helpful").compound
        #expect(Sentiment.score("The staff were very helpful").compound > plain)
        #expect(Sentiment.score("The staff were not helpful").compound < 0)
        #expect(Sentiment.score("The staff were HELPFUL").compound > plain)
    }

    @Test func readsEmojiAsWords() {
        let smile = Sentiment.score("great job 😀")
        #expect(smile.compound > Sentiment.score("great job").compound || smile.positive > 0.5)
        #expect(Sentiment.score("👍👍").neutral >= 0)
    }

    /// Values of vaderSentiment 3.3.2.
    @Test(arguments: [
        ("lol", 0.4215), ("without doubt a good visit", 0.6136), ("yeah right", 0.296), ("", 0),
        ("The visit was good but the wait was horrible", -0.5859),
    ])
    func answersAsTheReferenceDoes(_ text: String, _ compound: Double) {
        #expect(abs(Sentiment.score(text).compound - compound) < 1e-9)
    }

    @Test(arguments: ["", " \n\t", "!!!???", String(repeating: "good ", count: 20_000) + "but", "\u{0}\u{FFFD}", "no"])
    func survivesOddText(_ text: String) {
        let result = Sentiment.score(text)
        #expect(result.compound >= -1 && result.compound <= 1)
    }
}
