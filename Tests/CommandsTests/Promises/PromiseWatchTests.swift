import Analyses
import Commands
import Experience
import Foundation
import Logging
import Site
import Storage
import Synchronization
import Testing

@Suite struct PromiseWatchTests {
    private static let agency = AgencyID("permits")!
    private static let start = Instant(rfc3339: "2026-03-02T15:00:00Z")!
    private static func text(_ words: String) -> LocalText { LocalText(en: words, es: words) }

    private static func definition(warns: Bool) -> ServiceDefinition {
        ServiceDefinition(
            id: ServiceID("street-permit")!, agency: agency, agencyName: text("Permits"), title: text("Street permit"),
            summary: text("A permit"),
            steps: [
                .init(id: Slug("filed")!, title: text("Filed"), by: .person),
                .init(id: Slug("checked")!, title: text("Checked"), by: .staff, aliases: ["CHK"]),
                .init(id: Slug("issued")!, title: text("Issued"), by: .staff, closes: true),
            ], channels: [.web],
            promise: .init(
                from: Slug("filed")!, to: Slug("issued")!, calendar: .weekdays, standard: .workingDays(20),
                probability: 0.9, milestones: [Slug("checked")!], warning: warns ? .init(from: 0.5) : nil),
            outcome: text("Did you get it?"))
    }

    /// 600 permits: checked after 5 to 14 working days, issued 4 to 8 after that.
    private static let model: PromiseModel = {
        let calendar = CalendarSet.standard[.weekdays]!
        let today = calendar.date(of: start).daysSince1970
        func after(_ day: Int, _ steps: Int) -> Int {
            var (at, left) = (day, steps)
            while left > 0 {
                at += 1
                if calendar.isWorkingDay(CivilDate(daysSince1970: at)) { left -= 1 }
            }
            return at
        }
        let rows = (0..<600).map { number -> PromiseRow in
            let day = today - 420 + number * 400 / 600
            let checked = after(day, 5 + number * 7 % 10)
            let ended = after(checked, 4 + number * 3 % 5)
            return PromiseRow(
                start: day, milestones: [checked < today ? checked : nil], end: ended < today ? ended : nil, values: [])
        }
        var options = PromiseOptions()
        options.confidence = 0.9
        return PromiseModel.build(
            history: PromiseHistory(rows: rows, attributes: [], milestones: ["checked"]),
            today: calendar.date(of: start), calendar: calendar, standard: .workingDays(20), options: options)
    }()

    private final class Desk: Sendable {
        let record: Record
        let watch: PromiseWatch
        let definition: ServiceDefinition
        let now = Mutex(PromiseWatchTests.start)

        final class Box: Sendable { let now = Mutex(PromiseWatchTests.start) }
        let box: Box

        init(warns: Bool) async throws {
            let box = Box()
            self.box = box
            let definition = PromiseWatchTests.definition(warns: warns)
            self.definition = definition
            record = try await Record.open(
                path: NSTemporaryDirectory() + "/throughline-watch-\(UUID().uuidString)",
                options: RecordOptions(
                    rules: ViewRules(services: [definition]),
                    vaultKeys: VaultKeys(current: VaultKey(bytes: Array(repeating: 3, count: 32))!),
                    now: { box.now.withLock { $0 } }))
            let model = PromiseWatchTests.model
            watch = PromiseWatch(
                record: record, definitions: { [definition] }, snapshot: { _ in nil }, model: { _ in model },
                calendars: { .standard }, now: { box.now.withLock { $0 } },
                trackingLink: { _ in "https://permits.example/track" },
                format: { language in
                    Format(words: Words(language: language, table: PromiseWatchTests.words), zone: "UTC")
                }, logger: Logger(label: "test"))
        }

        func at(_ time: Instant) { box.now.withLock { $0 = time } }

