import Experience
import Foundation
import Storage
import Testing

@Suite(.everyDatabase) struct AppendTests {
    @Test func storesAnEventOnceHoweverOftenItIsSent() async throws {
        let store = try await Store()
        let event = Sample.event("j1", "1", attributes: ["office": .text("north"), "fee": .number(12.5)])
        let first: [Appended] = try await store.record.append([event])
        #expect(first == [.stored(1)])
        let again: [Appended] = try await store.record.append([event, event])
        #expect(again == [.duplicate(1), .duplicate(1)])
        let events = try await store.record.events(of: event.journey, agency: event.agency)
        #expect(events.map(\.event) == [event])
        #expect(try await store.record.lastSequence() == 1)
    }

    @Test func whatComesWithARepeatedEventIsStoredWhole() async throws {
        let store = try await Store()
        _ = try await store.record.append([Sample.event("j1", "1")])
        await store.record.close()
        // A fresh connection: statements are met for the first time by a commit that has to be done again.
        let record = try await Record.open(
            store.address, options: RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys))
        let answers = try await record.append([
            Sample.event("j1", "1"), Sample.event("j2", "2"), Sample.armed("j2", "3"), Sample.event("j1", "4"),
        ])
        #expect(answers == [.duplicate(1), .stored(2), .stored(3), .stored(4)])
        // Sent again of late: now it is asked beforehand.
        let later = try await record.append([Sample.event("j3", "5"), Sample.event("j2", "2")])
        #expect(later == [.stored(5), .duplicate(2)])
        #expect(try await record.storedTail(after: 0).map(\.sequence) == [1, 2, 3, 4, 5])
        let live = try await record.viewsDigest()
        #expect(try await record.rebuild() == 3)
        #expect(try await record.viewsDigest() == live)
        await record.close()
    }

    @Test func aSourceIDIsUniqueToItsSourceAndAgency() async throws {
        let store = try await Store()
        let first = Sample.event("j1", "1")
        var other = first
        other.source = "another"
        var elsewhere = first
        elsewhere.agency = Slug("elsewhere")!
        let answers: [Appended] = try await store.record.append([first, other, elsewhere])
        #expect(answers == [.stored(1), .stored(2), .stored(3)])
    }

    @Test func aRefusedEventLeavesItsNeighboursAlone() async throws {
        let store = try await Store()
        let events = [
            Sample.event("j1", "1"), Sample.event("j1", "2", ""), Sample.event("j1", "3"),
            Sample.event("j1", "4", attributes: ["odd": .number(.nan)]),
        ]
        let answers = try await store.record.append(events)
        #expect(answers[0] == .stored(1))
        #expect(answers[1] == .refused(.problem(.empty(field: "activity"))))
        #expect(answers[2] == .stored(2))
        #expect(answers[3] == .refused(.notFinite(attribute: "odd")))
    }

    @Test func everyKindOfAttributeComesBackAsItWas() async throws {
        let store = try await Store()
        let attributes: [String: AttributeValue] = [
            "text": .text("a \"quoted\" \\ back\u{0}slash\n línea 🛂"), "whole": .integer(.min), "number": .number(-0.1),
            "float": .number(3), "large": .number(1e300), "yes": .boolean(true), "no": .boolean(false),
            "sp ace.\"": .text(""),
        ]
        let event = Sample.event("j1", "1", attributes: attributes)
        _ = try await store.record.append([event])
        #expect(try await store.record.events(of: event.journey, agency: event.agency).first?.event == event)
    }

    @Test func concurrentCallersEachGetTheirOwnAnswer() async throws {
        let store = try await Store()
        let answers = try await withThrowingTaskGroup(of: [Appended].self) { group in
            for caller in 0..<32 {
                group.addTask {
                    var answers: [Appended] = []
                    for number in 0..<20 {
                        // Half of the ids are sent by two callers.
                        let id = number < 10 ? "shared-\(caller / 2)-\(number)" : "own-\(caller)-\(number)"
                        answers += try await store.record.append([Sample.event("j\(caller % 5)", id)])
                    }
                    return answers
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let stored = answers.compactMap { if case .stored(let sequence) = $0 { sequence } else { nil } }
        #expect(stored.count == 480)
        #expect(Set(stored).count == stored.count)
        #expect(answers.count == 640)
        #expect(try await store.record.eventCount() == stored.count)
    }

    @Test func theRecordOutlivesClosing() async throws {
        let address = try Store.freshAddress()
        let options = RecordOptions(rules: Sample.rules)
        let first = try await Record.open(address, options: options)
        _ = try await first.append([Sample.event("j1", "1"), Sample.event("j1", "2")])
        await first.close()
        do {
            _ = try await first.append([Sample.event("j1", "3")])
            Issue.record("a closed record took an event")
        } catch { #expect(error == .closed) }
        let second = try await Record.open(address, options: options)
        let answers = try await second.append([Sample.event("j1", "2"), Sample.event("j1", "3")])
        #expect(answers == [.duplicate(2), .stored(3)])
        await second.close()
    }

    @Test func followersWakeWithTheNewestNumberAndASlowOneIsNotWaitedFor() async throws {
        let store = try await Store()
        let slow = store.record.committed
        for number in 1...50 { _ = try await store.record.append([Sample.event("j1", "\(number)")]) }
        var iterator = slow.makeAsyncIterator()
        #expect(await iterator.next() == 50)
    }
}
