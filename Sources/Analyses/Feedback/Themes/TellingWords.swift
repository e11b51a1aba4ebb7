import Statistics

/// The words that set some comments apart from the others.
package enum TellingWords {
    /// Log-odds with an informative Dirichlet prior; words with z > 1.96, most telling first.
    ///
    /// - Parameters:
    ///   - comments: the words of each comment, each once.
    ///   - inside: which comments are to be explained; fewer than 10 are not.
    ///   - fewest: a word counts only when so many comments hold it: a rare word may be somebody's name.
    package static func of(
        _ comments: [Set<String>], inside: [Bool], fewest: Int, limit: Int = 6
    ) -> [String] {
        guard inside.count == comments.count, inside.count(where: { $0 }) >= 10 else { return [] }
        var all: [String: Double] = [:]
        var own: [String: Double] = [:]
        for (words, isInside) in zip(comments, inside) {
            for word in words where word.count > 2 {
                all[word, default: 0] += 1
                if isInside { own[word, default: 0] += 1 }
            }
        }
        let vocabulary = all.filter { $0.value >= Double(fewest) }.keys.sorted()
        let counts = vocabulary.map { all[$0] ?? 0 }
        let first = vocabulary.map { own[$0] ?? 0 }
        guard let prior = LogOdds.pooledPrior(counts, weight: 100),
            let odds = LogOdds.compare(first, zip(counts, first).map { $0 - $1 }, prior: prior)
        else { return [] }
        return zip(vocabulary, odds)
            .filter { $1.zFullVariance > 1.96 && (own[$0] ?? 0) >= Double(fewest) }
            .sorted { ($1.1.zFullVariance, $0.0) < ($0.1.zFullVariance, $1.0) }.prefix(limit).map(\.0)
    }
}
