/// How well the journeys of a log follow a net: deviations a variant, fitness, and replay where replay is exact.
package struct NetConformance: Sendable {
    package struct VariantResult: Sendable {
        package var path: [Int]
        package var count: Int
        /// Nil when the net can reach no final marking: then nothing can be aligned with it.
        package var alignment: Alignment?
        package var tokens: TokenReplay.Tokens?
    }

    package let net: PetriNet
    package let activities: [String]
    package let variants: [VariantResult]
    package let shortestPath: Int?
    /// ETC precision; nil where it would not be exact.
    package let precision: EscapingEdges?

    /// - Parameter threads: ≥ 1; the answer is the same for any number as long as the budget has no seconds.
    package init(_ log: VariantLog, _ net: PetriNet, budget: AlignmentBudget = AlignmentBudget(), threads: Int = 1) {
        self.net = net
        activities = log.activities
        precision = EscapingEdges(log, net)
        let replay = TokenReplay(net, activities: log.activities)
        let first = Aligner(net, activities: log.activities, budget: budget)
        shortestPath = first.shortestPath
        let lanes = max(1, min(threads, log.variants.count))
        let parts: [[VariantResult]] = inLanes(lanes) { lane in
            var aligner = first
            var results: [VariantResult] = []
            for index in stride(from: lane, to: log.variants.count, by: lanes) {
                let variant = log.variants[index]
                results.append(
                    VariantResult(
                        path: variant.path, count: variant.count,
                        alignment: aligner.shortestPath == nil ? nil : aligner.align(variant.path),
                        tokens: replay?.replay(variant.path)))
            }
            return results
        }
        variants = log.variants.indices.map { parts[$0 % lanes][$0 / lanes] }
    }

    package var journeyCount: Int { variants.reduce(0) { $0 + $1.count } }
    package var totalDeviations: Int { variants.reduce(0) { $0 + $1.count * ($1.alignment?.cost ?? 0) } }
    package var leastDeviations: Int { variants.reduce(0) { $0 + $1.count * ($1.alignment?.lowerBound ?? 0) } }
    package var perfectlyFitting: Int { variants.reduce(0) { $0 + ($1.alignment?.cost == 0 ? $1.count : 0) } }

    /// Events and steps a journey could at worst get wrong: its length and the shortest visible run of the net.
    private func worst(_ variant: VariantResult) -> Int { variant.path.count + (shortestPath ?? 0) }

    /// 1 − deviations ÷ Σ(length + shortest visible run); 1 when there is nothing to get wrong.
    package var logFitness: Double {
        let most = variants.reduce(0) { $0 + $1.count * worst($1) }
        return most == 0 ? 1 : 1 - Double(totalDeviations) / Double(most)
    }

    /// Mean over journeys of 1 − deviations ÷ (length + shortest visible run).
    package var averageTraceFitness: Double {
        guard journeyCount > 0 else { return 1 }
        let sum = variants.reduce(0.0) { sum, variant in
            let most = worst(variant)
            let fitness = most == 0 ? 1 : 1 - Double(variant.alignment?.cost ?? 0) / Double(most)
            return sum + Double(variant.count) * fitness
        }
        return sum / Double(journeyCount)
    }

    package var activitiesNotInModel: [String] {
        let known = net.labels
        return activities.filter { !known.contains($0) }
    }
}
