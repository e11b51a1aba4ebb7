package import Statistics

/// The same score twice: over everything, and over what stands in no quarantine. Never one without the other.
package struct ScoreWithAndWithout: Sendable {
    package var with: Figure
    package var without: Figure

    /// The share of 4s and 5s.
    ///
    /// - Parameter ratings: 1 to 5, and whether the answer is held.
    package init(_ ratings: [(rating: Int, isHeld: Bool)], rule: SmallSampleRule = .staff) {
        let free = ratings.filter { !$0.isHeld }
        with = Figure.share(ratings.count { $0.rating >= 4 }, of: ratings.count, rule: rule)
        without = Figure.share(free.count { $0.rating >= 4 }, of: free.count, rule: rule)
    }
}
