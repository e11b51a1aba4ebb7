internal import Analyses
internal import Experience
internal import JourneyEngine
internal import Site
internal import Statistics
internal import Storage

extension StaffReports {
    /// Journeys looked at for the working time: the middle of so many lies within a few per cent of that of all.
    static let workSample = 600

    /// Evenly over the closed journeys, so that the same page shows the same figure.
    static func sample(_ closed: [Int32], of table: JourneyTable) -> [String] {
        guard closed.count > workSample else { return closed.map { table.ids[Int($0)] } }
        return (0..<workSample).map { table.ids[Int(closed[$0 * closed.count / workSample])] }
    }

    /// The middle office time from the recorded beginning of each piece of work to its end, a journey; nil where none
    /// of them says when work began.
    func workingTime(_ definition: ServiceDefinition, _ journeys: [String]) async throws -> ShownFigure? {
        let spans = try await record.work(on: journeys, agency: definition.agency)
        guard !spans.isEmpty else { return nil }
        let calendar = calendars()[definition.promise?.calendar ?? .usFederal]
        var worked: [String: Int64] = [:]
        for span in spans {
            let time =
                calendar?.elapsed(from: span.started, to: span.ended)
                ?? span.ended.microseconds - span.started.microseconds
            worked[span.journey, default: 0] += time
        }
        return ShownFigure(TimeSample(worked.values.sorted()).median(rule: .staff), .seconds, "work")
    }
}
