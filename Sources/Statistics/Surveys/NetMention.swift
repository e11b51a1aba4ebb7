/// Share praising minus share blaming, among the same respondents.
///
/// net = p₊ - p₋, variance (p₊ + p₋ - (p₊ - p₋)²)/n (multinomial), Wald interval. For the ticks of the federal
/// A-11 section 280 v2 survey and for any promoter-minus-detractor score. Units: -1…1. Smallest sensible n: 30, as the
/// Wald interval is too narrow below; suppressed under 10. Not a driver analysis: ticks follow from the answer.
package struct NetMention: Sendable, Hashable {
    package let positive: Int
    package let negative: Int
    package let respondents: Int

    /// Nil for no respondents, or counts outside 0...respondents. A person may have given both.
    package init?(positive: Int, negative: Int, respondents: Int) {
        guard respondents > 0, (0...respondents).contains(positive), (0...respondents).contains(negative) else {
            return nil
        }
        self.positive = positive
        self.negative = negative
        self.respondents = respondents
    }

    package var net: Double { Double(positive - negative) / Double(respondents) }

    package var standardError: Double {
        let n = Double(respondents)
        let mentioned: Double = (Double(positive) + Double(negative)) / n
        return (max(0, mentioned - net * net) / n).squareRoot()
    }

    /// net ± z·se; nil for a level outside (0, 1).
    package func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
        guard confidence > 0, confidence < 1 else { return nil }
        let reach = Normal.twoSidedZ(confidence) * standardError
        return ConfidenceInterval(lower: net - reach, upper: net + reach)
    }

    package func figure(confidence: Double = 0.95, rule: SmallSampleRule = .staff) -> Figure {
        Figure(
            value: net, interval: interval(confidence: confidence).map { Figure.Interval($0) }, level: confidence,
            n: respondents, method: Figure.Method("net_mention.wald")
        ).applying(rule)
    }
}
