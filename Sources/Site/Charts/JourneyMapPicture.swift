import Experience

/// The journey map as a picture: boxes for activities, curves for what follows what.
enum JourneyMapPicture {
    static func size(_ node: JourneyMap.Node) -> (Double, Double) {
        node.kind == .activity ? (max(96, Double(min(node.title.count, 30)) * 7.1 + 26), 46) : (84, 30)
    }

    static func edgeLabel(_ edge: JourneyMap.Edge, _ format: Format) -> (count: String, wait: String) {
        (format.count(edge.count), edge.medianWaitSeconds.map { format.span(seconds: $0) } ?? "")
    }

    static func layout(
        _ map: JourneyMap, _ layouter: GraphLayouter, _ format: Format
    ) async throws(LayoutProblem) -> GraphLayout {
        try await layouter.layout(
            sizes: map.nodes.map(size),
            edges: map.edges.map { edge in
                let label = edgeLabel(edge, format)
                // In steps, so that a digit more does not move the whole map.
                let characters = (max(label.count.count, label.wait.count) + 2) / 3 * 3
                let width = Double(characters) * 6.6 + 10
                return (edge.from, edge.to, edge.count, (width, label.wait.isEmpty ? 16 : 30))
            }, first: map.nodes.firstIndex { $0.kind == .start }, last: map.nodes.firstIndex { $0.kind == .end })
    }

    static func draw(
        _ map: JourneyMap, _ layout: GraphLayout, id: String, title: String, text: String, format: Format,
        nodeHref: (JourneyMap.Node) -> String?, edgeHref: (JourneyMap.Edge) -> String?
    ) -> String {
        let most = Double(max(map.edges.map(\.count).max() ?? 1, 1))
        let busiest = Double(max(map.nodes.map(\.count).max() ?? 1, 1))
        let margin = 8.0
        return SVG.picture(
            "map", width: layout.width + 2 * margin, height: layout.height + 2 * margin, title: title, text: text,
            id: id, scale: layout.width > 900 ? 1 : 1.2
        ) { svg in
            for (edge, curve) in zip(map.edges, layout.edges) {
                drawEdge(&svg, curve, Double(edge.count) / most, margin)
            }
            for (edge, curve) in zip(map.edges, layout.edges) {
                guard let at = curve.label else { continue }
                let label = edgeLabel(edge, format)
                func words(_ svg: inout SVG) {
                    svg.words(
                        "flow", at.x + margin, at.y + margin + (label.wait.isEmpty ? 4 : -2), label.count, .middle)
                    if !label.wait.isEmpty { svg.words("wait", at.x + margin, at.y + margin + 11, label.wait, .middle) }
                }
                if let href = edgeHref(edge) {
                    let name = "\(map.nodes[edge.from].title) → \(map.nodes[edge.to].title): \(label.count)"
                    svg.link(href, label: name, words)
                } else {
                    words(&svg)
                }
            }
            for (node, place) in zip(map.nodes, layout.nodes) {
                func box(_ svg: inout SVG) {
                    let shade =
                        node.kind == .activity ? 1 + Int((Double(node.count) / busiest * 3.999).rounded(.down)) : 0
                    svg.box(
                        node.kind == .activity ? "node node--\(min(max(shade, 1), 4))" : "node node--end",
                        place.x - place.width / 2 + margin, place.y - place.height / 2 + margin, place.width,
                        place.height, round: node.kind == .activity ? 8 : 15, tip: node.title)
                    let middle = place.y + margin
                    let dark = shade >= 3 ? " on-dark" : ""
                    svg.words(
                        "name\(dark)", place.x + margin, node.kind == .activity ? middle - 3 : middle + 4.5,
                        BarChart.cut(node.title, 30), .middle)
                    if node.kind == .activity {
                        svg.words("flow\(dark)", place.x + margin, middle + 14, format.count(node.count), .middle)
                    }
                }
                if let href = nodeHref(node) {
                    svg.link(href, label: "\(node.title): \(format.count(node.count))", box)
                } else {
                    box(&svg)
                }
            }
        }
    }

    private static func drawEdge(_ svg: inout SVG, _ curve: GraphLayout.Curve, _ share: Double, _ margin: Double) {
        guard let first = curve.points.first, let last = curve.points.last, curve.points.count >= 4 else { return }
        func at(_ point: GraphLayout.Point) -> String {
            "\(SVG.number(point.x + margin)) \(SVG.number(point.y + margin))"
        }
        let rest = curve.points.dropFirst().map(at)
        let width = 1 + 4.5 * share
        svg.path("edge", "M\(at(first))C\(rest.joined(separator: " "))", width: width)
        // The head: a triangle along the last stretch; the layout leaves room for one.
        let before = curve.points[curve.points.count - 2]
        let (dx, dy) = (last.x - before.x, last.y - before.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0.01 else { return }
        let (ux, uy) = (dx / length, dy / length)
        let reach = 9.5
        let half = 3.2 + width * 0.6
        let tip = GraphLayout.Point(x: last.x + ux * reach, y: last.y + uy * reach)
        let a = GraphLayout.Point(x: last.x - uy * half, y: last.y + ux * half)
        let b = GraphLayout.Point(x: last.x + uy * half, y: last.y - ux * half)
        svg.path("head", "M\(at(tip))L\(at(a))L\(at(b))Z")
    }
}
