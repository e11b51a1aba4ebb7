/// The distinct runs of k characters of a text, as hashes: what "the same text" is measured on.
///
/// - Normalisation: lower case, runs of white space to one space, ends trimmed; counted in Unicode scalars.
/// - Reference: Broder 1997, *On the resemblance and containment of documents*.
/// - A text shorter than k is one shingle; an empty text has none.
/// - Do not use it on texts of a few words: five shingles agree by chance ("thank you").
package struct Shingles: Sendable, Equatable {
    /// Distinct, ascending.
    package let hashes: [UInt64]

    package init(_ text: String, size: Int = 5) {
        let scalars = Self.normalised(text)
        let length = max(1, size)
        guard !scalars.isEmpty else {
            hashes = []
            return
        }
        var found: Set<UInt64> = []
        var buffer: [UInt8] = []
        for start in 0...max(0, scalars.count - length) {
            buffer.removeAll(keepingCapacity: true)
            for scalar in scalars[start..<min(start + length, scalars.count)] {
                buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
            found.insert(TextHash.fnv1a(buffer))
        }
        hashes = found.sorted()
    }

    /// The normalised text, for an exact-copy check.
    package static func normalised(_ text: String) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for scalar in text.lowercased().unicodeScalars {
            if !scalar.properties.isWhitespace {
                result.append(scalar)
            } else if let last = result.last, last != " " {
                result.append(" ")
            }
        }
        if result.last == " " { result.removeLast() }
        return result
    }

    /// Shared over all distinct shingles, 0...1; 0 when either text is empty (nothing to compare is not a copy).
    package func jaccard(_ other: Shingles) -> Double {
        var i = 0
        var j = 0
        var both = 0
        while i < hashes.count, j < other.hashes.count {
            if hashes[i] == other.hashes[j] {
                both += 1
                i += 1
                j += 1
            } else if hashes[i] < other.hashes[j] {
                i += 1
            } else {
                j += 1
            }
        }
        let all = hashes.count + other.hashes.count - both
        return all == 0 ? 0 : Double(both) / Double(all)
    }
}
