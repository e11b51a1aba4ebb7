internal import Statistics

/// A person's words as they may be shown, and what is kept beside them.
package struct IntakeWords: Hashable, Sendable {
    /// With every finding replaced by its kind in brackets.
    package var shown: String
    /// The text as it came, where something was taken out of it.
    package var original: String?
    package var redactions: Int
    /// For telling copies apart: see ``TextSketch``.
    package var sketch: [UInt64]

    package init(_ text: String) {
        let redacted = PersonalDataScan.redacted(text)
        shown = redacted.text
        original = redacted.spans.isEmpty ? nil : text
        redactions = redacted.spans.count
        sketch = TextSketch.of(redacted.text)
    }
}

/// The smallest hashes of a text's shingles: enough to tell how much two texts share, too little to read them back.
///
/// - Method: bottom-k sketch (Broder 1997). For texts of at most 128 distinct shingles of five characters the Jaccard
///   similarity is exact; for longer ones its standard error at 0.8 is `√(0.8 · 0.2 / 128)`, 3.5 points.
package enum TextSketch {
    package static let size = 128
    /// "thank you" is not a campaign: texts below this many shingles are not compared.
    package static let minimum = 12

    package static func of(_ text: String) -> [UInt64] {
        let hashes = Shingles(text).hashes
        return hashes.count < minimum ? [] : Array(hashes.prefix(size))
    }

    /// Shared part of two texts, 0 to 1; 0 when either is empty.
    package static func similarity(_ a: [UInt64], _ b: [UInt64]) -> Double {
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        // Where a sketch is full, nothing beyond its last hash is known of that text.
        let isCut = a.count >= size || b.count >= size
        var (i, j, both, all) = (0, 0, 0, 0)
        while i < a.count || j < b.count {
            if isCut, all == size { break }
            all += 1
            if j >= b.count || (i < a.count && a[i] < b[j]) {
                i += 1
            } else if i >= a.count || b[j] < a[i] {
                j += 1
            } else {
                both += 1
                i += 1
                j += 1
            }
        }
        return all == 0 ? 0 : Double(both) / Double(all)
    }

    /// Groups of two or more positions whose texts share at least `threshold`, ascending.
    ///
    /// Candidates share one of their eight smallest hashes: at similarity 0.8 a pair is missed with a probability
    /// below 1 in 100,000. A bucket of more than 200 is compared with its first member only, so that one slogan sent
    /// a hundred thousand times costs a hundred thousand comparisons.
    package static func groups(_ sketches: [[UInt64]], threshold: Double = 0.8) -> [[Int]] {
        var buckets: [UInt64: [Int]] = [:]
        for (at, sketch) in sketches.enumerated() {
            for hash in sketch.prefix(8) { buckets[hash, default: []].append(at) }
        }
        var sets = DisjointSets(count: sketches.count)
        for key in buckets.keys.sorted() {
            guard let bucket = buckets[key], bucket.count > 1 else { continue }
            for (offset, second) in bucket.enumerated().dropFirst() {
                let partners = bucket.count > 200 ? bucket[..<1] : bucket[..<offset]
                for first in partners where similarity(sketches[first], sketches[second]) >= threshold {
                    sets.union(first, second)
                }
            }
        }
        return sets.sets().filter { $0.count > 1 }
    }
}
