extension JourneyGraph {
    /// The graph in Graphviz's DOT language, for `dot` to lay out. Ids are `n0`, `n1` …, and `start` and `end`; widths
    /// of lines follow the counts. Names are quoted, so no name can break out of its label.
    package func dot() -> String {
        let most = max(1, edges.map(\.count).max() ?? 1)
        func width(_ count: Int) -> String {
            let value = 1 + 4 * (Double(count) / Double(most)).squareRoot()
            return String((value * 100).rounded() / 100)
        }
        var out = "digraph journey {\n  rankdir=TB;\n  node [shape=box, style=rounded, fontname=\"Public Sans\"];\n"
        out += "  start [shape=circle, label=\"\", width=0.2];\n  end [shape=doublecircle, label=\"\", width=0.15];\n"
        for (index, node) in nodes.enumerated() {
            out += "  n\(index) [label=\"\(JourneyGraph.quoted(node.activity))\\n\(node.events)\"];\n"
        }
        for (index, node) in nodes.enumerated() where node.starts > 0 {
            out += "  start -> n\(index) [label=\"\(node.starts)\", style=dashed, penwidth=\(width(node.starts))];\n"
        }
        for edge in edges {
            var label = "\(edge.count)"
            if let wait = edge.medianWait { label += "\\n\(JourneyGraph.readable(wait))" }
            out += "  n\(edge.from) -> n\(edge.to) [label=\"\(label)\", penwidth=\(width(edge.count))];\n"
        }
        for (index, node) in nodes.enumerated() where node.ends > 0 {
            out += "  n\(index) -> end [label=\"\(node.ends)\", style=dashed, penwidth=\(width(node.ends))];\n"
        }
        return out + "}\n"
    }

    private static func quoted(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            case "\n", "\r", "\t", "\0": out += " "
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// "45 s", "12 min", "3.5 h", "8 d": two figures at most, enough for a label.
    package static func readable(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "" }
        func rounded(_ value: Double) -> String {
            let tenths = (value * 10).rounded() / 10
            return value >= 10 || tenths == tenths.rounded() ? String(Int(value.rounded())) : String(tenths)
        }
        let size = abs(seconds)
        if size >= 1e14 { return "" }
        if size < 59.5 { return "\(rounded(seconds)) s" }
        if size < 3_570 { return "\(rounded(seconds / 60)) min" }
        if size < 129_600 { return "\(rounded(seconds / 3_600)) h" }
        return "\(rounded(seconds / 86_400)) d"
    }
}
