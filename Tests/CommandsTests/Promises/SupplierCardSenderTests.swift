import Commands
import Experience
import Foundation
import Logging
import Storage
import Synchronization
import Testing

@Suite struct SupplierCardSenderTests {
    private static let agency = AgencyID("supply")!

    private static let definition: ServiceDefinition = {
        func text(_ words: String) -> LocalText { LocalText(en: words, es: words) }
        var definition = ServiceDefinition(
            id: ServiceID("orders")!, agency: agency, agencyName: text("Supply"), title: text("Orders"),
            summary: text("Orders"), steps: [.init(id: Slug("ordered")!, title: text("Ordered"), by: .person)],
            channels: [.web], outcome: text("Did you get it?"))
        definition.suppliers = SupplierRule(
            programme: .globalSupply, attribute: "supplier", shipped: Slug("shipped")!, fulfilled: Slug("shipped")!)
        return definition
    }()

    private final class Box: Sendable {
        let day = Mutex(CivilDate("2026-11-06")!)
        let months = Mutex<[String]>([])
    }

    @Test func everyCardGoesOutOnceWhicheverServerIsFirst() async throws {
        let record = try await Record.open(
            path: NSTemporaryDirectory() + "/throughline-cards-\(UUID().uuidString)",
            options: RecordOptions(vaultKeys: VaultKeys(current: VaultKey(bytes: Array(repeating: 3, count: 32))!)))
        let box = Box()
        func server() -> SupplierCardSender {
            SupplierCardSender(
                definitions: { [Self.definition] }, today: { box.day.withLock { $0 } },
                send: { definition, month in
                    box.months.withLock { $0.append(month.description) }
                    let queued = try await record.queueMessage(
                        OutgoingMessage(
                            agency: definition.agency, to: .address("orders@example.com"), language: .en,
                            subject: "Scorecard", body: "Card", purpose: "scorecard",
                            dedupeKey: "card/one/\(month.description.prefix(7))"))
                    if case .queued = queued { return 1 }
                    return 0
                }, logger: Logger(label: "test"))
        }
        let (first, second) = (server(), server())
        // October can't be judged yet; September is what is due, from a server that was down.
        async let a = first.sendDue()
        async let b = second.sendDue()
        let early = try await a + b
        #expect(early == 1)
        #expect(box.months.withLock { Set($0) } == ["2026-09-01"])
        box.day.withLock { $0 = CivilDate("2026-11-07")! }
        async let c = first.sendDue()
        async let d = second.sendDue()
        let due = try await c + d
        #expect(due == 1)
        #expect(try await first.sendDue() == 0)
        #expect(box.months.withLock { $0.last } == "2026-10-01")
        #expect(try await record.messageCounts()[.queued] == 2)
        let known = try await record.queuedMessages(["card/one/2026-10", "card/one/2026-11"], agency: Self.agency)
        #expect(known == ["card/one/2026-10"])
        await record.close()
    }
}
