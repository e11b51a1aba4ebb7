import Statistics
import Testing

@Suite("Terms and themes")
struct TermTests {
    @Test func anEmptyDocumentIsARowOfZeros() {
        let weights = TermWeights([["a", "b"], []])
        #expect(weights.rows[1] == [0, 0])
        #expect(weights.cosine(0, 1) == 0 && weights.cosine(0, 5) == nil)
        #expect(TermWeights([]).terms.isEmpty)
        #expect(ClassTermWeights.weigh([["a"]], classes: [-1]) == nil)
    }

    @Test func factorisationNeverGetsWorse() throws {
        var random = SplitMix64(seed: 1)
        let x = (0..<12).map { _ in (0..<9).map { _ in random.unit() } }
        var last = Double.infinity
        for iterations in [1, 5, 25, 125] {
            let result = try #require(
                MatrixFactorisation.factorise(x, themes: 3, iterations: iterations, seed: 2))
            #expect(result.error <= last + 1e-12)
            #expect(result.documentThemes.joined().allSatisfy { $0 >= 0 })
            last = result.error
        }
        #expect(MatrixFactorisation.factorise([[-1]], themes: 1, seed: 1) == nil)
        #expect(MatrixFactorisation.factorise([], themes: 1, seed: 1) == nil)
    }

    @Test func swappingGroupsTurnsTheSign() throws {
        let prior = try #require(LogOdds.pooledPrior([40, 10, 5], weight: 10))
        let ab = try #require(LogOdds.compare([30, 5, 1], [10, 5, 4], prior: prior))
        let ba = try #require(LogOdds.compare([10, 5, 4], [30, 5, 1], prior: prior))
        for (x, y) in zip(ab, ba) { #expect(abs(x.z + y.z) < 1e-12) }
        #expect(LogOdds.compare([1], [1], prior: [1]) == nil)
    }

    @Test func wordPiecesSplitAndFallBack() throws {
        let vocabulary = ["[UNK]", "[CLS]", "[SEP]", "un", "##able", "cafe", ",", "##s"]
        let tokenizer = try #require(WordPieceTokenizer(vocabulary: vocabulary))
        #expect(tokenizer.encode("Unable, Cafés") == [1, 3, 4, 6, 5, 7, 2])
        #expect(tokenizer.encode("xyz") == [1, 0, 2])
        #expect(tokenizer.encode("cafe cafe cafe", limit: 4) == [1, 5, 5, 2])
        #expect(WordPieceTokenizer(vocabulary: ["a"]) == nil)
    }

    @Test func brokenWeightsAreRefusedWithAReason() {
        let vocabulary = ["[UNK]", "[CLS]", "[SEP]"]
        let bytes: [UInt8] = [200, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]
        bytes.withUnsafeBytes { raw in
            _ = #expect(throws: EncoderError.notSafetensors) {
                try SentenceEncoder(weights: raw, vocabulary: vocabulary)
            }
        }
        let empty: [UInt8] = [2, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8)
        empty.withUnsafeBytes { raw in
            _ = #expect(throws: EncoderError.missing("embeddings.word_embeddings.weight")) {
                try SentenceEncoder(weights: raw, vocabulary: vocabulary)
            }
        }
    }
}
