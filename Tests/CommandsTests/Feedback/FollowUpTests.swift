import Commands
import Experience
import Foundation
import Site
import Storage
import Testing

@Suite(.serialized) struct FollowUpTests {
    static func outcome(_ journey: String, _ id: String, _ solved: String, _ sample: LoopSample) -> Event {
        LoopSample.event(
            journey, id, "outcome", kind: .outcome, at: sample.now.advanced(by: 2 * Instant.minute),
            [JourneyState.Key.solved: .text(solved)])
    }

    static func keep(_ event: Event, _ sample: LoopSample) async throws {
        _ = try await sample.record.append(event)
        let stored = try #require(try await sample.record.events(of: event.journey, agency: event.agency).last)
        try await FollowUpKeeper(record: sample.record, now: sample.clock, logger: sample.logger).take(stored)
    }

    static func account(_ name: String, _ role: Account.Role, _ sample: LoopSample) async throws -> StaffAccount {
        let made = try await sample.record.accounts.create(
            name: name, password: "a long enough password", role: role, by: "test")
        return StaffAccount(id: made.id, name: made.name, role: .caseworker)
    }

    @Test func closedNotSolvedOpensAnItemThatHasAnOwner() async throws {
        let sample = try await LoopSample()
        for (name, role) in [("ana", Account.Role.caseworker), ("ben", .owner), ("root", .administrator)] {
            _ = try await Self.account(name, role, sample)
        }
        for number in 1...4 {
            _ = try await sample.deliver("P-\(number)", mail: "p\(number)@example.org")
            try await Self.keep(Self.outcome("P-\(number)", "o\(number)", "no", sample), sample)
        }
        // Said again by the same event: still one item.
        try await Self.keep(Self.outcome("P-4", "o4", "no", sample), sample)
        let items = try await sample.record.followUps(agency: LoopSample.agency, service: LoopSample.service.id)
        #expect(items.count == 4 && items.allSatisfy { $0.cause == .closedNotSolved && $0.state == .open })
        // Shared out among those who look after cases.
        #expect(items.compactMap(\.owner).sorted() == ["ana", "ana", "ben", "ben"])
        await sample.record.close()
    }

    @Test func anOpenRequestOrAYesOpensNothing() async throws {
        let sample = try await LoopSample()
        _ = try await sample.record.append(LoopSample.event("P-1", "1", "submitted", at: sample.now))
        try await Self.keep(Self.outcome("P-1", "o1", "no", sample), sample)
        _ = try await sample.deliver("P-2")
        try await Self.keep(Self.outcome("P-2", "o2", "yes", sample), sample)
        let items = try await sample.record.followUps(agency: LoopSample.agency, service: LoopSample.service.id)
        #expect(items.isEmpty)
        await sample.record.close()
    }

    @Test func thePersonIsAskedAgainAfterRecoveryAndAYesEndsIt() async throws {
        let sample = try await LoopSample()
        let account = try await Self.account("ana", .caseworker, sample)
        _ = try await sample.deliver("P-1", mobile: "555 010 0199", mail: "ana@example.org")
        try await Self.keep(Self.outcome("P-1", "o1", "no", sample), sample)
        let desk = FollowUpDesk.live(sample.record, baseURL: "https://cx.example", now: sample.clock)
        let item = try #require(try await desk.items(LoopSample.service).first)
        #expect(item.reachable == [.email, .sms] && item.owner == "ana")
        let empty = FollowUpChange(id: item.id, action: .ask, text: "  ", language: .en, by: .sms)
        #expect(try await desk.change(LoopSample.service, empty, account) == .empty)
        let ask = FollowUpChange(id: item.id, action: .ask, text: "We sent a new one.", language: .en, by: .sms)
        #expect(try await desk.change(LoopSample.service, ask, account) == .changed)
        let message = try #require(
            try await sample.record.leaseMessages(by: "test", until: sample.now.advanced(by: Instant.hour)).first)
        #expect(message.channel == .sms && message.address == "555 010 0199")
        #expect(message.body.contains("We sent a new one.") && message.body.contains("https://cx.example/track"))
        #expect(try await desk.items(LoopSample.service).first?.state == .askedAgain)
        sample.wait(Instant.day)
        try await Self.keep(Self.outcome("P-1", "o2", "yes", sample), sample)
        #expect(try await desk.items(LoopSample.service).first?.state == .done)
        await sample.record.close()
    }

    @Test func nobodyIsTextedWhoSaidSTOP() async throws {
        let sample = try await LoopSample()
        let account = try await Self.account("ana", .caseworker, sample)
        _ = try await sample.deliver("P-1", mobile: "555 010 0199")
        try await Self.keep(Self.outcome("P-1", "o1", "no", sample), sample)
        _ = try await sample.telephone().message(LoopSample.agency, "SM00000001", "+15550100199", "STOP")
        let desk = FollowUpDesk.live(sample.record, baseURL: nil, now: sample.clock)
        let item = try #require(try await desk.items(LoopSample.service).first)
        let reply = FollowUpChange(id: item.id, action: .reply, text: "Sorry.", language: .en, by: .sms)
        #expect(try await desk.change(LoopSample.service, reply, account) == .stopped)
        #expect(try await sample.record.messageCounts().isEmpty)
        await sample.record.close()
    }

    @Test func itemsAreAssignedToSomebodyWhoMayAct() async throws {
        let sample = try await LoopSample()
        let account = try await Self.account("ana", .caseworker, sample)
        _ = try await Self.account("zoe", .owner, sample)
        _ = try await Self.account("vic", .viewer, sample)
        _ = try await sample.deliver("P-1")
        try await Self.keep(Self.outcome("P-1", "o1", "no", sample), sample)
        let desk = FollowUpDesk.live(sample.record, baseURL: nil, now: sample.clock)
        #expect(try await desk.owners(LoopSample.service) == ["ana", "zoe"])
        let item = try #require(try await desk.items(LoopSample.service).first)
        func assign(_ owner: String) async throws -> FollowUpResult {
            let change = FollowUpChange(id: item.id, action: .assign, text: "", language: .en, owner: owner)
            return try await desk.change(LoopSample.service, change, account)
        }
        #expect(try await assign("vic") == .unknown)
        #expect(try await assign("zoe") == .changed)
        #expect(try await desk.items(LoopSample.service).first?.owner == "zoe")
        await sample.record.close()
    }

    @Test func whatWasSaidAndDoneIsPublishedAndWithdrawn() async throws {
        let sample = try await LoopSample()
        let account = try await Self.account("ana", .owner, sample)
        let desk = FollowUpDesk.live(sample.record, baseURL: nil, now: sample.clock)
        let one = SaidDidView(
            id: "1", said: LoopSample.text("Slow.", "Lento."), did: LoopSample.text("Faster.", "Más rápido."),
            publishedAt: sample.now)
        try await desk.publish(LoopSample.service, one, account)
        #expect(try await desk.saidDid(LoopSample.service).map(\.did) == [one.did])
        try await desk.withdraw(LoopSample.service, "1")
        #expect(try await desk.saidDid(LoopSample.service).isEmpty)
        await sample.record.close()
    }
}
