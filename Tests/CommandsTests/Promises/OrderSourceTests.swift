import Analyses
import Commands
import Experience
import Formats
import Foundation
import Storage
import Testing

@Suite struct OrderSourceTests {
    private static let agency = AgencyID("permits")!
    private static let start = Instant(rfc3339: "2026-01-05T15:00:00Z")!
    private static func text(_ words: String) -> LocalText { LocalText(en: words, es: words) }

    private static let definition = ServiceDefinition(
        id: ServiceID("street-permit")!, agency: agency, agencyName: text("Permits"), title: text("Street permit"),
        summary: text("A permit"),
        steps: [
            .init(id: Slug("filed")!, title: text("Filed"), by: .person, aliases: ["FILED"]),
            .init(id: Slug("checked")!, title: text("Checked"), by: .staff),
            .init(id: Slug("issued")!, title: text("Issued"), by: .staff, closes: true),
        ], channels: [.web],
        promise: .init(
            from: Slug("filed")!, to: Slug("issued")!, calendar: .weekdays, standard: .workingDays(20),
            probability: 0.9, milestones: [Slug("checked")!]),
        outcome: text("Did you get it?"), cohorts: [.init(name: "office", title: text("Office"))])

    private static func event(
        _ number: Int, _ activity: String, day: Int, kind: EventKind = .step,
        _ attributes: [String: AttributeValue] = [:]
    ) -> Event {
        Event(
            agency: agency, service: definition.id, journey: JourneyID("p\(number)")!, source: "test",
            sourceID: "\(number)/\(activity)", kind: kind, activity: activity, channel: .web, actor: Actor(.staff),
            occurred: start.advanced(by: Int64(day) * Instant.day), attributes: attributes)
    }

    @Test func aServiceOfTheRecordIsReadByStepsAliasesAndCohorts() async throws {
        let record = try await Record.open(
            path: NSTemporaryDirectory() + "/throughline-orders-\(UUID().uuidString)",
            options: RecordOptions(rules: ViewRules(services: [Self.definition])))
        var events: [Event] = []
        for number in 0..<200 {
            let day = number / 2
            events.append(Self.event(number, "FILED", day: day, ["office": .text(number % 2 == 0 ? "north" : "south")]))
            events.append(Self.event(number, "checked", day: day + 3))
            if number < 190 { events.append(Self.event(number, "issued", day: day + 6 + number % 5)) }
            if number == 199 { events.append(Self.event(number, "withdrawn", day: day + 1, kind: .closed)) }
        }
        _ = try await record.append(events)
        let orders = try await OrderTable(
            record, Self.definition, from: "filed", to: "issued", by: ["office"], own: nil, milestones: nil)
        #expect(orders.rows.count == 199 && orders.left == ["closed without issued": 1])
        #expect(orders.milestones == ["checked"])
        let first = try #require(orders.rows.first)
        #expect(first.values == ["north"] && first.milestones == [first.start + 3] && first.end == first.start + 6)
        #expect(orders.rows.count { $0.end == nil } == 9)
        let report = Backtest.run(rows: orders.rows, attributes: ["office"], milestones: orders.milestones)
        #expect(report.n > 20)
        #expect(try #require(report.kept) > 0.85)
        await #expect(throws: (any Error).self) {
            _ = try await OrderTable(
                record, Self.definition, from: "filed", to: "posted", by: ["office"], own: nil, milestones: nil)
        }
        await #expect(throws: (any Error).self) {
            _ = try await OrderTable(
                record, Self.definition, from: "filed", to: "issued", by: ["colour"], own: nil, milestones: nil)
        }
        await record.close()
    }

    @Test func anEventLogIsReadByActivities() throws {
        var lines = ["case,activity,time,office,promised"]
        for number in 0..<40 {
            let (from, to) = (CivilDate("2026-01-05")!.adding(days: number), 4 + number % 3)
            let own = from.adding(days: 9)
            lines.append("c\(number),file,\(from)T09:00:00Z,north,\(own)")
            lines.append("c\(number),check,\(from.adding(days: 2))T09:00:00Z,north,\(own)")
            if number < 39 { lines.append("c\(number),issue,\(from.adding(days: to))T09:00:00Z,north,\(own)") }
        }
        let path = NSTemporaryDirectory() + "/throughline-log-\(UUID().uuidString).csv"
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let log = try LogReader.read(path: path, options: LogReadingOptions()).log
        let orders = try OrderTable(
            log, from: "file", to: "issue", by: ["office"], own: "promised", milestones: ["check"])
        #expect(orders.rows.count == 40 && orders.rows.count { $0.end == nil } == 1)
        let first = try #require(orders.rows.first)
        #expect(first.end == first.start + 4 && first.milestones == [first.start + 2] && first.own == first.start + 9)
        #expect(first.values == ["north"])
        #expect(throws: (any Error).self) {
            _ = try OrderTable(log, from: "file", to: "none", by: ["office"], own: nil, milestones: [])
        }
        #expect(throws: (any Error).self) {
            _ = try OrderTable(log, from: "file", to: "issue", by: ["colour"], own: nil, milestones: [])
        }
    }
}