        func event(
            _ journey: String, _ activity: String, _ kind: EventKind, at: Instant,
            _ values: [String: AttributeValue] = [:]
        ) -> Event {
            Event(
                agency: definition.agency, service: definition.id, journey: JourneyID(journey)!, source: "test",
                sourceID: "\(journey)/\(activity)", kind: kind, activity: activity, channel: .web,
                actor: Actor(.person),
                occurred: at, attributes: values)
        }

        /// A request with a date so many working days ahead.
        func files(_ journey: String, days: Int, email: String?) async throws {
            let terms = PromiseTerms(
                budget: .workingDays(days), calendar: CalendarReference("weekdays")!, probability: 0.9, basis: "test")
            let entry = PromiseEntry.armed(terms)
            _ = try await record.append(
                Submission(
                    events: [
                        event(journey, "filed", .step, at: PromiseWatchTests.start, ["language": .text("es")]),
                        event(journey, entry.activity, .promise, at: PromiseWatchTests.start, entry.attributes),
                    ],
                    words: email.map {
                        [
                            VaultEntry(
                                subject: .person(JourneyID(journey)!, agency: definition.agency), field: "email",
                                text: $0)
                        ]
                    } ?? []))
        }

        func clock(_ journey: String) async throws -> PromiseClock {
            try #require(try await record.journey(JourneyID(journey)!, agency: definition.agency)?.promise)
        }
    }

    private static let words: [String: String] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Templates/words/es.json")
        return (try? JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))) ?? [:]
    }()

    @Test func aPersonIsWarnedOnceOfANewDateBeforeTheOldOneBreaks() async throws {
        let desk = try await Desk(warns: true)
        try await desk.files("late", days: 8, email: "maria@example.org")
        try await desk.files("mute", days: 8, email: nil)
        let soon = PromiseWatchTests.start.advanced(by: 5 * Instant.day)
        desk.at(soon)
        for journey in ["late", "mute"] {
            #expect(try await desk.watch.reconsider(desk.definition, JourneyID(journey)!, reached: nil))
        }
        let clock = try await desk.clock("late")
        let (first, last) = (try #require(clock.firstDue), try #require(clock.lastDue))
        #expect(first > soon && last > first && clock.repromises == 1)
        #expect(!clock.isUntold)
        #expect(try await desk.clock("mute").isUntold, "nobody could be told")
        #expect(try await desk.record.messageCounts() == [.queued: 1])
        let mail = try #require(try await desk.record.leaseMessages(by: "x", until: soon).first)
        #expect(mail.address == "maria@example.org" && mail.language == .es)
        #expect(mail.body.contains("Ahora creemos que no podremos cumplir esa fecha"))
        #expect(!mail.body.contains("⟦"))
        #expect(try await desk.watch.reconsider(desk.definition, JourneyID("late")!, reached: nil) == false)
        #expect(try await desk.clock("late").repromises == 1)
    }

    @Test func withoutTheRuleNobodyIsWarned() async throws {
        let desk = try await Desk(warns: false)
        try await desk.files("late", days: 8, email: "maria@example.org")
        desk.at(PromiseWatchTests.start.advanced(by: 5 * Instant.day))
        #expect(try await desk.watch.reconsider(desk.definition, JourneyID("late")!, reached: nil) == false)
        #expect(try await desk.clock("late").repromises == 0)
    }

    @Test func aMilestoneMakesTheDateSharperAndIsFollowedFromWhereItStopped() async throws {
        let desk = try await Desk(warns: true)
        try await desk.files("quick", days: 30, email: "ana@example.org")
        #expect(try await desk.watch.followTail() == 0, "what lay in the record at the start is history")
        let checked = PromiseWatchTests.start.advanced(by: 3 * Instant.day)
        desk.at(checked)
        _ = try await desk.record.append(desk.event("quick", "CHK", .step, at: checked))
        #expect(try await desk.watch.followTail() == 1)
        let clock = try await desk.clock("quick")
        #expect(try #require(clock.lastDue) < (try #require(clock.firstDue)))
        #expect(clock.commitments.last?.reason == "milestone")
        #expect(try await desk.watch.followTail() == 0)
        #expect(try await desk.record.messageCounts() == [.queued: 1])
    }
}
