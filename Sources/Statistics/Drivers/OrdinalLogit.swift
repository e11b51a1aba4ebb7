import RealModule

/// Proportional-odds regression of an ordered answer on facts (wait days, had to phone, visits).
///
/// - Formula: `logit P(Y ≤ j) = θ_j − xᵀβ`; positive β moves towards higher categories; maximum likelihood by Newton's method
///   with the exact Hessian and step halving; standard errors from its inverse.
/// - Reference: McCullagh 1980, *JRSS-B* 42:109; Agresti, *Analysis of Ordinal Categorical Data*, 2nd ed.
/// - Smallest n: 15 answers in the rarer half per coefficient. Show odds ratios per meaningful unit, with interval.
/// - Assumes the same β at every cut: look at ``cutCheck(rows:)`` (Brant-type) before quoting one odds ratio.
/// - Do not use it when a fact separates the answers perfectly: the answer is ``FitError/separated``, not a huge number.
package struct OrdinalLogit: Sendable, Equatable {
    package enum FitError: Error, Sendable, Equatable, CustomStringConvertible {
        case tooFewRows(have: Int, need: Int)
        case tooFewCategories
        /// More than 30 answer categories: this is no rating, use a linear model.
        case tooManyCategories(Int)
        case malformed
        /// Columns are collinear or constant.
        case collinear
        /// A fact, or a combination, divides the answers without exception.
        case separated

        package var description: String {
            switch self {
            case .tooFewRows(let have, let need): "\(have) complete answers, at least \(need) are needed"
            case .tooFewCategories: "only one answer category occurs"
            case .tooManyCategories(let count): "\(count) answer categories: an ordered answer has 30 or fewer"
            case .malformed: "rows differ in length, hold no fact, or hold a number that is not finite"
            case .collinear: "facts are collinear or constant: merge or drop one"
            case .separated: "the facts separate the answers perfectly: there is no finite odds ratio"
            }
        }
    }

    /// Answer categories in ascending order.
    package let categories: [Double]
    package let coefficients: [Double]
    package let thresholds: [Double]
    package let coefficientErrors: [Double]
    package let thresholdErrors: [Double]
    package let logLikelihood: Double
    package let n: Int

    package var oddsRatios: [Double] { coefficients.map { Double.exp($0) } }

    /// Odds ratio for `units` of a fact, with interval; `nil` for a position that is not there or an odd level.
    package func oddsRatio(
        of fact: Int, units: Double = 1, confidence: Double = 0.95
    ) -> (ratio: Double, interval: ConfidenceInterval)? {
        guard coefficients.indices.contains(fact), confidence > 0, confidence < 1, units.isFinite else { return nil }
        let centre = coefficients[fact] * units
        let half = Normal.twoSidedZ(confidence) * coefficientErrors[fact] * abs(units)
        return (
            Double.exp(centre), ConfidenceInterval(lower: Double.exp(centre - half), upper: Double.exp(centre + half))
        )
    }

    /// Fits rows of answer first, then facts.
    package init(rows: [[Double]]) throws(FitError) {
        guard let width = rows.first?.count, rows.allSatisfy({ $0.count == width }) else {
            throw rows.isEmpty ? .tooFewRows(have: 0, need: 10) : .malformed
        }
        try self.init(OrdinalCells(rows: rows))
    }

    /// Fits people folded into cells: the same figures as one row a person, at the price of one row a cell.
    package init(_ cells: OrdinalCells) throws(FitError) {
        let p = cells.width
        guard p >= 1, cells.facts.count == cells.answers.count * p, cells.counts.count == cells.answers.count,
            cells.answers.allSatisfy(\.isFinite), cells.facts.allSatisfy(\.isFinite),
            cells.counts.allSatisfy({ $0 > 0 })
        else { throw cells.answers.isEmpty ? .tooFewRows(have: 0, need: 10) : .malformed }
        let categories = Set(cells.answers).sorted()
        guard categories.count >= 2 else { throw .tooFewCategories }
        guard categories.count <= 30 else { throw .tooManyCategories(categories.count) }
        let unknowns = p + categories.count - 1
        let people = cells.counts.reduce(0, +)
        guard people > unknowns else { throw .tooFewRows(have: people, need: unknowns + 1) }
        let place = Dictionary(categories.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
        let facts = try StandardizedFacts(cells)
        let likelihood = OrdinalLikelihood(
            answers: cells.answers.map { place[$0] ?? 0 }, facts: facts.values, width: p,
            weights: cells.counts.map { Double($0) }, categories: categories.count)
        let fit = try likelihood.maximise()
        // Back to the units of the input: β = β'/s, θ = θ' + Σ β' m/s.
        let cuts = categories.count - 1
        var transform = Matrix(rows: unknowns, columns: unknowns)
        for j in 0..<cuts {
            transform[j, j] = 1
            for k in 0..<p { transform[j, cuts + k] = facts.means[k] / facts.deviations[k] }
        }
        for k in 0..<p { transform[cuts + k, cuts + k] = 1 / facts.deviations[k] }
        guard let values = transform.times(fit.parameters),
            let covariance = transform.times(fit.covariance)?.times(transform.transposed)
        else { throw .malformed }
        let errors = (0..<unknowns).map { max(0, covariance[$0, $0]).squareRoot() }
        self.categories = categories
        thresholds = Array(values[..<cuts])
        coefficients = Array(values[cuts...])
        thresholdErrors = Array(errors[..<cuts])
        coefficientErrors = Array(errors[cuts...])
        logLikelihood = fit.logLikelihood
        n = people
    }
}

/// People who answered alike and met the same facts, folded into one row with their number.
package struct OrdinalCells: Sendable, Equatable {
    package var answers: [Double] = []
    /// Row by row, `width` facts each.
    package var facts: [Double] = []
    package let width: Int
    package var counts: [Int] = []

    package init(width: Int) { self.width = max(0, width) }

    /// One cell a row of answer first, then facts.
    package init(rows: [[Double]]) {
        self.init(width: (rows.first?.count ?? 0) - 1)
        for row in rows { append(row.first ?? .nan, row.dropFirst(), count: 1) }
    }

    package mutating func append(_ answer: Double, _ facts: some Sequence<Double>, count: Int) {
        answers.append(answer)
        self.facts.append(contentsOf: facts)
        counts.append(count)
    }

    /// Above a cut or not, with cells that became alike left apart: a fit does not mind.
    func split(above cut: Double) -> OrdinalCells {
        var binary = self
        binary.answers = answers.map { $0 > cut ? 1 : 0 }
        return binary
    }
}

/// Facts centred and scaled, so that Newton's method meets no badly scaled column.
struct StandardizedFacts {
    /// Row by row.
    let values: [Double]
    let means: [Double]
    let deviations: [Double]

    init(_ cells: OrdinalCells) throws(OrdinalLogit.FitError) {
        let width = cells.width
        let n = Double(cells.counts.reduce(0, +))
        var means = [Double](repeating: 0, count: width)
        var squares = means
        for (row, count) in cells.counts.enumerated() {
            for column in 0..<width { means[column] += Double(count) * cells.facts[row * width + column] }
        }
        for column in 0..<width { means[column] /= n }
        for (row, count) in cells.counts.enumerated() {
            for column in 0..<width {
                let gap = cells.facts[row * width + column] - means[column]
                squares[column] += Double(count) * gap * gap
            }
        }
        let deviations = squares.map { ($0 / n).squareRoot() }
        for (mean, deviation) in zip(means, deviations) {
            guard deviation > 1e-12 * (abs(mean) + 1), deviation.isFinite else { throw .collinear }
        }
        var values = cells.facts
        for place in values.indices {
            values[place] = (values[place] - means[place % width]) / deviations[place % width]
        }
        self.values = values
        self.means = means
        self.deviations = deviations
    }
}
