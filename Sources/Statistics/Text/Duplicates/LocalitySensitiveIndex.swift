import RealModule

/// Finds pairs of texts that may be near copies without comparing all pairs.
///
/// - Formula: signatures are cut into bands of rows; texts equal in a whole band become candidates, which happens with
///   probability `1 − (1 − sʳ)ᵇ` at similarity s; threshold about `(1/b)^{1/r}`.
/// - Reference: Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*, ch. 3.
/// - Start values: 16 bands × 4 rows (threshold 0.5). Confirm each candidate by exact Jaccard.
/// - A copy is a reason to show a score with and without it, never to delete it.
package struct LocalitySensitiveIndex: Sendable, Equatable {
    package let bands: Int
    package let rows: Int

    /// `nil` unless bands and rows are at least 1 and their product at most 4096.
    package init?(bands: Int, rows: Int) {
        guard (1...4096).contains(bands), (1...4096).contains(rows), bands * rows <= 4096 else { return nil }
        self.bands = bands
        self.rows = rows
    }

    /// Chance that a pair of similarity `s` becomes a candidate; `nil` outside 0...1.
    package func candidateProbability(_ s: Double) -> Double? {
        guard s >= 0, s <= 1 else { return nil }
        let band = Double.pow(s, rows)
        return -Double.expMinusOne(Double(bands) * Double.log(onePlus: -band))
    }

    /// Similarity at which candidates become likely.
    package var threshold: Double { Double.pow(1 / Double(bands), 1 / Double(rows)) }

    /// A pair of positions, the smaller first.
    package struct Pair: Sendable, Hashable {
        package let first: Int
        package let second: Int
    }

    /// Candidate pairs, ascending. Signatures shorter than bands × rows and empty texts never match.
    ///
    /// - Parameters:
    ///   - signatures: one per text.
    ///   - bucketCap: a bucket of more texts than this pairs each with its first member only, so that one slogan sent a
    ///     hundred thousand times costs a hundred thousand pairs, not billions.
    package func candidates(_ signatures: [MinHash], bucketCap: Int = 200) -> [Pair] {
        var pairs: Set<Pair> = []
        for band in 0..<bands {
            var buckets: [UInt64: [Int]] = [:]
            for (position, hash) in signatures.enumerated() {
                guard !hash.isEmpty, hash.signature.count >= bands * rows else { continue }
                var key = UInt64(band)
                for value in hash.signature[band * rows..<(band + 1) * rows] { key = TextHash.mix(key ^ value) }
                buckets[key, default: []].append(position)
            }
            for bucket in buckets.values where bucket.count > 1 {
                for (offset, second) in bucket.enumerated().dropFirst() {
                    let partners = bucket.count > bucketCap ? bucket[..<1] : bucket[..<offset]
                    for first in partners { pairs.insert(Pair(first: first, second: second)) }
                }
            }
        }
        return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
}
