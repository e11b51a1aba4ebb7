/// A Petri net with labelled and silent transitions, an initial marking and the markings in which a journey is done
/// (Murata 1989; van der Aalst, *Process Mining*, 2016, §3.2).
package struct PetriNet: Sendable, Hashable {
    package struct Place: Sendable, Hashable {
        package var id: String
        package var name: String

        package init(id: String, name: String? = nil) {
            self.id = id
            self.name = name ?? id
        }
    }

    package struct Arc: Sendable, Hashable {
        package var place: Int
        package var weight: Int

        package init(_ place: Int, weight: Int = 1) {
            self.place = place
            self.weight = weight
        }
    }

    package struct Transition: Sendable, Hashable {
        package var id: String
        /// The activity it stands for; nil when it is silent.
        package var label: String?
        package var inputs: [Arc]
        package var outputs: [Arc]

        package init(id: String, label: String?, inputs: [Arc] = [], outputs: [Arc] = []) {
            self.id = id
            self.label = label
            self.inputs = inputs
            self.outputs = outputs
        }
    }

    package var name: String
    package var places: [Place]
    package var transitions: [Transition]
    /// Tokens a place, in the order of `places`.
    package var initial: [Int]
    /// At least one; a journey is done when the marking equals one of them.
    package var finals: [[Int]]

    package init(
        name: String, places: [Place] = [], transitions: [Transition] = [], initial: [Int] = [], finals: [[Int]] = []
    ) {
        self.name = name
        self.places = places
        self.transitions = transitions
        self.initial = initial
        self.finals = finals
    }

    package var silentCount: Int { transitions.count { $0.label == nil } }
    package var arcCount: Int { transitions.reduce(0) { $0 + $1.inputs.count + $1.outputs.count } }

    package var labels: Set<String> { Set(transitions.compactMap(\.label)) }

    package var hasDuplicateLabels: Bool {
        let all = transitions.compactMap(\.label)
        return Set(all).count != all.count
    }

    package func isEnabled(_ transition: Int, in marking: [Int]) -> Bool {
        transitions[transition].inputs.allSatisfy { marking[$0.place] >= $0.weight }
    }

    package func fire(_ transition: Int, in marking: inout [Int]) {
        for arc in transitions[transition].inputs { marking[arc.place] -= arc.weight }
        for arc in transitions[transition].outputs { marking[arc.place] += arc.weight }
    }

    /// A sequence of steps, each done once, in order: a promised path as a net.
    package init(sequence: [String], name: String = "promised path") {
        self.init(name: name)
        places = (0...sequence.count).map { Place(id: "p\($0)") }
        transitions = sequence.enumerated().map { index, label in
            Transition(id: "t\(index)", label: label, inputs: [Arc(index)], outputs: [Arc(index + 1)])
        }
        initial = [Int](repeating: 0, count: places.count)
        var final = initial
        initial[0] = 1
        final[sequence.count] = 1
        finals = [final]
    }
}
