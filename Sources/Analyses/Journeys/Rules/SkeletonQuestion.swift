package import JourneyEngine

/// The log skeleton (Verbeek & Medeiros de Carvalho 2018), without noise: relations that no journey breaks.
///
/// `always_after` and `always_before` hold, as in the reference figures, for activities that never repeat where the
/// relation counts; `always_after_each` and `always_before_each` are the published definition: every occurrence has
/// the other somewhere after, or before, it.
package enum SkeletonQuestion: JourneyQuestion {
    package static let id = "skeleton"
    package static let title = "Log skeleton"
    package static let about =
        "Equivalence, always after, always before, never together, directly follows, and counts a journey."

    package struct Skeleton: Sendable, Hashable, Codable {
        package var equivalence: [[String]] = []
        package var alwaysAfter: [[String]] = []
        package var alwaysBefore: [[String]] = []
        package var alwaysAfterEach: [[String]] = []
        package var alwaysBeforeEach: [[String]] = []
        package var neverTogether: [[String]] = []
        package var directlyFollows: [[String]] = []
        /// How often the activity happens on a journey: every number seen, ascending.
        package var frequencies: [String: [Int]] = [:]

        enum CodingKeys: String, CodingKey {
            case equivalence
            case alwaysAfter = "always_after"
            case alwaysBefore = "always_before"
            case alwaysAfterEach = "always_after_each"
            case alwaysBeforeEach = "always_before_each"
            case neverTogether = "never_together"
            case directlyFollows = "directly_follows"
            case frequencies = "activ_freq"
        }

        package init(_ log: VariantLog) {
            let n = log.activities.count
            var events = [Int](repeating: 0, count: n)
            var journeys = events
            var together = [Int](repeating: 0, count: n * n)
            var equal = together
            var after = together
            var afterEach = together
            var beforeEach = together
            var straightAfter = together
            var seen = [Set<Int>](repeating: [], count: n)
            for variant in log.variants {
                let path = PathPositions(variant.path, activities: n)
                let present = (0..<n).filter { !path.positions[$0].isEmpty }
                for a in 0..<n {
                    let own = path.positions[a]
                    seen[a].insert(own.count)
                    guard let firstA = own.first, let lastA = own.last else { continue }
                    events[a] += own.count * variant.count
                    journeys[a] += variant.count
                    for b in present where b != a {
                        guard let firstB = path.positions[b].first, let lastB = path.positions[b].last else { continue }
                        let cell = a * n + b
                        together[cell] += variant.count
                        if own.count == path.positions[b].count { equal[cell] += variant.count }
                        if firstA < lastB { after[cell] += variant.count }
                        if lastA < lastB { afterEach[cell] += variant.count }
                        if firstB < firstA { beforeEach[cell] += variant.count }
                        if path.keeps(.chainresponse, a, b) == true { straightAfter[cell] += variant.count }
                    }
                }
            }
            for a in 0..<n {
                frequencies[log.activities[a]] = seen[a].sorted()
                for b in 0..<n where b != a {
                    let pair = [log.activities[a], log.activities[b]]
                    let cell = a * n + b
                    if equal[cell] == journeys[a] { equivalence.append(pair) }
                    if after[cell] == events[a] { alwaysAfter.append(pair) }
                    if after[b * n + a] == events[a] { alwaysBefore.append(pair) }
                    if afterEach[cell] == journeys[a] { alwaysAfterEach.append(pair) }
                    if beforeEach[cell] == journeys[a] { alwaysBeforeEach.append(pair) }
                    if together[cell] == 0 { neverTogether.append(pair) }
                    if straightAfter[cell] == journeys[a] { directlyFollows.append(pair) }
                }
            }
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var skeleton: Skeleton

        enum CodingKeys: String, CodingKey { case skeleton = "log_skeleton_noise0" }

        package var tables: [AnswerTable] {
            var rows: [[AnswerCell]] = []
            let relations: [(String, [[String]])] = [
                ("equivalence", skeleton.equivalence), ("always_after", skeleton.alwaysAfter),
                ("always_before", skeleton.alwaysBefore), ("always_after_each", skeleton.alwaysAfterEach),
                ("always_before_each", skeleton.alwaysBeforeEach), ("never_together", skeleton.neverTogether),
                ("directly_follows", skeleton.directlyFollows),
            ]
            for (name, pairs) in relations {
                for pair in pairs { rows.append([.text(name), .text(pair[0]), .text(pair[1])]) }
            }
            let counts: [[AnswerCell]] = skeleton.frequencies.keys.sorted(by: precedesByScalar).map { name in
                [.text(name), .text((skeleton.frequencies[name] ?? []).map { String($0) }.joined(separator: " "))]
            }
            return [
                AnswerTable("Relations", columns: ["relation", "a", "b"], rows: rows),
                AnswerTable("Times a journey", columns: ["activity", "counts"], rows: counts),
            ]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        Answer(skeleton: Skeleton(VariantLog(log)))
    }
}
