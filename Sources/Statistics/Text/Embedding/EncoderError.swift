/// Why a sentence encoder cannot be made from the files given.
package enum EncoderError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not a safetensors file, or cut short.
    case notSafetensors
    /// A tensor the model needs is not in the file.
    case missing(String)
    /// A tensor has another type or shape than the model needs.
    case unexpectedShape(String)
    /// The vocabulary lacks `[UNK]`, `[CLS]` or `[SEP]`, or has another size than the weights.
    case badVocabulary

    package var description: String {
        switch self {
        case .notSafetensors: "the weights are no safetensors file or are cut short: fetch the file again"
        case .missing(let name): "the weights lack the tensor \(name): is this a BERT encoder?"
        case .unexpectedShape(let name): "tensor \(name) is not 32-bit float of the expected shape"
        case .badVocabulary: "the vocabulary does not belong to these weights"
        }
    }
}
