package import JourneyEngine

/// Which declarative constraints the journeys keep by themselves: support and confidence of every template.
package enum DeclareQuestion: JourneyQuestion {
    package static let id = "declare"
    package static let title = "Rules the journeys keep by themselves"
    package static let about =
        "DECLARE constraints with the journeys that activate and that keep them, above a least support and confidence."

    /// In JSON the row `[[activity, …], activated, kept]`.
    package struct Constraint: Sendable, Hashable, Codable {
        package var activities: [String]
        package var activated: Int
        package var kept: Int

        package init(activities: [String], activated: Int, kept: Int) {
            self.activities = activities
            self.activated = activated
            self.kept = kept
        }

        package init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            activities = try row.decode([String].self)
            activated = try row.decode(Int.self)
            kept = try row.decode(Int.self)
        }

        package func encode(to encoder: any Encoder) throws {
            var row = encoder.unkeyedContainer()
            try row.encode(activities)
            try row.encode(activated)
            try row.encode(kept)
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        /// By template name; templates nothing qualifies for are left out.
        package var declare: [String: [Constraint]]

        package var tables: [AnswerTable] {
            var rows: [[AnswerCell]] = []
            for template in declare.keys.sorted() {
                for c in declare[template] ?? [] {
                    rows.append([.text(template), .texts(c.activities), .integer(c.activated), .integer(c.kept)])
                }
            }
            return [
                AnswerTable("Constraints", columns: ["template", "activities", "activated", "kept"], rows: rows)
            ]
        }

        /// - Parameters:
        ///   - minimumSupport: least share of all journeys that activate the constraint.
        ///   - minimumConfidence: least share of those that keep it.
        package init(_ log: VariantLog, minimumSupport: Double, minimumConfidence: Double) {
            let n = log.activities.count
            let total = log.journeyCount
            let unary = DeclareTemplate.allCases.filter(\.isUnary)
            let binary = DeclareTemplate.allCases.filter { !$0.isUnary }
            var unaryCounts = [[(Int, Int)]](repeating: [(Int, Int)](repeating: (0, 0), count: n), count: unary.count)
            var binaryCounts = [[(Int, Int)]](
                repeating: [(Int, Int)](repeating: (0, 0), count: n * n), count: binary.count)
            for variant in log.variants {
                let positions = PathPositions(variant.path, activities: n)
                for (t, template) in unary.enumerated() {
                    for a in 0..<n {
                        guard let isKept = positions.keeps(template, a) else { continue }
                        unaryCounts[t][a].0 += variant.count
                        if isKept { unaryCounts[t][a].1 += variant.count }
                    }
                }
                // Pairs of which the path has neither are activated by no template.
                let present = (0..<n).filter { !positions.positions[$0].isEmpty }
                func count(_ a: Int, _ b: Int) {
                    for (t, template) in binary.enumerated() {
                        guard let isKept = positions.keeps(template, a, b) else { continue }
                        binaryCounts[t][a * n + b].0 += variant.count
                        if isKept { binaryCounts[t][a * n + b].1 += variant.count }
                    }
                }
                for a in present {
                    for b in 0..<n where b != a {
                        count(a, b)
                        if positions.positions[b].isEmpty { count(b, a) }
                    }
                }
            }
            func qualifies(_ c: (Int, Int)) -> Bool {
                c.0 > 0 && Double(c.0) >= minimumSupport * Double(total)
                    && Double(c.1) >= minimumConfidence * Double(c.0)
            }
            declare = [:]
            for (t, template) in unary.enumerated() {
                let found = (0..<n).filter { qualifies(unaryCounts[t][$0]) }.map { a in
                    Constraint(
                        activities: [log.activities[a]], activated: unaryCounts[t][a].0, kept: unaryCounts[t][a].1)
                }
                if !found.isEmpty { declare[template.rawValue] = found }
            }
            for (t, template) in binary.enumerated() {
                let found = (0..<(n * n)).filter { qualifies(binaryCounts[t][$0]) }.map { pair in
                    Constraint(
                        activities: [log.activities[pair / n], log.activities[pair % n]],
                        activated: binaryCounts[t][pair].0, kept: binaryCounts[t][pair].1)
                }
                if !found.isEmpty { declare[template.rawValue] = found }
            }
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        Answer(
            VariantLog(log), minimumSupport: options.minimumSupport, minimumConfidence: options.minimumConfidence)
    }
}
