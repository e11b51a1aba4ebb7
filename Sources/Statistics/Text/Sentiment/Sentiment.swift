import RealModule

/// VADER: rule-based sentiment of short English text.
///
/// - Formula: valences of known words, changed by negation, degree adverbs, capitals, "but", "least" and phrases; compound =
///   `s/√(s² + 15)` of the sum with emphasis for "!" and "?"; shares of positive, negative and neutral words.
/// - Reference: Hutto & Gilbert 2014, ICWSM; a port of vaderSentiment 3.3.2 (MIT), rule for rule, rounding included.
/// - Values: compound −1...1 (four decimals), shares 0...1 (three decimals).
/// - Nothing to read (empty text) gives zeros: "no evidence", not "neutral".
/// - Do not use it as a score of an office or on other languages. It misses service language: "I waited three hours and
///   nobody came" is 0, sarcasm is praise. Use it to sort a reading list.
package struct Sentiment: Sendable, Equatable {
    package let negative: Double
    package let neutral: Double
    package let positive: Double
    package let compound: Double

    /// Most characters (Unicode scalars) of a comment that are read.
    package static let longestText = 20_000

    /// Scores one comment; any text is accepted, only its first ``longestText`` characters are read.
    package static func score(_ text: String) -> Sentiment {
        let isLong = text.utf8.count > longestText
        return SentimentAnalysis(isLong ? String(text.unicodeScalars.prefix(longestText)) : text).result
    }
}

/// One pass over one comment.
private struct SentimentAnalysis {
    let lexicon = SentimentLexicon.shared.valence
    let source: SentimentWords

    init(_ text: String) { source = SentimentWords(text, descriptions: SentimentLexicon.shared.descriptions) }

    var result: Sentiment {
        var scores = source.words.indices.map(valence)
        weighAgainstBut(&scores)
        return summary(scores)
    }

    private func valence(_ i: Int) -> Double {
        let words = source.lowercased
        if SentimentRules.boosters[words[i]] != nil { return 0 }
        if i < words.count - 1, words[i] == "kind", words[i + 1] == "of" { return 0 }
        guard let base = lexicon[words[i]] else { return 0 }
        var valence = base
        // "no" before a listed word negates it instead of counting itself.
        if words[i] == "no", i != words.count - 1, lexicon[words[i + 1]] != nil { valence = 0 }
        if i > 0 && words[i - 1] == "no" || i > 1 && words[i - 2] == "no"
            || i > 2 && words[i - 3] == "no" && (words[i - 1] == "or" || words[i - 1] == "nor")
        {
            valence = base * SentimentRules.negation
        }
        if source.isUppercase[i], source.hasMixedCapitals {
            valence += valence > 0 ? SentimentRules.capitals : -SentimentRules.capitals
        }
        for distance in 0..<3 where i > distance && lexicon[words[i - distance - 1]] == nil {
            var change = boost(i - distance - 1, valence)
            if distance == 1 { change *= 0.95 }
            if distance == 2 { change *= 0.9 }
            valence = negate(valence + change, distance, i)
            if distance == 2 { valence = phrases(valence, i) }
        }
        return least(valence, i)
    }

    private func boost(_ index: Int, _ valence: Double) -> Double {
        guard var change = SentimentRules.boosters[source.lowercased[index]] else { return 0 }
        if valence < 0 { change = -change }
        if source.isUppercase[index], source.hasMixedCapitals {
            change += valence > 0 ? SentimentRules.capitals : -SentimentRules.capitals
        }
        return change
    }

    private func isNegation(_ word: String) -> Bool {
        SentimentRules.negations.contains(word) || word.contains("n't")
    }

