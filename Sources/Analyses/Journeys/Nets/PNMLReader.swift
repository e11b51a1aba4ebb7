/// The state of one pass over a PNML file. Use `PetriNet(pnml:)`.
struct PNMLReader {
    private struct Node {
        var id: String
        var name: String?
        var tokens = 0
        var isSilent = false
    }
    private struct RawArc {
        var id: String
        var source: String
        var target: String
        var weight = 1
    }

    private var places: [Node] = []
    private var transitions: [Node] = []
    private var arcs: [RawArc] = []
    private var finals: [[(id: String, tokens: Int)]] = []
    private var netName = ""
    private let maximumNodes = 100_000

    mutating func read(_ bytes: [UInt8]) throws -> PetriNet {
        var scanner = MarkupScanner(bytes)
        var path: [String] = []
        var text = ""
        var nets = 0
        var isDone = false
        while !isDone, let token = try scanner.next() {
            switch token {
            case .text(let more): text += more
            case .open(let name, let attributes, let isEmpty):
                if path.isEmpty, name != "pnml" { throw NetError.notPNML(found: name) }
                if name == "net" { nets += 1 }
                if nets == 1 { try open(name, attributes, in: path) }
                text = ""
                if !isEmpty { path.append(name) }
            case .close(let name):
                path.removeLast()
                try close(name, in: path, text: text)
                text = ""
                if name == "net" { isDone = true }
            }
        }
        if nets == 0 {
            throw path.isEmpty ? NetError.notPNML(found: "nothing") : .missing(element: "pnml", what: "<net>")
        }
        return try build()
    }

    private mutating func open(_ name: String, _ attributes: [String: String], in path: [String]) throws {
        func required(_ key: String) throws -> String {
            guard let value = attributes[key] else { throw NetError.missing(element: name, what: key) }
            return value
        }
        switch name {
        case "place" where path.last == "marking":
            guard !finals.isEmpty else { return }
            finals[finals.count - 1].append((try required("idref"), 1))
        case "place":
            places.append(Node(id: try required("id")))
        case "transition":
            transitions.append(Node(id: try required("id")))
        case "arc":
            let id = attributes["id"] ?? "\(arcs.count + 1)"
            arcs.append(RawArc(id: id, source: try required("source"), target: try required("target")))
        case "toolspecific" where path.last == "transition":
            if attributes["activity"] == "$invisible$", !transitions.isEmpty {
                transitions[transitions.count - 1].isSilent = true
            }
        case "marking" where path.last == "finalmarkings":
            finals.append([])
        default: break
        }
        guard places.count + transitions.count <= maximumNodes else {
            throw NetError.tooLarge(what: "places and transitions", limit: maximumNodes)
        }
        guard arcs.count <= 4 * maximumNodes else { throw NetError.tooLarge(what: "arcs", limit: 4 * maximumNodes) }
    }

    /// `path` is what stays open around the element that closes.
    private mutating func close(_ name: String, in path: [String], text: String) throws {
        guard name == "text", path.count >= 2 else { return }
        let holder = path[path.count - 1]
        let owner = path[path.count - 2]
        // The file decides what is nested in what, so the node spoken of may not have been begun.
        switch (owner, holder) {
        case ("place", _) where places.isEmpty, ("transition", _) where transitions.isEmpty,
            ("arc", _) where arcs.isEmpty:
            return
        case ("net", "name"): netName = trimmed(text)
        case ("place", "name"): places[places.count - 1].name = text
        case ("transition", "name"): transitions[transitions.count - 1].name = text
        case ("place", "initialMarking"): places[places.count - 1].tokens = try number(text, in: holder)
        case ("arc", "inscription"): arcs[arcs.count - 1].weight = try number(text, in: holder)
        case ("marking", "place"):
            guard let last = finals.last?.indices.last else { return }
            finals[finals.count - 1][last].tokens = try number(text, in: "finalmarkings")
        default: break
        }
    }

    private func trimmed(_ text: String) -> String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        let front = text.drop(while: isSpace)
        return String(front.reversed().drop(while: isSpace).reversed())
    }

    private func number(_ text: String, in element: String) throws -> Int {
        guard let value = Int(trimmed(text)), (0...255).contains(value) else {
            throw NetError.badNumber(element: element, text: trimmed(text))
        }
        return value
    }

    /// Two arcs between the same nodes are one of the summed weight.
    private func join(_ place: Int, _ weight: Int, to arcs: inout [PetriNet.Arc]) {
        if let known = arcs.firstIndex(where: { $0.place == place }) {
            arcs[known].weight += weight
        } else {
            arcs.append(PetriNet.Arc(place, weight: weight))
        }
    }

    private func build() throws -> PetriNet {
        var placeAt: [String: Int] = [:]
        var transitionAt: [String: Int] = [:]
        for (index, place) in places.enumerated() {
            guard placeAt.updateValue(index, forKey: place.id) == nil else { throw NetError.duplicateID(place.id) }
        }
        for (index, node) in transitions.enumerated() {
            guard placeAt[node.id] == nil, transitionAt.updateValue(index, forKey: node.id) == nil else {
                throw NetError.duplicateID(node.id)
            }
        }
        var net = PetriNet(name: netName)
        net.places = places.map { PetriNet.Place(id: $0.id, name: $0.name.flatMap { $0.isEmpty ? nil : $0 }) }
        net.transitions = transitions.map { node in
            let label = node.isSilent || (node.name ?? "").isEmpty ? nil : node.name
            return PetriNet.Transition(id: node.id, label: label)
        }
        var hasInput = [Bool](repeating: false, count: places.count)
        var hasOutput = hasInput
        for arc in arcs where arc.weight > 0 {
            for id in [arc.source, arc.target] where placeAt[id] == nil && transitionAt[id] == nil {
                throw NetError.unknownNode(arc: arc.id, id: id)
            }
            if let place = placeAt[arc.source], let transition = transitionAt[arc.target] {
                join(place, arc.weight, to: &net.transitions[transition].inputs)
                hasOutput[place] = true
            } else if let transition = transitionAt[arc.source], let place = placeAt[arc.target] {
                join(place, arc.weight, to: &net.transitions[transition].outputs)
                hasInput[place] = true
            } else {
                throw NetError.arcBetweenAlike(arc: arc.id)
            }
        }
        net.initial = places.map(\.tokens)
        if !net.initial.contains(where: { $0 > 0 }) {
            let sources = places.indices.filter { !hasInput[$0] }
            guard sources.count == 1, let source = sources.first else { throw NetError.noInitialMarking }
            net.initial[source] = 1
        }
        for final in finals {
            var marking = [Int](repeating: 0, count: places.count)
            for (id, tokens) in final {
                guard let place = placeAt[id] else { throw NetError.unknownNode(arc: "in <finalmarkings>", id: id) }
                marking[place] = tokens
            }
            net.finals.append(marking)
        }
        if net.finals.isEmpty {
            let sinks = places.indices.filter { !hasOutput[$0] }
            guard sinks.count == 1, let sink = sinks.first else { throw NetError.noFinalMarking(sinks: sinks.count) }
            var marking = [Int](repeating: 0, count: places.count)
            marking[sink] = 1
            net.finals = [marking]
        }
        return net
    }
}
