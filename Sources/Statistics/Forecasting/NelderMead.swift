/// Downhill simplex for a handful of unknowns. Reference: Nelder & Mead 1965, *Computer Journal* 7:308.
enum NelderMead {
    /// Lowers `f` from a start; the caller keeps the best point it saw. Values that are not finite count as worst.
    static func minimise(from start: [Double], step: Double, evaluations: Int, _ f: ([Double]) -> Double) {
        var simplex: [(point: [Double], value: Double)] = []
        func evaluate(_ point: [Double]) -> (point: [Double], value: Double) {
            let value = f(point)
            return (point, value.isNaN ? .infinity : value)
        }
        simplex.append(evaluate(start))
        for axis in start.indices {
            var point = start
            point[axis] += step
            simplex.append(evaluate(point))
        }
        var used = simplex.count
        while used < evaluations {
            simplex.sort { $0.value < $1.value }
            let worst = simplex[simplex.count - 1]
            if abs(worst.value - simplex[0].value) <= 1e-10 * (abs(simplex[0].value) + 1e-300) { return }
            var centre = Array(repeating: 0.0, count: start.count)
            for vertex in simplex.dropLast() {
                for axis in centre.indices { centre[axis] += vertex.point[axis] / Double(start.count) }
            }
            func along(_ factor: Double) -> (point: [Double], value: Double) {
                evaluate(centre.indices.map { centre[$0] + factor * (worst.point[$0] - centre[$0]) })
            }
            let reflected = along(-1)
            used += 1
            let last = simplex.count - 1
            if reflected.value < simplex[0].value {
                let expanded = along(-2)
                used += 1
                simplex[last] = expanded.value < reflected.value ? expanded : reflected
            } else if reflected.value < simplex[last - 1].value {
                simplex[last] = reflected
            } else {
                let contracted = along(reflected.value < worst.value ? -0.5 : 0.5)
                used += 1
                if contracted.value < min(reflected.value, worst.value) {
                    simplex[last] = contracted
                } else {
                    let best = simplex[0].point
                    for index in 1..<simplex.count {
                        simplex[index] = evaluate(zip(best, simplex[index].point).map { $0 + ($1 - $0) / 2 })
                    }
                    used += simplex.count - 1
                }
            }
        }
    }
}
