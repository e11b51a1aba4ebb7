package import JourneyEngine

extension DerivedService {
    /// A log's activities in the order people meet them: by the mean place of their first occurrence on the paths that
    /// hold them, each path weighing as many journeys as follow it. Ties by name.
    package static func order(of log: EventLog) -> [String] {
        let variants = log.variants()
        var place: [String: Double] = [:]
        var weight: [String: Double] = [:]
        for variant in 0..<variants.count {
            let journeys = Double(variants.counts[variant])
            var seen: Set<String> = []
            for (position, activity) in variants.activities(variant).enumerated() where seen.insert(activity).inserted {
                place[activity, default: 0] += journeys * Double(position)
                weight[activity, default: 0] += journeys
            }
        }
        return weight.keys.sorted { a, b in
            let left = (place[a] ?? 0) / (weight[a] ?? 1)
            let right = (place[b] ?? 0) / (weight[b] ?? 1)
            return left == right ? a < b : left < right
        }
    }
}
