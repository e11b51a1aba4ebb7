/// A block-structured model of a process: every such tree is a sound net (Leemans, *Robust Process Mining with
/// Guarantees*, 2017, §2.2).
package indirect enum ProcessTree: Sendable, Hashable {
    case silent
    case activity(String)
    case sequence([ProcessTree])
    case exclusive([ProcessTree])
    case parallel([ProcessTree])
    /// First child, then any number of times one of the others and the first again.
    case loop([ProcessTree])

    /// Text in the field's notation: `->( 'a', X( 'b', tau ) )`.
    package var text: String {
        func joined(_ sign: String, _ children: [ProcessTree]) -> String {
            sign + "( " + children.map(\.text).joined(separator: ", ") + " )"
        }
        switch self {
        case .silent: return "tau"
        case .activity(let name): return "'" + name + "'"
        case .sequence(let children): return joined("->", children)
        case .exclusive(let children): return joined("X", children)
        case .parallel(let children): return joined("+", children)
        case .loop(let children): return joined("*", children)
        }
    }

    /// The tree as a net with one source and one sink place.
    package func petriNet(name: String) -> PetriNet {
        var net = PetriNet(name: name)
        var silent = 0
        func place(_ id: String? = nil) -> Int {
            net.places.append(PetriNet.Place(id: id ?? "p\(net.places.count)"))
            return net.places.count - 1
        }
        func step(_ label: String?, from inputs: [Int], to outputs: [Int]) {
            if label == nil { silent += 1 }
            net.transitions.append(
                PetriNet.Transition(
                    id: label == nil ? "tau\(silent)" : "t\(net.transitions.count)", label: label,
                    inputs: inputs.map { PetriNet.Arc($0) }, outputs: outputs.map { PetriNet.Arc($0) }))
        }
        func build(_ tree: ProcessTree, _ start: Int, _ end: Int) {
            switch tree {
            case .silent: step(nil, from: [start], to: [end])
            case .activity(let name): step(name, from: [start], to: [end])
            case .sequence(let children):
                var from = start
                for (index, child) in children.enumerated() {
                    let to = index == children.count - 1 ? end : place()
                    build(child, from, to)
                    from = to
                }
                if children.isEmpty { step(nil, from: [start], to: [end]) }
            case .exclusive(let children):
                for child in children { build(child, start, end) }
            case .parallel(let children):
                let lanes = children.map { _ in (from: place(), to: place()) }
                step(nil, from: [start], to: lanes.map(\.from))
                for (child, lane) in zip(children, lanes) { build(child, lane.from, lane.to) }
                step(nil, from: lanes.map(\.to), to: [end])
            case .loop(let children):
                let (before, after) = (place(), place())
                step(nil, from: [start], to: [before])
                for (index, child) in children.enumerated() {
                    if index == 0 { build(child, before, after) } else { build(child, after, before) }
                }
                step(nil, from: [after], to: [end])
            }
        }
        let source = place("source")
        let sink = place("sink")
        build(self, source, sink)
        net.initial = [Int](repeating: 0, count: net.places.count)
        var final = net.initial
        net.initial[source] = 1
        final[sink] = 1
        net.finals = [final]
        return net
    }
}
