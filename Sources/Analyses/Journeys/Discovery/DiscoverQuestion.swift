package import JourneyEngine

/// A model of the journeys found by the inductive miner, as a process tree and as a net.
package enum DiscoverQuestion: JourneyQuestion {
    package static let id = "discover"
    package static let title = "A model of the journeys"
    package static let about =
        "Inductive miner, with noise to leave rare behaviour out. At noise 0 every journey fits. Gives PNML."

    package struct Answer: JourneyAnswer, Hashable {
        package var tree: String
        package var noise: Double
        package var places: Int
        package var transitions: Int
        package var silent: Int
        package var arcs: Int
        package var pnml: String

        package init(_ log: VariantLog, noise: Double) {
            let tree = InductiveMiner.tree(of: log, noise: noise)
            let net = tree.petriNet(name: "inductive miner, noise \(noise)")
            self.tree = tree.text
            self.noise = noise
            places = net.places.count
            transitions = net.transitions.count
            silent = net.silentCount
            arcs = net.arcCount
            pnml = net.pnml()
        }

        package var tables: [AnswerTable] {
            [
                AnswerTable(
                    "Model", columns: ["measure", "value"],
                    rows: [
                        [.text("tree"), .text(tree)], [.text("noise"), .number(noise)],
                        [.text("places"), .integer(places)], [.text("transitions"), .integer(transitions)],
                        [.text("silent"), .integer(silent)], [.text("arcs"), .integer(arcs)],
                    ])
            ]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer {
        guard (0...1).contains(options.noise) else {
            throw JourneyProblem.outOfRange(option: "noise", value: "\(options.noise)", allowed: "from 0 to 1")
        }
        return Answer(VariantLog(log, threads: options.threads), noise: options.noise)
    }
}
