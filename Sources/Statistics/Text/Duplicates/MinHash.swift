/// A short signature whose agreement estimates the Jaccard similarity of two texts.
///
/// - Formula: place p holds `min over shingles of a_p·mix(hash) + b_p (mod 2⁶⁴)`; the share of equal places estimates J with
///   standard error `√(J(1 − J)/K)`.
/// - Reference: Broder 1997; Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*, ch. 3; same scheme as
///   datasketch's "affine64".
/// - Start values: K = 64, 16 bands of 4 rows (``LocalitySensitiveIndex``); confirm candidates by exact Jaccard ≥ 0.8.
/// - Do not decide on the estimate alone at K = 64: its standard error is up to 6 points.
package struct MinHash: Sendable, Equatable {
    /// One multiplier (odd) and offset per place.
    package struct Family: Sendable, Equatable {
        package let multipliers: [UInt64]
        package let offsets: [UInt64]

        /// `nil` when the lists are empty or differ in length.
        package init?(multipliers: [UInt64], offsets: [UInt64]) {
            guard !multipliers.isEmpty, multipliers.count == offsets.count else { return nil }
            self.multipliers = multipliers
            self.offsets = offsets
        }

        /// A family drawn from a seed; at least one place.
        package init(places: Int, seed: UInt64) {
            var random = SplitMix64(seed: seed)
            var multipliers: [UInt64] = []
            var offsets: [UInt64] = []
            for _ in 0..<max(1, places) {
                multipliers.append(random.next() | 1)
                offsets.append(random.next())
            }
            self.multipliers = multipliers
            self.offsets = offsets
        }
    }

    package let signature: [UInt64]
    /// Made from an empty text.
    package let isEmpty: Bool

    package init(_ shingles: Shingles, family: Family) {
        var signature: [UInt64] = Array(repeating: .max, count: family.multipliers.count)
        for hash in shingles.hashes {
            let mixed = TextHash.mix(hash)
            for place in signature.indices {
                let value = family.multipliers[place] &* mixed &+ family.offsets[place]
                if value < signature[place] { signature[place] = value }
            }
        }
        self.signature = signature
        isEmpty = shingles.hashes.isEmpty
    }

    /// Estimated Jaccard similarity; 0 when either text is empty, `nil` for signatures of different length.
    package func similarity(_ other: MinHash) -> Double? {
        guard signature.count == other.signature.count, !signature.isEmpty else { return nil }
        if isEmpty || other.isEmpty { return 0 }
        let equal = zip(signature, other.signature).count { $0 == $1 }
        return Double(equal) / Double(signature.count)
    }

    /// Standard error of an estimate; `nil` unless 0 ≤ J ≤ 1 and K ≥ 1.
    package static func standardError(jaccard: Double, places: Int) -> Double? {
        guard jaccard >= 0, jaccard <= 1, places >= 1 else { return nil }
        return (jaccard * (1 - jaccard) / Double(places)).squareRoot()
    }
}
