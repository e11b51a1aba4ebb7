/// Activities and how often one follows another directly.
package struct JourneyMap: Sendable, Hashable {
    package var nodes: [Node]
    package var edges: [Edge]

    package struct Node: Sendable, Hashable {
        package var title: String
        /// The activity's own name, for links; nil for start and end.
        package var activity: String?
        package var count: Int
        package var kind: Kind

        package enum Kind: Sendable, Hashable { case start, activity, end }

        package init(title: String, activity: String?, count: Int, kind: Kind = .activity) {
            self.title = title
            self.activity = activity
            self.count = count
            self.kind = kind
        }
    }

    package struct Edge: Sendable, Hashable {
        /// Places in `nodes`.
        package var from: Int
        package var to: Int
        package var count: Int
        package var medianWaitSeconds: Double?
        /// All waits between the two, added up.
        package var waitedSeconds: Double?

        package init(
            from: Int, to: Int, count: Int, medianWaitSeconds: Double? = nil, waitedSeconds: Double? = nil
        ) {
            self.from = from
            self.to = to
            self.count = count
            self.medianWaitSeconds = medianWaitSeconds
            self.waitedSeconds = waitedSeconds
        }
    }

    package init(nodes: [Node], edges: [Edge]) {
        self.nodes = nodes
        self.edges = edges
    }

    /// The map with only its commoner parts. `detail` 1 shows all; at 0 each kept activity has its strongest way in
    /// and out. Start and end always stay; so does at least one way through.
    package func simplified(detail: Double) -> JourneyMap {
        guard detail < 1, nodes.count > 2 else { return self }
        let valid = edges.filter { nodes.indices.contains($0.from) && nodes.indices.contains($0.to) }
        let activities = nodes.indices.filter { nodes[$0].kind == .activity }
            .sorted { (nodes[$0].count, $1) > (nodes[$1].count, $0) }
        let wanted = max(min(activities.count, 8), Int((Double(activities.count) * (0.3 + 0.7 * detail)).rounded(.up)))
        var kept = Set(activities.prefix(wanted))
        kept.formUnion(nodes.indices.filter { nodes[$0].kind != .activity })
        let inside = valid.filter { kept.contains($0.from) && kept.contains($0.to) }
            .sorted { ($0.count, $1.from, $1.to) > ($1.count, $0.from, $0.to) }
        let total = Double(inside.map(\.count).reduce(0, +))
        var shown: Set<Edge> = []
        var covered = 0.0
        for edge in inside {
            if covered >= total * (0.5 + 0.5 * detail) { break }
            shown.insert(edge)
            covered += Double(edge.count)
        }
        for node in kept {
            if let into = inside.first(where: { $0.to == node && $0.from != node }) { shown.insert(into) }
            if let out = inside.first(where: { $0.from == node && $0.to != node }) { shown.insert(out) }
        }
        let order = nodes.indices.filter(kept.contains)
        var place: [Int: Int] = [:]
        for (at, node) in order.enumerated() { place[node] = at }
        return JourneyMap(
            nodes: order.map { nodes[$0] },
            edges: inside.filter(shown.contains).compactMap { edge in
                guard let from = place[edge.from], let to = place[edge.to] else { return nil }
                return Edge(
                    from: from, to: to, count: edge.count, medianWaitSeconds: edge.medianWaitSeconds,
                    waitedSeconds: edge.waitedSeconds)
            })
    }

    /// The map with its boxes called as people read them.
    func titled(_ activity: (String) -> String, start: String, end: String) -> JourneyMap {
        JourneyMap(
            nodes: nodes.map { node in
                var node = node
                switch node.kind {
                case .start: node.title = start
                case .end: node.title = end
                case .activity: node.title = node.activity.map(activity) ?? node.title
                }
                return node
            }, edges: edges)
    }
}
