import Commands
import Experience
import Formats
import Foundation
import Storage
import Testing

@Suite struct DemoSimulationTests {
    private static let today = CivilDate("2026-11-21")!

    private static let definitions: [ServiceDefinition] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return ServiceFolder.definitions(
            in: [root.appendingPathComponent("services").path], calendars: .standard, today: today)
    }()

    private static func simulation(seed: UInt64, size: Double) -> DemoSimulation {
        DemoSimulation(seed: seed, definitions: definitions, today: today, size: size)
    }

    /// One year, looked at by several tests.
    private static let year = simulation(seed: 1, size: 0.1).batches().flatMap(\.events)

    private static let states: [JourneyState] = {
        var histories: [JourneyID: [RecordedEvent]] = [:]
        for (number, event) in year.enumerated() where !event.journey.isUnattached {
            histories[event.journey, default: []].append(
                RecordedEvent(sequence: Int64(number + 1), recorded: event.occurred, event: event))
        }
        return histories.values.compactMap { events in
            let definition = definitions.first { $0.id == events[0].event.service }
            return JourneyState.fold(events, definition: definition, calendars: .standard)
        }
    }()

    /// FNV-1a over everything an event holds.
    private static func digest(_ batches: [DemoBatch]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        for batch in batches {
            for event in batch.events {
                add(
                    "\(event.journey) \(event.sourceID) \(event.kind.rawValue) \(event.activity) \(event.channel.rawValue)"
                )
                add("\(event.touchpoint ?? "-") \(event.actor) \(event.occurred.microseconds)")
                for (key, value) in event.attributes.sorted(by: { $0.key < $1.key }) { add("\(key)=\(value.plain)") }
            }
            for word in batch.words { add("\(word.sourceID) \(word.field) \(word.text)") }
        }
        return hash
    }

    @Test func theSameSeedGivesTheSameYear() {
        let first = DemoSimulationTests.digest(DemoSimulationTests.simulation(seed: 7, size: 0.01).batches())
        let second = DemoSimulationTests.digest(DemoSimulationTests.simulation(seed: 7, size: 0.01).batches())
        let other = DemoSimulationTests.digest(DemoSimulationTests.simulation(seed: 8, size: 0.01).batches())
        #expect(first == second)
        #expect(first != other)
    }

    @Test func everyEventIsValidLabelledInTheYearAndInOrder() throws {
        let end = DemoSimulationTests.today.startUTC.advanced(by: Instant.day)
        let start = end.advanced(by: -367 * Instant.day)
        var ids: Set<String> = []
        var last = start
        for event in DemoSimulationTests.year {
            try event.check()
            #expect(event.source == "demo" && event.attributes["simulated"] == .boolean(true))
            #expect(event.occurred >= last && event.occurred < end)
            last = event.occurred
            ids.insert("\(event.agency) \(event.sourceID)")
        }
        #expect(ids.count == DemoSimulationTests.year.count)
    }

    @Test func stepsAndResultsAreThoseOfTheDefinition() {
        #expect(DemoSimulationTests.definitions.count == 5)
        for definition in DemoSimulationTests.definitions {
            let events = DemoSimulationTests.year.filter { $0.service == definition.id }
            let steps = Set(events.filter { $0.kind == .step }.map(\.activity))
            #expect(steps == Set(definition.steps.map(\.id.text)), "\(definition.id)")
            let results = Set(events.compactMap { $0.attributes["result"]?.plain })
            #expect(results.isSubset(of: definition.results.map(\.id.text)), "\(definition.id): \(results)")
            #expect(results.count > 1)
            for cohort in definition.cohorts {
                let values = Set(events.compactMap { $0.attributes[cohort.name]?.plain })
                #expect(values.count > 1, "\(definition.id) has one \(cohort.name)")
            }
        }
    }

    @Test func ratingsFollowWhetherTheDateWasKept() {
        let now = DemoSimulationTests.today.startUTC
        func mean(_ verdict: PromiseClock.Verdict) -> Double {
            let ratings = DemoSimulationTests.states.filter { $0.promise?.verdict(.last, now: now) == verdict }
                .compactMap(\.rating)
            return Double(ratings.reduce(0, +)) / Double(max(1, ratings.count))
        }
        #expect((4.1...4.6).contains(mean(.kept)))
        #expect((1.8...2.7).contains(mean(.broken)))
    }

    @Test func everythingThatCanHappenHappens() {
        let states = DemoSimulationTests.states
        let kinds = Set(DemoSimulationTests.year.map(\.kind))
        #expect(kinds.isSuperset(of: [.step, .contact, .promise, .response, .offer, .outcome, .closed]))
        #expect(states.contains { $0.closed == nil })
        #expect(states.contains { $0.isClosedNotSolved })
        #expect(states.contains { ($0.promise?.repromises ?? 0) > 0 })
        #expect(states.contains { $0.promise?.state == .paused })
        #expect(states.contains { $0.promise?.state == .withdrawn })
        #expect(DemoSimulationTests.year.contains { $0.journey.isUnattached && $0.channel == .kiosk })
    }

    @Test func claimsGrowManyfoldWithinWeeks() {
        var weeks: [Int: Int] = [:]
        for state in DemoSimulationTests.states where state.service.text == "unemployment-insurance" {
            weeks[CivilDate(utc: state.opened).daysSince1970 / 7, default: 0] += 1
        }
        let counts = weeks.sorted { $0.key < $1.key }.map(\.value)
        let usual = counts.prefix(20).reduce(0, +) / 20
        #expect((counts.max() ?? 0) > 8 * max(1, usual))
    }

    @Test func peopleChaseFarMoreOftenOnceTheDateHasPassed() {
        let end = DemoSimulationTests.today.startUTC
        var dues: [JourneyID: Instant] = [:]
        var (daysInTime, daysLate) = (0.0, 0.0)
        for state in DemoSimulationTests.states {
            guard let due = state.promise?.firstDue else { continue }
            dues[state.journey] = due
            let last = state.closed?.at ?? end
            daysInTime += max(0, min(last, due).seconds(since: state.opened)) / 86_400
            daysLate += max(0, last.seconds(since: due)) / 86_400
        }
        let chasing = DemoSimulationTests.year.filter { $0.attributes["failure_demand"] == .boolean(true) }
        let late = chasing.count { event in dues[event.journey].map { event.occurred > $0 } ?? false }
        let rateLate = Double(late) / max(1, daysLate)
        let rateInTime = Double(chasing.count - late) / max(1, daysInTime)
        #expect(late > 50)
        #expect(rateLate > 4 * rateInTime)
    }

    @Test func aRecordTakesAYearAndItsViewsAreRight() async throws {
        let directory = NSTemporaryDirectory() + "/throughline-demo-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let rules = ViewRules(services: DemoSimulationTests.definitions)
        let record = try await Record.open(path: directory, options: RecordOptions(rules: rules))
        let batches = DemoSimulationTests.simulation(seed: 3, size: 0.02).batches(of: 500)
        for batch in batches {
            let answers = try await record.append(batch.events)
            let all = answers.allSatisfy { if case .stored = $0 { true } else { false } }
            #expect(all)
        }
        let live = try await record.viewsDigest()
        try await record.rebuild()
        #expect(try await record.viewsDigest() == live)
        await record.close()
    }
}
