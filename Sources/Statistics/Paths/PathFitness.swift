/// How far one path is from a model path: alignment without a discovered model.
///
/// - Formula: cost = `|t| + |m| − 2·LCS(t, m)` (insertions and deletions of cost 1, the optimal alignment to a single path);
///   fitness = `1 − cost/(|t| + |m|)`.
/// - Reference: Adriansyah 2014, *Aligning observed and modeled behavior*.
/// - Do not use it when several paths are right: align with a net in the journey engine instead.
package struct PathFitness: Sendable, Equatable {
    /// Number of skipped and additional steps.
    package let cost: Int
    /// 1 = identical, 0 = nothing in common; two empty paths fit perfectly.
    package let fitness: Double

    package init(path: [Int], model: [Int]) {
        // One row of the longest-common-subsequence table.
        var row = Array(repeating: 0, count: model.count + 1)
        for activity in path {
            var diagonal = 0
            for index in model.indices {
                let above = row[index + 1]
                row[index + 1] = activity == model[index] ? diagonal + 1 : max(above, row[index])
                diagonal = above
            }
        }
        let length = path.count + model.count
        cost = length - 2 * row[model.count]
        fitness = length == 0 ? 1 : 1 - Double(cost) / Double(length)
    }

    /// Mean fitness over all journeys; `nil` without journeys.
    package static func mean(of variants: PathVariants, model: [Int]) -> Double? {
        guard variants.journeys > 0 else { return nil }
        let sum = variants.variants.reduce(0.0) {
            $0 + PathFitness(path: $1.path, model: model).fitness * Double($1.count)
        }
        return sum / Double(variants.journeys)
    }
}
