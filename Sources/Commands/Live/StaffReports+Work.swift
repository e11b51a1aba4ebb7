internal import Analyses
internal import Experience
internal import JourneyEngine
internal import Site
internal import Statistics
internal import Storage

extension StaffReports {
    /// Journeys looked at for the working time: the middle of so many lies within a few per cent of that of all.
    static let workSample = 600

    /// The journeys looked at: the same ones every time, so that the same page shows the same figure.
    static func sample(_ closed: [Int32], of table: JourneyTable) -> [String] {
        evenly(closed, workSample).map { table.ids[Int($0)] }
    }

    /// So many of the rows, at even distances; all of them when there are no more.
    static func evenly(_ rows: [Int32], _ count: Int) -> [Int32] {
        guard rows.count > count else { return rows }
        return (0..<count).map { rows[$0 * rows.count / count] }
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
