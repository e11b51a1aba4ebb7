internal import Analyses
internal import Experience

/// When each journey of a service first reached each of its steps, looked up by the journey's id.
struct StepTimes: Sendable {
    private let steps: [String]
    private let times: [[Int64]]
    private let rows: [String: Int]

    init(_ definition: ServiceDefinition, _ snapshot: ServiceSnapshot?) {
        steps = definition.steps.map(\.id.text)
        times = snapshot?.firstTimes(of: definition.activityNames(of: definition.steps.map(\.id))) ?? []
        let ids = snapshot?.table.ids ?? []
        rows = Dictionary(zip(ids, 0...), uniquingKeysWith: { first, _ in first })
    }

    /// In the order of the service's steps.
    func of(_ journey: String) -> [(step: String, at: Instant)] {
        guard let row = rows[journey] else { return [] }
        return zip(steps, times).compactMap { step, times in
            times[row] == JourneyTable.notYet ? nil : (step, Instant(microseconds: times[row]))
        }
    }
}
