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
        guard let width = rows.first?.count, width >= 2, rows.allSatisfy({ $0.count == width }),
            rows.allSatisfy({ $0.allSatisfy(\.isFinite) })
        else { throw rows.isEmpty ? .tooFewRows(have: 0, need: 10) : .malformed }
        let categories = Set(rows.map { $0[0] }).sorted()
        guard categories.count >= 2 else { throw .tooFewCategories }
        guard categories.count <= 30 else { throw .tooManyCategories(categories.count) }
        let unknowns = width - 1 + categories.count - 1
        guard rows.count > unknowns else { throw .tooFewRows(have: rows.count, need: unknowns + 1) }
        let place = Dictionary(categories.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
        let answers = rows.map { place[$0[0]] ?? 0 }
        let facts = try StandardizedFacts(rows.map { Array($0.dropFirst()) })
        let likelihood = OrdinalLikelihood(answers: answers, facts: facts.rows, categories: categories.count)
        let fit = try likelihood.maximise()
        // Back to the units of the input: β = β'/s, θ = θ' + Σ β' m/s.
        let cuts = categories.count - 1
        let p = width - 1
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
        n = rows.count
    }
}

/// Facts centred and scaled, so that Newton's method meets no badly scaled column.
struct StandardizedFacts {
    let rows: [[Double]]
    let means: [Double]
    let deviations: [Double]

    init(_ raw: [[Double]]) throws(OrdinalLogit.FitError) {
        let n = Double(raw.count)
        let width = raw.first?.count ?? 0
        var means: [Double] = []
        var deviations: [Double] = []
        for column in 0..<width {
            let mean = raw.reduce(0) { $0 + $1[column] } / n
            let squares = raw.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) }
            let deviation = (squares / n).squareRoot()
            guard deviation > 1e-12 * (abs(mean) + 1), deviation.isFinite else { throw .collinear }
            means.append(mean)
            deviations.append(deviation)
        }
        rows = raw.map { row in row.indices.map { (row[$0] - means[$0]) / deviations[$0] } }
        self.means = means
        self.deviations = deviations
    }
}
