import RealModule

extension ExponentialSmoothing {
    /// Fits parameters and starting state to a series by least squares.
    ///
    /// - Method: for given α, β, γ the errors are linear in level, trend and season at the start, so these come from one linear
    ///   least-squares problem (seasons sum to zero); the three parameters from a grid refined by Nelder–Mead within
    ///   0 < β < α < 1, 0 < γ < 1 − α. Deterministic.
    /// - Reference: Hyndman et al. 2008, ch. 5 (likelihood), with the starting state concentrated out.
    /// - Smallest n: two full seasons and four values more than unknowns.
    /// - Returns: `nil` with less, a period below 2 or above 400, a value that is not finite, or a constant series.
    package static func fit(_ values: [Double], period: Int) -> ExponentialSmoothing? {
        guard (2...400).contains(period), values.count >= 2 * period, values.count >= period + 5,
            values.allSatisfy(\.isFinite), let low = values.min(), let high = values.max(), high > low,
            (high - low).isFinite
        else { return nil }
        var best: (model: ExponentialSmoothing, point: [Double])?
        func evaluate(_ point: [Double]) -> Double {
            let parameters = Parameters(unbounded: point)
            guard let initial = start(values, period, parameters),
                let model = run(values, parameters: parameters, initial: initial)
            else { return .infinity }
            if model.sumOfSquares < best?.model.sumOfSquares ?? .infinity { best = (model, point) }
            return model.sumOfSquares
        }
        for alpha in [-2.5, -1.0, 0.5] {
            for beta in [-3.0, -1.0] {
                for gamma in [-2.5, -0.5] { _ = evaluate([alpha, beta, gamma]) }
            }
        }
        guard let seed = best?.point else { return nil }
        NelderMead.minimise(from: seed, step: 1, evaluations: 240, evaluate)
        return best?.model
    }

    /// Starting state with the smallest sum of squares for given parameters; `nil` when it cannot be told.
    private static func start(_ values: [Double], _ period: Int, _ parameters: Parameters) -> State? {
        // One-step errors are linear in the unknown start: e_t = base_t − Σ_k x_k·response_k,t.
        let unknowns = period + 1
        let zero = State(level: 0, trend: 0, season: Array(repeating: 0, count: period))
        var starts: [State] = []
        for k in 0..<unknowns {
            var state = zero
            switch k {
            case 0: state.level = 1
            case 1: state.trend = 1
            default:
                state.season[k - 2] = 1
                state.season[period - 1] = -1
            }
            starts.append(state)
        }
        let n = values.count
        let base = errors(values, parameters, zero)
        let silence = Array(repeating: 0.0, count: n)
        let responses = starts.map { errors(silence, parameters, $0) }
        var normal = Matrix(rows: unknowns, columns: unknowns)
        var right = Array(repeating: 0.0, count: unknowns)
        for i in 0..<unknowns {
            for j in 0...i {
                var sum = 0.0
                for t in 0..<n { sum += responses[i][t] * responses[j][t] }
                normal[i, j] = sum
                normal[j, i] = sum
            }
            // A trace of ridge keeps late seasons solvable when γ has forgotten them.
            normal[i, i] *= 1 + 1e-10
            for t in 0..<n { right[i] -= responses[i][t] * base[t] }
        }
        guard let x = CholeskyFactor(normal)?.solve(right), x.allSatisfy(\.isFinite) else { return nil }
        let season = Array(x[2...])
        return State(level: x[0], trend: x[1], season: season + [-season.reduce(0, +)])
    }

    private static func errors(_ values: [Double], _ parameters: Parameters, _ initial: State) -> [Double] {
        var state = initial
        var result: [Double] = []
        result.reserveCapacity(values.count)
        for (time, value) in values.enumerated() {
            let slot = time % initial.season.count
            let error = value - state.level - state.trend - state.season[slot]
            state.level += state.trend + parameters.alpha * error
            state.trend += parameters.beta * error
            state.season[slot] += parameters.gamma * error
            result.append(error)
        }
        return result
    }
}

extension ExponentialSmoothing.Parameters {
    /// Maps any three numbers into the admissible region.
    fileprivate init(unbounded point: [Double]) {
        func share(_ x: Double) -> Double { 0.0001 + 0.9998 / (1 + Double.exp(-x)) }
        let alpha = share(point[0])
        self.init(alpha: alpha, beta: alpha * share(point[1]), gamma: (1 - alpha) * share(point[2]))
    }
}
