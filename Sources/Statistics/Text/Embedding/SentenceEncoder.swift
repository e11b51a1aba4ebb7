import RealModule

/// Sentence embeddings by a small BERT encoder (all-MiniLM-L6-v2): six layers, twelve heads, 384 numbers, mean pooling.
///
/// - Formula: embeddings (word + position + type, layer norm); per layer self-attention `softmax(QKᵀ/√d)V` and a feed-forward with
///   `x·Φ(x)`, each with residual and layer norm (ε 1e-12); mean over all pieces, `[CLS]` and `[SEP]` included; length 1.
/// - Reference: Devlin et al. 2019; Wang et al. 2020 (MiniLM); Reimers & Gurevych 2019. Model card Apache-2.0.
/// - Weights are not part of the program: give the bytes of `model.safetensors` and the lines of `vocab.txt`.
/// - Use it to find the nearest example of a curated theme, with a threshold, else "other". English first. Do not cluster with
///   it unseen by people, and do not compare texts beyond 256 pieces: the rest is cut.
package struct SentenceEncoder: Sendable {
    /// Shape of the network.
    package struct Shape: Sendable, Equatable {
        package let hidden: Int
        package let heads: Int
        package let inner: Int
        package let layers: Int
        package let positions: Int

        package init(hidden: Int = 384, heads: Int = 12, inner: Int = 1536, layers: Int = 6, positions: Int = 512) {
            self.hidden = hidden
            self.heads = heads
            self.inner = inner
            self.layers = layers
            self.positions = positions
        }
    }

    package let tokenizer: WordPieceTokenizer
    package let shape: Shape
    private let words: [Float]
    private let places: [Float]
    private let type: [Float]
    private let norm: LayerNorm
    private let layers: [EncoderLayer]
    private let vocabularySize: Int

    /// Reads weights; throws ``EncoderError`` when the files do not fit.
    package init(
        weights: UnsafeRawBufferPointer, vocabulary: [String], shape: Shape = Shape()
    ) throws(EncoderError) {
        guard let tokenizer = WordPieceTokenizer(vocabulary: vocabulary) else { throw .badVocabulary }
        guard shape.hidden > 0, shape.heads > 0, shape.hidden % shape.heads == 0 else {
            throw .unexpectedShape("heads")
        }
        let file = try TensorFile(weights)
        let hidden = shape.hidden
        self.tokenizer = tokenizer
        self.shape = shape
        vocabularySize = vocabulary.count
        words = try file.floats("embeddings.word_embeddings.weight", shape: [vocabulary.count, hidden])
        places = try file.floats("embeddings.position_embeddings.weight", shape: [shape.positions, hidden])
        type = Array(try file.floats("embeddings.token_type_embeddings.weight", shape: [2, hidden]).prefix(hidden))
        norm = try LayerNorm(file, "embeddings.LayerNorm", hidden)
        var layers: [EncoderLayer] = []
        for index in 0..<shape.layers { layers.append(try EncoderLayer(file, index, shape)) }
        self.layers = layers
    }

    /// The embedding of a text, length 1; an empty text has one, too (of `[CLS] [SEP]`), and should not be compared.
    package func embed(_ text: String) -> [Float] { embed(ids: tokenizer.encode(text)) }

    /// The embedding of pieces given as ids; unknown ids are skipped, at most 512 are read.
    ///
    /// - Parameters:
    ///   - ids: of the pieces, `[CLS]` and `[SEP]` included.
    ///   - observe: called with the state of all pieces after the embedding and after each layer (for checks).
    package func embed(ids: [Int], observe: (([Float]) -> Void)? = nil) -> [Float] {
        let known = ids.filter { $0 >= 0 && $0 < vocabularySize }.prefix(shape.positions)
        let hidden = shape.hidden
        guard !known.isEmpty else { return Array(repeating: 0, count: hidden) }
        var state: [Float] = []
        state.reserveCapacity(known.count * hidden)
        for (place, id) in known.enumerated() {
            for k in 0..<hidden { state.append(words[id * hidden + k] + places[place * hidden + k] + type[k]) }
        }
        norm.apply(&state)
        observe?(state)
        for layer in layers {
            layer.apply(&state, pieces: known.count)
            observe?(state)
        }
        var mean: [Float] = Array(repeating: 0, count: hidden)
        for piece in 0..<known.count { for k in 0..<hidden { mean[k] += state[piece * hidden + k] } }
        let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? mean.map { $0 / length } : mean
    }

    /// Cosine of two embeddings of length 1; `nil` when their sizes differ.
    package static func cosine(_ a: [Float], _ b: [Float]) -> Float? {
        guard a.count == b.count else { return nil }
        return zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
