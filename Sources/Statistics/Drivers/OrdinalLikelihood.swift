import Dispatch
import RealModule

/// The log-likelihood of the cumulative logit with gradient and Hessian, and its maximum by Newton's method.
struct OrdinalLikelihood: Sendable {
    /// Category of each row, 0 ..< categories.
    let answers: [Int]
    /// Row by row, `width` facts each.
    let facts: [Double]
    let width: Int
    /// How many people each row stands for.
    let weights: [Double]
    let categories: Int

    struct Fit {
        /// Thresholds, then coefficients.
        let parameters: [Double]
        let covariance: Matrix
        let logLikelihood: Double
    }

    private var cuts: Int { categories - 1 }

    func maximise() throws(OrdinalLogit.FitError) -> Fit {
        var counts = Array(repeating: 0.0, count: categories)
        for (answer, weight) in zip(answers, weights) { counts[answer] += weight }
        let people = counts.reduce(0, +)
        var below = 0.0
        var parameters: [Double] = (0..<cuts).map { cut in
            below += counts[cut]
            return Double.log(below / (people - below))
        }
        parameters += Array(repeating: 0, count: width)
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
        for cut in 1..<max(cuts, 1) where parameters[cut] <= parameters[cut - 1] {
            return State(
                value: -.infinity, gradient: Array(repeating: 0, count: size),
                information: Matrix(rows: size, columns: size))
        }
        // Parts are the same on every machine, so that sums are, too.
        let parts = answers.count < 4_096 ? 1 : 8
        let sums = OrdinalLikelihood.inParts(parts) { part in
            sum(parameters, answers.count * part / parts..<answers.count * (part + 1) / parts)
        }
        var whole = sums.first ?? []
        for sum in sums.dropFirst() { for place in whole.indices { whole[place] += sum[place] } }
        var information = Matrix(rows: size, columns: size)
        for i in 0..<size {
            for j in 0...i {
                information[i, j] = whole[1 + size + i * size + j]
                information[j, i] = information[i, j]
            }
        }
        return State(value: whole[0], gradient: Array(whole[1...size]), information: information)
    }

    /// Value, gradient and the lower half of the information over some rows, one after the other in one array.
    private func sum(_ parameters: [Double], _ rows: Range<Int>) -> [Double] {
        let size = parameters.count
        var sums = [Double](repeating: 0, count: 1 + size + size * size)
        sums.withUnsafeMutableBufferPointer { sums in
            facts.withUnsafeBufferPointer { facts in
                parameters.withUnsafeBufferPointer { parameters in
                    for row in rows {
                        let own = UnsafeBufferPointer(rebasing: facts[row * width..<(row + 1) * width])
                        guard add(answers[row], own, weights[row], parameters, to: sums) else {
                            sums[0] = -.infinity
                            return
                        }
                    }
                }
            }
        }
        return sums
    }

    /// False where the answer is as good as impossible under the parameters.
    @inline(__always)
    private func add(
        _ answer: Int, _ row: UnsafeBufferPointer<Double>, _ weight: Double, _ parameters: UnsafeBufferPointer<Double>,
        to sums: UnsafeMutableBufferPointer<Double>
    ) -> Bool {
        let (cuts, size) = (cuts, parameters.count)
        var linear = 0.0
        for k in 0..<width { linear += parameters[cuts + k] * row[k] }
        // Upper and lower edge of the answer's interval on the logistic scale.
        let upper = answer < cuts ? Edge(parameters[answer] - linear) : .top
        let lower = answer > 0 ? Edge(parameters[answer - 1] - linear) : .bottom
        let probability = Edge.between(lower, upper)
        guard probability > 1e-300 else { return false }
        sums[0] += weight * Double.log(probability)
        // Derivatives of ln P by the two edges; each edge depends on its threshold and −x.
        let up = upper.density / probability
        let down = -lower.density / probability
        let ownUp = upper.slope / probability - up * up
        let ownDown = -lower.slope / probability - down * down
        let cross = -up * down
        let information = 1 + size
        if answer < cuts {
            sums[1 + answer] += weight * up
            sums[information + answer * size + answer] -= weight * ownUp
            for k in 0..<width {
                sums[information + (cuts + k) * size + answer] += weight * (ownUp + cross) * row[k]
            }
        }
        if answer > 0 {
            sums[answer] += weight * down
            sums[information + (answer - 1) * size + answer - 1] -= weight * ownDown
            for k in 0..<width {
                sums[information + (cuts + k) * size + answer - 1] += weight * (ownDown + cross) * row[k]
            }
        }
        if answer < cuts, answer > 0 { sums[information + answer * size + answer - 1] -= weight * cross }
        let both = weight * (ownUp + ownDown + 2 * cross)
        for k in 0..<width {
            sums[1 + cuts + k] -= weight * (up + down) * row[k]
            let line = information + (cuts + k) * size + cuts
            for m in 0...k { sums[line + m] -= both * row[k] * row[m] }
        }
        return true
    }

    private static func inParts(_ count: Int, _ body: @Sendable (Int) -> [Double]) -> [[Double]] {
        guard count > 1 else { return [body(0)] }
        var sums = [[Double]](repeating: [], count: count)
        sums.withUnsafeMutableBufferPointer { sums in
            // Each part writes to its own place.
            nonisolated(unsafe) let places = sums
            DispatchQueue.concurrentPerform(iterations: count) { places[$0] = body($0) }
        }
        return sums
    }

    /// A point on the logistic scale: shares below and above it, density and its derivative.
    private struct Edge {
        let x: Double
        let share: Double
        let rest: Double
        let density: Double
        let slope: Double

        static let top = Edge(x: .infinity, share: 1, rest: 0)
        static let bottom = Edge(x: -.infinity, share: 0, rest: 1)

        private init(x: Double, share: Double, rest: Double) {
            self.x = x
            self.share = share
            self.rest = rest
            density = share * rest
            slope = share * rest * (rest - share)
        }

        @inline(__always)
        init(_ x: Double) {
            // The smaller side first: it keeps its digits however far out the point lies.
            let small = Double.exp(-abs(x))
            let large = 1 / (1 + small)
            self.init(x: x, share: x < 0 ? small * large : large, rest: x < 0 ? large : small * large)
        }

        /// F(upper) − F(lower), taken in the tail where both are small.
        @inline(__always)
        static func between(_ lower: Edge, _ upper: Edge) -> Double {
            lower.x > 0 ? lower.rest - upper.rest : upper.share - lower.share
        }
    }
}
