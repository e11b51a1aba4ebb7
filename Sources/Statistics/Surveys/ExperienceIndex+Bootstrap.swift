extension ExperienceIndex {
    /// The index resampled over respondents; for n below 100, where the linearised interval is too narrow.
    ///
    /// A driver nobody answered in a resample drops out of that replicate. Nil as in
    /// ``Bootstrap/ofTotals(_:width:replicates:seed:statistic:)``.
    package static func bootstrap(
        _ table: RatingTable, scoring: RatingScore, driverWeights: [Double]? = nil, replicates: Int = 999,
        seed: UInt64
    ) -> BootstrapResult? {
        let driverWeights = driverWeights ?? table.drivers.map { _ in 1 }
        guard driverWeights.count == table.drivers.count else { return nil }
        let drivers = table.drivers.count
        let width = 2 * drivers
        let lookup: [Double] = [0] + scoring.scores
        var rows = [Double](repeating: 0, count: table.respondents * width)
        for (d, column) in table.columns.enumerated() {
            for i in column.indices where column[i] != 0 {
                let weight: Double = table.weights?[i] ?? 1
                rows[i * width + 2 * d] = weight * lookup[Int(column[i])]
                rows[i * width + 2 * d + 1] = weight
            }
        }
        return Bootstrap.ofTotals(rows, width: width, replicates: replicates, seed: seed) { sums in
            var top = 0.0
            var bottom = 0.0
            for d in 0..<drivers where sums[2 * d + 1] > 0 {
                top += driverWeights[d] * (sums[2 * d] / sums[2 * d + 1])
                bottom += driverWeights[d]
            }
            return bottom > 0 ? top / bottom : nil
        }
    }
}
