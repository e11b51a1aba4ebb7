import Analyses
import Commands
import Experience
import Formats
import Foundation
import Statistics
import Testing

/// What the simulated offices say is held against what happens, as the public pages do it.
@Suite struct DemoOddsTests {
    private static let today = CivilDate("2026-11-21")!

    private static func points(_ service: String) throws -> [PromiseCalibration.Point] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let definitions = ServiceFolder.definitions(
            in: [root.appendingPathComponent("services").path], calendars: .standard, today: today)
        let asked = definitions.filter { $0.id.text == service }
        let year = DemoSimulation(seed: 1, definitions: asked, today: today, size: 0.2).batches().flatMap(\.events)
        var histories: [JourneyID: [RecordedEvent]] = [:]
        for (number, event) in year.enumerated() where !event.journey.isUnattached {
            histories[event.journey, default: []].append(
                RecordedEvent(sequence: Int64(number + 1), recorded: event.occurred, event: event))
        }
        var table = JourneyTable(cohortNames: [])
        for events in histories.values.sorted(by: { $0[0].sequence < $1[0].sequence }) {
            guard let state = JourneyState.fold(events, definition: asked.first, calendars: .standard) else { continue }
            _ = table.append(state)
        }
        return PromiseCalibration(
            table, (0..<Int32(table.count)).map { $0 }, now: today.startUTC.microseconds, rule: .staff
        ).points
    }

    @Test func whatIsSaidOfOrdersIsWhatWas() throws {
        let points = try Self.points("supply-order")
        #expect(points.map(\.said) == [0.5, 0.8, 0.9, 0.95])
        for point in points {
            let was = try #require(point.was.value)
            #expect(abs(was - point.said) < 0.04, "said \(point.said), was \(was)")
        }
    }

    /// Its queue doubles in spring, and people are waited for: one curve over what had finished said half, where it was
    /// a quarter.
    @Test func whatIsSaidOfPassportsHoldsThroughTheSpring() throws {
        let points = try Self.points("passport-renewal")
        for point in points {
            let was = try #require(point.was.value)
            #expect(abs(was - point.said) < 0.1, "said \(point.said), was \(was)")
        }
    }
}
