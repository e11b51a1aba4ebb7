/// What removing one step would save on the journeys observed.
///
/// - Formula: mean of the step's minutes over all journeys; interval by resampling journeys (paired).
/// - An upper bound: assumes nothing else grows when the step goes. Savings on the same minutes do not add up
///   (``combined(_:of:)``). Smallest n: 30 journeys.
package struct StepRemoval: Sendable, Equatable {
    package let meanSaving: Double
    package let shareOfTotal: Double
    package let interval: ConfidenceInterval?

    /// `nil` for no journey, ragged rows, a step that is not there, negative minutes, or a total of zero.
    package init?(
        minutesByStep rows: [[Double]], step: Int, confidence: Double = 0.95, replicates: Int = 1999, seed: UInt64
    ) {
        guard let width = rows.first?.count, step >= 0, step < width,
            rows.allSatisfy({ $0.count == width && $0.allSatisfy { $0 >= 0 && $0.isFinite } })
        else { return nil }
        let total = rows.reduce(0.0) { $0 + $1.reduce(0, +) }
        let savings = rows.map { $0[step] }
        let saved = savings.reduce(0, +)
        guard total > 0, total.isFinite else { return nil }
        meanSaving = saved / Double(rows.count)
        shareOfTotal = saved / total
        interval = Bootstrap.ofMean(savings, replicates: replicates, seed: seed)?
            .percentileInterval(confidence: confidence)
    }

    /// Minutes saved by several improvements that each cut a share of the same minutes: `m·(1 − Π(1 − s))`, not the sum.
    ///
    /// Shares outside 0...1 are brought to the nearest end.
    package static func combined(_ shares: [Double], of minutes: Double) -> Double {
        minutes * (1 - shares.reduce(1) { $0 * (1 - min(1, max(0, $1))) })
    }
}