    private func negate(_ valence: Double, _ distance: Int, _ i: Int) -> Double {
        let words = source.lowercased
        let negated = isNegation(words[i - distance - 1]) ? valence * SentimentRules.negation : valence
        func isSoOrThis(_ word: String) -> Bool { word == "so" || word == "this" }
        switch distance {
        case 1:
            if words[i - 2] == "never", isSoOrThis(words[i - 1]) { return valence * 1.25 }
            if words[i - 2] == "without", words[i - 1] == "doubt" { return valence }
        case 2:
            if words[i - 3] == "never" && isSoOrThis(words[i - 2]) || isSoOrThis(words[i - 1]) { return valence * 1.25 }
            if words[i - 3] == "without", words[i - 2] == "doubt" || words[i - 1] == "doubt" { return valence }
        default: break
        }
        return negated
    }

    private func phrases(_ start: Double, _ i: Int) -> Double {
        let words = source.lowercased
        func join(_ range: ClosedRange<Int>) -> String { words[range].joined(separator: " ") }
        var valence = start
        let before = [join(i - 1...i), join(i - 2...i), join(i - 2...i - 1), join(i - 3...i - 1), join(i - 3...i - 2)]
        if let found = before.lazy.compactMap({ SentimentRules.phrases[$0] }).first { valence = found }
        if i + 1 < words.count, let found = SentimentRules.phrases[join(i...i + 1)] { valence = found }
        if i + 2 < words.count, let found = SentimentRules.phrases[join(i...i + 2)] { valence = found }
        for phrase in [before[3], before[4], before[2]] { valence += SentimentRules.boosters[phrase] ?? 0 }
        return valence
    }

    private func least(_ valence: Double, _ i: Int) -> Double {
        let words = source.lowercased
        guard i > 0, words[i - 1] == "least", lexicon["least"] == nil else { return valence }
        if i > 1, words[i - 2] == "at" || words[i - 2] == "very" { return valence }
        return valence * SentimentRules.negation
    }

    /// Halves what precedes the first "but" and lifts what follows.
    ///
    /// The reference looks a score up by its value and changes the first equal one; with repeated values that moves the
    /// wrong entry, and its published results contain that, so the same is done here.
    private func weighAgainstBut(_ scores: inout [Double]) {
        guard let but = source.lowercased.firstIndex(of: "but") else { return }
        for position in scores.indices {
            guard let first = scores.firstIndex(of: scores[position]) else { continue }
            if first < but { scores[first] *= 0.5 } else if first > but { scores[first] *= 1.5 }
        }
    }

    private var emphasis: Double {
        var exclamations = 0
        var questions = 0
        for byte in source.text.utf8 {
            if byte == UInt8(ascii: "!") { exclamations += 1 }
            if byte == UInt8(ascii: "?") { questions += 1 }
        }
        let asking = questions > 3 ? 0.96 : questions > 1 ? Double(questions) * 0.18 : 0
        return Double(min(exclamations, 4)) * 0.292 + asking
    }

    private func summary(_ scores: [Double]) -> Sentiment {
        guard !scores.isEmpty else { return Sentiment(negative: 0, neutral: 0, positive: 0, compound: 0) }
        let emphasis = emphasis
        var sum = scores.reduce(0, +)
        if sum > 0 { sum += emphasis } else if sum < 0 { sum -= emphasis }
        let compound = sum / (sum * sum + 15).squareRoot()
        var positive = 0.0
        var negative = 0.0
        var neutral = 0.0
        for score in scores {
            if score > 0 { positive += score + 1 } else if score < 0 { negative += score - 1 } else { neutral += 1 }
        }
        if positive > abs(negative) { positive += emphasis } else if positive < abs(negative) { negative -= emphasis }
        let total = positive + abs(negative) + neutral
        // Halves are decided by the exact product, as a decimal rounding of the number decides them.
        func round(_ value: Double, _ scale: Double) -> Double {
            let product = value * scale
            let lower = product.rounded(.down)
            guard product - lower == 0.5 else { return product.rounded() / scale }
            let rest = (-product).addingProduct(value, scale)
            return (rest == 0 ? product.rounded(.toNearestOrEven) : rest > 0 ? lower + 1 : lower) / scale
        }
        return Sentiment(
            negative: round(abs(negative / total), 1000), neutral: round(abs(neutral / total), 1000),
            positive: round(abs(positive / total), 1000), compound: round(min(1, max(-1, compound)), 10000))
    }
}
