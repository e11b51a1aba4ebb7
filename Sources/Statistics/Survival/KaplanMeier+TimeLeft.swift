extension KaplanMeier {
    /// Probability that a case open for `s` ends within the next `u`: 1 - S(s+u)/S(s).
    ///
    /// Nil when nobody was seen open that long (S(s) = 0), and where s + u lies beyond the longest time seen.
    package func probabilityOfEnding(within u: Double, afterOpenFor s: Double) -> Double? {
        guard s >= 0, u >= 0, let now = survival(at: s), now > 0, let later = survival(at: s + u) else { return nil }
        return 1 - later / now
    }

    /// Time a case open for `s` still needs with probability p: the first t > s with S(t) ≤ (1 - p)·S(s), less s. Nil
    /// when not reached.
    package func timeLeft(_ p: Double, afterOpenFor s: Double) -> Double? {
        guard p > 0, p < 1, s >= 0, let now = survival(at: s), now > 0 else { return nil }
        let limit: Double = (1 - p) * now + Self.slack * now
        for index in firstIndex(after: s)..<times.count where survival[index] <= limit { return times[index] - s }
        return nil
    }
}
