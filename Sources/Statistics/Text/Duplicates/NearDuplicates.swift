/// Groups of comments that are copies of each other up to small changes.
///
/// - Method: ``MinHash`` of 64 places, ``LocalitySensitiveIndex`` candidates, exact Jaccard on the shingles, union of the pairs
///   that reach the threshold.
/// - Do not delete what it finds: quarantine, and show the score with and without.
package enum NearDuplicates {
    /// Groups of two or more positions, each ascending, in order of their first member; empty for a threshold outside 0...1.
    ///
    /// Texts shorter than `minimumShingles` shingles are never grouped: "thank you" is not a campaign.
    package static func groups(
        _ texts: [String], threshold: Double = 0.8, minimumShingles: Int = 12, seed: UInt64 = 1
    ) -> [[Int]] {
        guard threshold > 0, threshold <= 1, let index = LocalitySensitiveIndex(bands: 16, rows: 4) else { return [] }
        let family = MinHash.Family(places: 64, seed: seed)
        let empty = Shingles("")
        let shingles = texts.map { text in
            let made = Shingles(text)
            return made.hashes.count >= minimumShingles ? made : empty
        }
        var sets = DisjointSets(count: texts.count)
        for pair in index.candidates(shingles.map { MinHash($0, family: family) })
        where shingles[pair.first].jaccard(shingles[pair.second]) >= threshold {
            sets.union(pair.first, pair.second)
        }
        return sets.sets().filter { $0.count > 1 }
    }
}
