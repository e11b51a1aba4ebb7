internal import Experience
import JourneyEngine

/// How many journeys have each feature, and how many of those are late.
struct LateCounts {
    struct Feature: Hashable {
        var kind: String
        var what: String
    }

    let log: EventLog
    let late: JourneySelection
    let threads: Int
    private(set) var byFeature: [Feature: (cases: Int, late: Int)] = [:]

    init(_ log: EventLog, _ late: JourneySelection, threads: Int) {
        self.log = log
        self.late = late
        self.threads = threads
    }

    private mutating func add(_ kind: String, _ what: String, _ cases: Int, _ late: Int) {
        let feature = Feature(kind: kind, what: what)
        let known = byFeature[feature] ?? (0, 0)
        byFeature[feature] = (known.cases + cases, known.late + late)
    }

    /// Features of the path: what it passes, repeats, begins with, and which flows it takes; counted once a variant.
    mutating func countPaths() {
        let assignment = log.variantAssignment(threads: threads)
        let variants = assignment.variants
        var lateOf = [Int](repeating: 0, count: variants.count)
        late.forEach { journey in
            let variant = Int(assignment.variantOfJourney[journey])
            if variant < lateOf.count { lateOf[variant] += 1 }
        }
        let names = variants.activityNames
        for variant in 0..<variants.count {
            let path = variants.sequence(variant).map { Int($0) }
            let cases = variants.counts[variant]
            var seen: [Int: Int] = [:]
            for activity in path { seen[activity, default: 0] += 1 }
            for (activity, count) in seen {
                add("activity", names[activity], cases, lateOf[variant])
                if count > 1 { add("repeat", names[activity], cases, lateOf[variant]) }
            }
            if let first = path.first { add("start", names[first], cases, lateOf[variant]) }
            var flows: Set<[Int]> = []
            for (a, b) in zip(path, path.dropFirst()) { flows.insert([a, b]) }
            for flow in flows { add("flow", "\(names[flow[0]]) → \(names[flow[1]])", cases, lateOf[variant]) }
        }
    }

    /// Values of journey attributes; of one attribute, at either level, when it is named.
    mutating func countAttributes(only name: String?) throws {
        var indices = log.attributes.indices.filter { log.attributes[$0].level == .journey }
        if let name {
            guard let found = log.resolveAttribute(name) else {
                throw JourneyProblem.unknownAttribute(
                    name, nearest: nearestName(to: name, in: log.attributes.map(\.name)))
            }
            indices = [found.index]
        }
        for index in indices {
            let attribute = log.attributes[index]
            let values = log.attributeValues(index)
            // An attribute that is different on almost every journey (an id, a date) explains nothing.
            guard values.count <= max(50, log.journeyCount / 20) else { continue }
            if attribute.level == .journey {
                for part in log.partitioned(by: index) {
                    guard let value = part.value else { continue }
                    add("attribute", "\(attribute.name) = \(value)", part.journeys, late.and(part.selection).count)
                }
            } else {
                for (code, value) in values.enumerated() {
                    let having = log.select(.attribute(index, codes: [code + 1]), threads: threads)
                    add("attribute", "\(attribute.name) = \(value)", having.count, late.and(having).count)
                }
            }
        }
    }
}
