internal import Experience
package import JourneyEngine

/// Who hands work to whom: consecutive events with both values present (van der Aalst, Reijers & Song 2005).
package enum HandoverQuestion: JourneyQuestion {
    package static let id = "handover"
    package static let title = "Who hands over to whom"
    package static let about =
        "Consecutive events by person or unit. Takes an event attribute, org:resource when none is named."

    package struct Answer: JourneyAnswer, Hashable {
        package var handover: Figures

        package struct Figures: Sendable, Hashable, Codable {
            package var attribute: String
            /// Distinct pairs.
            package var edges: Int
            package var total: Int
            /// Of `total`, from someone to themselves.
            package var own: Int
            /// Count descending, then names ascending.
            package var top: [PairCount]

            enum CodingKeys: String, CodingKey {
                case attribute, edges, total, top
                case own = "self"
            }
        }

        package var tables: [AnswerTable] {
            let columns = ["from", "to", "count"]
            return [AnswerTable("Handover by \(handover.attribute)", columns: columns, rows: handover.top.map(\.cells))]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer {
        let name = options.attribute ?? "org:resource"
        guard let attribute = log.attributeIndex(name, level: .event) else {
            if options.attribute == nil {
                return Answer(handover: .init(attribute: name, edges: 0, total: 0, own: 0, top: []))
            }
            let names = log.attributes.filter { $0.level == .event }.map(\.name)
            throw JourneyProblem.unknownAttribute(name, nearest: nearestName(to: name, in: names))
        }
        let pairs = log.handover(attribute: attribute, threads: options.threads).edges.map { edge in
            PairCount(edge.from, edge.to, edge.count)
        }
        let sorted = pairs.sorted { a, b in
            if a.count != b.count { return a.count > b.count }
            return a.from == b.from ? precedesByScalar(a.to, b.to) : precedesByScalar(a.from, b.from)
        }
        return Answer(
            handover: .init(
                attribute: name, edges: pairs.count, total: pairs.reduce(0) { $0 + $1.count },
                own: pairs.reduce(0) { $0 + ($1.from == $1.to ? $1.count : 0) },
                top: Array(sorted.prefix(max(0, options.top ?? 60)))))
    }
}
