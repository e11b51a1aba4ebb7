package import JourneyEngine

/// The picture of a journey map before anyone lays it out: nodes, edges and their weights.
///
/// `detail` keeps the fewest activities and flows that cover the shares asked for, then adds what is needed so that
/// every node shown can be reached from a start and can reach an end; so the picture never falls apart.
package struct JourneyGraph: Sendable, Hashable, Codable {
    package struct Node: Sendable, Hashable, Codable {
        package var activity: String
        package var events: Int
        package var starts: Int
        package var ends: Int
    }

    package struct Edge: Sendable, Hashable, Codable {
        /// Places in `nodes`.
        package var from: Int
        package var to: Int
        package var count: Int
        /// Seconds; nil when waits were not given.
        package var medianWait: Double?
    }

    package var nodes: [Node]
    package var edges: [Edge]
    /// Shares of all events and of all flows that the picture shows, 0 to 1.
    package var eventShare: Double
    package var flowShare: Double

    /// - Parameters: shares to cover, 0 to 1; outside they are brought to the nearest end.
    package init(
        _ map: DirectlyFollows, waits: FlowWaits? = nil, activityShare: Double = 1, pathShare: Double = 1
    ) {
        let n = map.activityNames.count
        let keptNodes = JourneyGraph.covering(map.activityCounts, share: activityShare)
        var isKept = [Bool](repeating: false, count: n)
        for node in keptNodes { isKept[node] = true }
        let flows = map.flows
        let candidates = flows.indices.filter { isKept[flows[$0].from] && isKept[flows[$0].to] }
        let inside = JourneyGraph.covering(candidates.map { flows[$0].count }, share: pathShare).map { candidates[$0] }
        var keptFlows = Set(inside)
        JourneyGraph.connect(map, &isKept, &keptFlows)
        var place = [Int](repeating: -1, count: n)
        nodes = []
        for activity in 0..<n where isKept[activity] {
            place[activity] = nodes.count
            nodes.append(
                Node(
                    activity: map.activityNames[activity], events: map.activityCounts[activity],
                    starts: map.startCounts[activity], ends: map.endCounts[activity]))
        }
        var medians: [String: [String: Double]] = [:]
        for flow in waits?.flows ?? [] {
            guard let waits, let median = flow.waits.linear(50) else { continue }
            medians[waits.activityNames[flow.from], default: [:]][waits.activityNames[flow.to]] = median
        }
        edges = keptFlows.sorted().map { index in
            let flow = flows[index]
            return Edge(
                from: place[flow.from], to: place[flow.to], count: flow.count,
                medianWait: medians[map.activityNames[flow.from]]?[map.activityNames[flow.to]])
        }
        let events = map.activityCounts.reduce(0, +)
        let steps = flows.reduce(0) { $0 + $1.count }
        eventShare = events == 0 ? 1 : Double(nodes.reduce(0) { $0 + $1.events }) / Double(events)
        flowShare = steps == 0 ? 1 : Double(edges.reduce(0) { $0 + $1.count }) / Double(steps)
    }

    /// The fewest places whose counts reach the share of the sum, commonest first; always at least one.
    private static func covering(_ counts: [Int], share: Double) -> [Int] {
        let share = min(max(share.isNaN ? 1 : share, 0), 1)
        let order = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
        let total = counts.reduce(0, +)
        var kept: [Int] = []
        var sum = 0
        for index in order {
            if !kept.isEmpty, Double(sum) >= share * Double(total) { break }
            kept.append(index)
            sum += counts[index]
        }
        return kept
    }

    /// Adds, for each node that no start leads to or that leads to no end, the widest way there is.
    private static func connect(_ map: DirectlyFollows, _ isKept: inout [Bool], _ kept: inout Set<Int>) {
        for isBackward in [false, true] {
            let borders = isBackward ? map.endCounts : map.startCounts
            var goal = isKept.indices.filter { isKept[$0] && borders[$0] > 0 }
            if goal.isEmpty {
                guard let most = borders.indices.max(by: { (borders[$0], -$0) < (borders[$1], -$1) }) else { return }
                isKept[most] = true
                goal = [most]
            }
            while true {
                let reached = reach(map, kept, from: goal, isBackward: isBackward)
                guard let lost = isKept.indices.first(where: { isKept[$0] && !reached[$0] }) else { break }
                let way = widest(map, from: lost, to: reached, isBackward: isBackward)
                // A node no flow leads to or from stands alone: it is both a start and an end.
                if way.isEmpty {
                    goal.append(lost)
                    continue
                }
                for flow in way {
                    kept.insert(flow)
                    isKept[map.flows[flow].from] = true
                    isKept[map.flows[flow].to] = true
                }
            }
        }
    }

    private static func reach(_ map: DirectlyFollows, _ kept: Set<Int>, from goal: [Int], isBackward: Bool) -> [Bool] {
        var next = [[Int]](repeating: [], count: map.activityNames.count)
        for index in kept {
            let flow = map.flows[index]
            if isBackward { next[flow.to].append(flow.from) } else { next[flow.from].append(flow.to) }
        }
        var reached = [Bool](repeating: false, count: map.activityNames.count)
        var stack = goal
        for node in goal { reached[node] = true }
        while let node = stack.popLast() {
            for other in next[node] where !reached[other] {
                reached[other] = true
                stack.append(other)
            }
        }
        return reached
    }

    /// Flows of the way between `node` and any reached node whose narrowest flow is widest.
    private static func widest(_ map: DirectlyFollows, from node: Int, to reached: [Bool], isBackward: Bool) -> [Int] {
        let n = map.activityNames.count
        var width = [Int](repeating: 0, count: n)
        var via = [Int](repeating: -1, count: n)
        var isDone = [Bool](repeating: false, count: n)
        width[node] = .max
        while let here = (0..<n).filter({ !isDone[$0] && width[$0] > 0 }).max(by: {
            (width[$0], -$0) < (width[$1], -$1)
        }) {
            isDone[here] = true
            if reached[here] {
                var way: [Int] = []
                var at = here
                while at != node, via[at] >= 0 {
                    way.append(via[at])
                    let flow = map.flows[via[at]]
                    at = isBackward ? flow.from : flow.to
                }
                return way
            }
            for (index, flow) in map.flows.enumerated() {
                let (tail, head) = isBackward ? (flow.from, flow.to) : (flow.to, flow.from)
                guard tail == here, !isDone[head] else { continue }
                let candidate = min(width[here], flow.count)
                if candidate > width[head] {
                    width[head] = candidate
                    via[head] = index
                }
            }
        }
        return []
    }
}
