import RealModule

/// The log-likelihood of the cumulative logit with gradient and Hessian, and its maximum by Newton's method.
struct OrdinalLikelihood {
    /// Category of each row, 0 ..< categories.
    let answers: [Int]
    let facts: [[Double]]
    let categories: Int

    struct Fit {
        /// Thresholds, then coefficients.
        let parameters: [Double]
        let covariance: Matrix
        let logLikelihood: Double
    }

    private var cuts: Int { categories - 1 }

    func maximise() throws(OrdinalLogit.FitError) -> Fit {
        let p = facts.first?.count ?? 0
        var counts = Array(repeating: 0.0, count: categories)
        for answer in answers { counts[answer] += 1 }
        var below = 0.0
        var parameters: [Double] = (0..<cuts).map { cut in
            below += counts[cut]
            return Double.log(below / (Double(answers.count) - below))
        }
        parameters += Array(repeating: 0, count: p)
        var current = evaluate(parameters)
        for _ in 0..<60 {
            guard let factor = CholeskyFactor(current.information), let step = factor.solve(current.gradient)
            else { throw .collinear }
            let decrement = zip(step, current.gradient).reduce(0) { $0 + $1.0 * $1.1 }
            if decrement < 1e-18 * (1 + abs(current.value)) { return try finished(parameters, current, factor) }
            var size = 1.0
            var next = current
            var moved = parameters
            repeat {
                moved = zip(parameters, step).map { $0 + size * $1 }
                next = evaluate(moved)
                size /= 2
            } while next.value < current.value && size > 1e-8
            guard next.value >= current.value else { return try finished(parameters, current, factor) }
            parameters = moved
            current = next
            // Standardised facts with an effect of e²⁰ per deviation: the maximum lies at infinity.
            if parameters.contains(where: { abs($0) > 40 }) { throw .separated }
        }
        throw .separated
    }

    private func finished(
        _ parameters: [Double], _ state: State, _ factor: CholeskyFactor
    ) throws(OrdinalLogit.FitError) -> Fit {
        let covariance = factor.inverse
        let widest = (0..<parameters.count).reduce(0) { max($0, covariance[$1, $1]) }
        // A flat likelihood with nothing left to explain is separation, too.
        guard state.value < -1e-6, widest < 1e6 else { throw .separated }
        return Fit(parameters: parameters, covariance: covariance, logLikelihood: state.value)
    }

    private struct State {
        var value: Double
        var gradient: [Double]
        /// Negative Hessian.
        var information: Matrix
    }

    private func evaluate(_ parameters: [Double]) -> State {
        let size = parameters.count
        var state = State(
            value: 0, gradient: Array(repeating: 0, count: size), information: Matrix(rows: size, columns: size))
        for cut in 1..<max(cuts, 1) where parameters[cut] <= parameters[cut - 1] {
            state.value = -.infinity
            return state
        }
        for (answer, row) in zip(answers, facts) {
            var linear = 0.0
            for k in row.indices { linear += parameters[cuts + k] * row[k] }
            // Upper and lower edge of the answer's interval on the logistic scale.
            let upper = answer < cuts ? Edge(parameters[answer] - linear) : .top
            let lower = answer > 0 ? Edge(parameters[answer - 1] - linear) : .bottom
            let probability = Edge.between(lower, upper)
            guard probability > 1e-300 else {
                state.value = -.infinity
                return state
            }
            state.value += Double.log(probability)
            add(&state, answer, row, lower, upper, probability)
        }
        return state
    }

    private func add(
        _ state: inout State, _ answer: Int, _ row: [Double], _ lower: Edge, _ upper: Edge, _ probability: Double
    ) {
        // Derivatives of ln P by the two edges; each edge depends on its threshold and −x.
        let gradient = [upper.density / probability, -lower.density / probability]
        let own = [
            upper.slope / probability - gradient[0] * gradient[0],
            -lower.slope / probability - gradient[1] * gradient[1],
        ]
        let cross = -gradient[0] * gradient[1]
        let places = [answer < cuts ? answer : -1, answer > 0 ? answer - 1 : -1]
        for edge in 0..<2 where places[edge] >= 0 {
            state.gradient[places[edge]] += gradient[edge]
            state.information[places[edge], places[edge]] -= own[edge]
            for k in row.indices {
                let value = (own[edge] + cross) * row[k]
                state.information[places[edge], cuts + k] += value
                state.information[cuts + k, places[edge]] += value
            }
        }
        if places[0] >= 0, places[1] >= 0 {
            state.information[places[0], places[1]] -= cross
            state.information[places[1], places[0]] -= cross
        }
        let both = own[0] + own[1] + 2 * cross
        for k in row.indices {
            state.gradient[cuts + k] -= (gradient[0] + gradient[1]) * row[k]
            for m in row.indices { state.information[cuts + k, cuts + m] -= both * row[k] * row[m] }
        }
    }

    /// A point on the logistic scale with density and its derivative.
    private struct Edge {
        let x: Double
        let density: Double
        let slope: Double

        static let top = Edge(x: .infinity, density: 0, slope: 0)
        static let bottom = Edge(x: -.infinity, density: 0, slope: 0)

        private init(x: Double, density: Double, slope: Double) {
            self.x = x
            self.density = density
            self.slope = slope
        }

        init(_ x: Double) {
            let share = Self.logistic(x)
            let rest = Self.logistic(-x)
            self.init(x: x, density: share * rest, slope: share * rest * (rest - share))
        }

        static func logistic(_ x: Double) -> Double { x == -.infinity ? 0 : 1 / (1 + Double.exp(-x)) }

        /// F(upper) − F(lower), taken in the tail where both are small.
        static func between(_ lower: Edge, _ upper: Edge) -> Double {
            lower.x > 0 ? logistic(-lower.x) - logistic(-upper.x) : logistic(upper.x) - logistic(lower.x)
        }
    }
}
