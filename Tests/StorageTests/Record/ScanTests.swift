import Experience
import Storage
import Testing

@Suite(.everyDatabase) struct ScanTests {
    private final class Lines: LineReader {
        private var found: [String] = []

        func take(_ line: EventLine) {
            let text = line.with(.activity) { String(decoding: $0, as: UTF8.self) }
            let unit = line.with(.unit) { $0.count }
            found.append("\(line.sequence) \(text) \(line.occurred == Sample.start.microseconds) \(unit)")
        }

        func finish() -> [String] { found }
    }

    private final class Journeys: LineReader {
        private var found: [String] = []

        func take(_ line: JourneyLine) {
            let due = line.lastDue.map(String.init) ?? "-"
            found.append("\(line.journey) \(line.promise?.rawValue ?? "-") \(due) \(line.cohorts["office"] ?? "-")")
            if let moved = line.movedFrom { found.append("\(line.journey) from \(moved)") }
            if let since = line.waitingSince { found.append("\(line.journey) since \(since)") }
        }

        func finish() -> [String] { found.sorted() }
    }

    @Test func aScanOfEventsGivesTheRangeInOrder() async throws {
        let record = try await Store().record
        _ = try await record.append((1...5).map { Sample.event("j\($0)", "\($0)", "step-\($0)") })
        let lines = try await record.scanEvents(2...4) { Lines() }
        #expect(lines == ["2 step-2 true 0", "3 step-3 true 0", "4 step-4 true 0"])
    }

    @Test func aScanOfJourneysAgreesWithTheStatesReadOneByOne() async throws {
        let record = try await Store().record
        _ = try await record.append([
            Sample.event("j1", "1", attributes: ["office": .text("north")]), Sample.armed("j1", "2"),
            Sample.event("j2", "3"),
        ])
        let state = try #require(try await record.journey(JourneyID("j1")!, agency: Sample.agency))
        let due = try #require(state.promise?.lastDue)
        let lines = try await record.scanJourneys { Journeys() }
        #expect(lines == ["j1 open \(due.microseconds) north", "j2 - - -"])
    }

    @Test func aScanTellsFromWhereAWaitMovedTheDateAndSinceWhenOneLasts() async throws {
        let record = try await Store().record
        func event(_ number: String, day: Int64, _ entry: PromiseEntry) -> Event {
            Event(
                agency: Sample.agency, service: Sample.service, journey: JourneyID("j1")!, source: "test",
                sourceID: number, kind: .promise, activity: entry.activity,
                occurred: Sample.start.advanced(by: day * Instant.day), attributes: entry.attributes)
        }
        _ = try await record.append([
            Sample.event("j1", "1"), Sample.armed("j1", "2"),
            event("3", day: 1, .paused(id: "a", waitingFor: .person, holder: nil)),
            event("4", day: 15, .resumed(pauseID: "a")),
            event("5", day: 16, .paused(id: "b", waitingFor: .person, holder: nil)),
        ])
        let clock = try #require(try await record.journey(JourneyID("j1")!, agency: Sample.agency)?.promise)
        let given = try #require(clock.movedFrom)
        let since = try #require(clock.waitingSince)
        let due = try #require(clock.lastDue)
        #expect(given < due)
        let lines = try await record.scanJourneys { Journeys() }
        #expect(
            lines == [
                "j1 from \(given.microseconds)", "j1 paused \(due.microseconds) -", "j1 since \(since.microseconds)",
            ])
    }
}
