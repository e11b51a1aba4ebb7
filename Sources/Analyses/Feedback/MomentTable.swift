import Experience
import Foundation
import Statistics

/// First and second moments of some items over people who answered all of them, from folded answers.
struct MomentTable {
    let items: [SurveyItem]
    let n: Int
    /// The answers of one form, and how many gave it.
    private let forms: [(values: [Double], count: Int)]

    init(_ cells: AnswerCells, items: [SurveyItem]) {
        self.items = items
        forms = cells.folded(items).filter { !$0.values.contains(0) }
            .map { ($0.values.map { Double($0) }, $0.count) }
        n = forms.reduce(0) { $0 + $1.count }
    }

    /// One row a person: for resampling few people.
    var rows: [[Double]] { forms.flatMap { Array(repeating: $0.values, count: $0.count) } }

    private var width: Int { items.count }

    /// Means, then products of every pair once.
    private func features(_ values: [Double]) -> [Double] {
        var features = values
        for i in values.indices { for j in i..<values.count { features.append(values[i] * values[j]) } }
        return features
    }

    private func moments() -> [Double] {
        var sums: [Double] = []
        for form in forms {
            let features = features(form.values)
            if sums.isEmpty { sums = Array(repeating: 0, count: features.count) }
            for k in features.indices { sums[k] += Double(form.count) * features[k] }
        }
        return sums.map { $0 / Double(max(1, n)) }
    }

    func correlations() throws(DriverError) -> DriverCorrelations { try correlations(moments()) }

    private func correlations(_ moments: [Double]) throws(DriverError) -> DriverCorrelations {
        guard moments.count >= width else { throw .malformed }
        var covariance = Matrix(rows: width, columns: width)
        var place = width
        for i in 0..<width {
            for j in i..<width {
                covariance[i, j] = moments[place] - moments[i] * moments[j]
                covariance[j, i] = covariance[i, j]
                place += 1
            }
        }
        for i in 0..<width where !(covariance[i, i] > 1e-12) { throw .constantColumn(i) }
        func correlation(_ i: Int, _ j: Int) -> Double {
            i == j ? 1 : covariance[i, j] / (covariance[i, i] * covariance[j, j]).squareRoot()
        }
        return try DriverCorrelations(
            among: (1..<width).map { i in (1..<width).map { j in correlation(i, j) } },
            withOutcome: (1..<width).map { correlation(0, $0) })
    }

    /// Ranks over draws of the moments from their limiting normal distribution, whose covariance is that of the features
    /// divided by n: what drawing people again comes to when there are many.
    func ranks(resamples: Int, seed: UInt64) throws(DriverError) -> [DriverRanks.Driver] {
        let centre = moments()
        let size = centre.count
        var covariance = Matrix(rows: size, columns: size)
        for form in forms {
            let deviations = zip(features(form.values), centre).map { $0 - $1 }
            for i in 0..<size {
                let left = Double(form.count) * deviations[i]
                for j in 0...i { covariance[i, j] += left * deviations[j] }
            }
        }
        let scale = 1 / (Double(n) * Double(n))
        for i in 0..<size {
            for j in 0...i {
                covariance[i, j] *= scale
                covariance[j, i] = covariance[i, j]
            }
            // Items of few values make features depend on each other: a hair's breadth keeps the factor whole.
            covariance[i, i] *= 1 + 1e-9
            covariance[i, i] += 1e-18
        }
        guard let factor = CholeskyFactor(covariance) else { throw .collinear }
        let drivers = width - 1
        var random = SplitMix64(seed: seed)
        let draws = max(1, resamples)
        // Drawn one after the other, so that the same seed gives the same ranks however many cores work on them.
        let normals = (0..<draws * size).map { _ in random.normal() }
        let lanes = draws < 100 ? 1 : max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
        let parts = inLanes(lanes) { lane in
            drawnShares(centre, factor, normals, draws * lane / lanes..<draws * (lane + 1) / lanes)
        }
        var ranks: [[Double]] = Array(repeating: [], count: drivers)
        var shares: [[Double]] = Array(repeating: [], count: drivers)
        for share in parts.joined() {
            let order = share.indices.sorted { (share[$1], $0) < (share[$0], $1) }
            for (rank, driver) in order.enumerated() { ranks[driver].append(Double(rank + 1)) }
            for (driver, value) in share.enumerated() { shares[driver].append(value) }
        }
        guard ranks[0].count * 2 >= resamples else { throw .tooFewRows(have: n, need: n * 2) }
        return (0..<drivers).map { driver in
            let rank = Quantile.of(ranks[driver], [0.025, 0.975], type: .invertedCDF) ?? [1, Double(drivers)]
            let share = Quantile.of(shares[driver], [0.025, 0.975]) ?? [0, 1]
            return DriverRanks.Driver(
                lowestRank: Int(rank[0]), highestRank: Int(rank[1]),
                share: ConfidenceInterval(lower: share[0], upper: share[1]),
                probabilityFirst: Double(ranks[driver].count { $0 == 1 }) / Double(max(1, ranks[driver].count)))
        }
    }

    /// The drivers' shares in some draws; a draw that explains nothing is left out.
    private func drawnShares(
        _ centre: [Double], _ factor: CholeskyFactor, _ normals: [Double], _ draws: Range<Int>
    ) -> [[Double]] {
        let size = centre.count
        return draws.compactMap { draw in
            var drawn = centre
            for i in 0..<size {
                for j in 0...i { drawn[i] += factor.lower[i, j] * normals[draw * size + j] }
            }
            guard let correlations = try? correlations(drawn), let lmg = correlations.lmg else { return nil }
            let whole = lmg.reduce(0, +)
            return whole > 0 ? lmg.map { $0 / whole } : nil
        }
    }
}
