internal import Statistics

/// A theme told from comments labelled by hand: the log-odds of its words, added up, against a threshold set on the same
/// comments. Every decision can be read off: the words and their weights are the explanation.
package struct LearnedTheme: Sendable {
    /// Log-odds of words that set the theme's comments apart, and its z.
    package let weights: [String: Double]
    package let threshold: Double
    /// The words with the largest z, most telling first.
    package let tellingWords: [String]

    /// - Parameters:
    ///   - comments: words of each comment.
    ///   - labelled: which have the theme.
    /// - Returns: nil with fewer than 10 comments of the theme.
    package init?(comments: [[String]], labelled: [Bool]) {
        guard comments.count == labelled.count, labelled.count(where: { $0 }) >= 10 else { return nil }
        let features = comments.map { LearnedTheme.features($0) }
        var inside: [String: Double] = [:]
        var all: [String: Double] = [:]
        for (words, has) in zip(features, labelled) {
            for word in words {
                all[word, default: 0] += 1
                if has { inside[word, default: 0] += 1 }
            }
        }
        let vocabulary = all.filter { $0.value >= 3 }.keys.sorted()
        let first = vocabulary.map { inside[$0] ?? 0 }
        let second = zip(vocabulary, first).map { (all[$0] ?? 0) - $1 }
        guard let prior = LogOdds.pooledPrior(vocabulary.map { all[$0] ?? 0 }, weight: 400),
            let odds = LogOdds.compare(first, second, prior: prior)
        else { return nil }
        var weights: [String: Double] = [:]
        // Words that differ by chance alone would only add noise to a sum.
        for (word, one) in zip(vocabulary, odds) where abs(one.zFullVariance) > 1.64 { weights[word] = one.delta }
        self.weights = weights
        tellingWords = zip(vocabulary, odds).filter { $1.zFullVariance > 1.96 }
            .sorted { ($1.1.zFullVariance, $0.0) < ($0.1.zFullVariance, $1.0) }.prefix(12).map(\.0)
        let scored = zip(features, labelled)
            .map { (score: LearnedTheme.score($0, weights), has: $1) }.sorted { $0.score > $1.score }
        threshold = LearnedTheme.threshold(scored)
    }

    package func holds(_ words: [String]) -> Bool {
        LearnedTheme.score(LearnedTheme.features(words), weights) >= threshold
    }

    /// Each word and each pair of neighbours once.
    private static func features(_ words: [String]) -> Set<String> {
        Set(words).union(zip(words, words.dropFirst()).map { "\($0) \($1)" })
    }

    private static func score(_ features: Set<String>, _ weights: [String: Double]) -> Double {
        features.reduce(0) { $0 + (weights[$1] ?? 0) } / Double(max(4, features.count)).squareRoot()
    }

    /// The score that gives the best F1 on these comments.
    private static func threshold(_ scored: [(score: Double, has: Bool)]) -> Double {
        let having = scored.count { $0.has }
        var hits = 0
        var best = (f1: -1.0, at: Double.infinity)
        for (place, one) in scored.enumerated() {
            if one.has { hits += 1 }
            let isLast = place == scored.count - 1 || scored[place + 1].score < one.score
            let f1 = 2 * Double(hits) / Double(place + 1 + having)
            if isLast, f1 > best.f1 { best = (f1, one.score) }
        }
        return best.at
    }
}
