import Foundation
import Statistics

/// The weights are no part of the project: THROUGHLINE_EMBEDDING_MODEL names a folder with `model.safetensors` and
/// `vocab.txt` of all-MiniLM-L6-v2.
enum EmbeddingModel {
    static let folder: String? = ProcessInfo.processInfo.environment["THROUGHLINE_EMBEDDING_MODEL"]

    static let encoder: Result<SentenceEncoder, any Error> = Result {
        let root = URL(fileURLWithPath: folder ?? "")
        let vocabulary = try String(contentsOf: root.appendingPathComponent("vocab.txt"), encoding: .utf8)
        let lines = vocabulary.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        let weights = try Data(
            contentsOf: root.appendingPathComponent("model.safetensors"), options: .mappedIfSafe)
        return try weights.withUnsafeBytes { try SentenceEncoder(weights: $0, vocabulary: lines) }
    }

    static func unavailable() -> String? {
        folder == nil ? "set THROUGHLINE_EMBEDDING_MODEL to a folder with model.safetensors and vocab.txt" : nil
    }
}

extension FixtureAdapter {
    static let sentenceEmbedding = FixtureAdapter(
        "sentence_embedding", unavailable: { EmbeddingModel.unavailable() },
        answer: { fixture in
            let encoder = try EmbeddingModel.encoder.get()
            if let texts = try? fixture.input.strings {
                let vectors = texts.map { encoder.embed($0) }
                return [
                    "matrix": .array(
                        vectors.map { row in
                            .array(vectors.map { .number(Double(SentenceEncoder.cosine(row, $0) ?? .nan)) })
                        })
                ]
            }
            let ids = encoder.tokenizer.encode(try fixture.input.string)
            var traces: [JSON] = []
            let vector = encoder.embed(ids: ids) { state in traces.append(.of(state.prefix(6).map { Double($0) })) }
            return [
                "ids": .of(ids), "tokens": .of(ids.map { encoder.tokenizer.piece($0) ?? "" }),
                "first_token_first_6_after_each_layer": .array(traces),
                "embedding_first_48": .of(vector.prefix(48).map { Double($0) }),
            ]
        })
}
