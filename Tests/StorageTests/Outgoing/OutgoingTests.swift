import Experience
import Storage
import Synchronization
import Testing

private final class SetClock: Sendable {
    private let time = Mutex(Sample.start)
    var now: Instant { time.withLock { $0 } }
    func go(_ microseconds: Int64) { time.withLock { $0 = $0.advanced(by: microseconds) } }
}

/// What leaves the house, and whom it is for: the contract of its stores.
@Suite(.everyDatabase) struct OutgoingTests {
    private static func message(_ key: String) -> OutgoingMessage {
        OutgoingMessage(
            agency: Sample.agency, to: .address("maria@example.org"), language: .es, subject: "Fecha", body: "Hola",
            purpose: "promise", dedupeKey: key)
    }

    @Test func aMessageIsQueuedOnceAndSentByOneNodeOnly() async throws {
        let clock = SetClock()
        let options = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys, now: { clock.now })
        let store = try await Store(options)
        let other = try await Record.open(store.address, options: options)
        for key in ["a", "b", "c", "a"] { try await store.record.queueMessage(Self.message(key)) }
        #expect(try await other.messageCounts(agency: Sample.agency) == [.queued: 3])
        let until = clock.now.advanced(by: Instant.hour)
        async let first = store.record.leaseMessages(by: "one", until: until)
        async let second = other.leaseMessages(by: "two", until: until)
        let (ours, theirs) = try await (first, second)
        #expect(ours.count + theirs.count == 3)
        #expect(Set(ours.map(\.id)).isDisjoint(with: theirs.map(\.id)))
        for message in ours {
            #expect(message.address == "maria@example.org")
            #expect(try await store.record.finishMessage(message, by: "one", .sent))
        }
        for message in theirs { #expect(try await !store.record.finishMessage(message, by: "one", .sent)) }
        // The node that holds the rest is gone; when its lease ends another takes over.
        clock.go(2 * Instant.hour)
        let rest = try await store.record.leaseMessages(by: "one", until: clock.now.advanced(by: Instant.hour))
        #expect(Set(rest.map(\.id)) == Set(theirs.map(\.id)))
        for message in rest {
            #expect(message.attempt == 2)
            #expect(try await store.record.finishMessage(message, by: "one", .sent))
        }
        #expect(try await store.record.messageCounts() == [.sent: 3])
        await other.close()
    }

    @Test func aDeliveryIsQueuedOnceWhoeverQueuesAndDeliveredByOneNode() async throws {
        let clock = SetClock()
        let options = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys, now: { clock.now })
        let store = try await Store(options)
        let other = try await Record.open(store.address, options: options)
        let hook = try await store.record.addWebhook(
            agency: Sample.agency, url: "https://example.org/hook", service: nil, by: "tester")
        _ = try await store.record.append((0..<5).map { Sample.armed("j\($0)", "\($0)") })
        for record in [store.record, other, store.record] {
            while try await record.queueDeliveries() > 0 {}
        }
        #expect(try await other.deliveryCounts(hook.webhook).waiting == 5)
        let until = clock.now.advanced(by: Instant.hour)
        async let first = store.record.leaseDeliveries(by: "one", until: until, limit: 3)
        async let second = other.leaseDeliveries(by: "two", until: until, limit: 3)
        let (ours, theirs) = try await (first, second)
        #expect(Set((ours + theirs).map(\.messageID)).count == 5)
        for (leased, owner) in [(ours, "one"), (theirs, "two")] {
            for one in leased {
                #expect(one.secret.current == hook.secret)
                #expect(try await other.finishDelivery(one, by: owner, .delivered(status: 204)))
            }
        }
        #expect(try await store.record.deliveryCounts(hook.webhook).delivered == 5)
        #expect(try await store.record.removeWebhook(hook.webhook.id, agency: Sample.agency, by: "tester"))
        #expect(try await store.record.webhooks(agency: Sample.agency).map(\.isRemoved) == [true])
        await other.close()
    }

    @Test func aSupplierLinkOpensUntilItIsRevoked() async throws {
        let store = try await Store()
        let (link, token) = try await store.record.addSupplierLink(
            agency: Sample.agency, service: Sample.service, supplier: "Carrier", email: "c@example.org", language: .en,
            by: "tester")
        #expect(try await store.record.supplierLink(token: token) == link)
        #expect(try await store.record.supplierLinks(agency: Sample.agency, service: Sample.service) == [link])
        let contact = try await store.record.supplierContact(link, reader: "tester")
        #expect(contact?.email == "c@example.org")
        #expect(try await store.record.revokeSupplierLink(link.id, agency: Sample.agency, by: "tester"))
        #expect(try await !store.record.revokeSupplierLink(link.id, agency: Sample.agency, by: "tester"))
        #expect(try await store.record.supplierLink(token: token) == nil)
    }

    @Test func aFollowUpIsOpenedOnceAndChangedInItsOwnAgencyOnly() async throws {
        let store = try await Store()
        let journey = try #require(JourneyID("j"))
        let item = FollowUp(
            agency: Sample.agency, id: "f1", service: Sample.service, journey: journey, source: "web", sourceID: "9",
            cause: .closedNotSolved, openedAt: Sample.start, changedAt: Sample.start)
        var again = item
        again.id = "f2"
        #expect(try await store.record.open([item, again]) == 1)
        #expect(try await store.record.open([item]) == 0)
        let other = try #require(AgencyID("parks"))
        #expect(
            try await !store.record.change(
                followUp: "f1", agency: other, service: Sample.service, owner: nil, state: .done, note: "", by: "x"))
        #expect(
            try await store.record.change(
                followUp: "f1", agency: Sample.agency, service: Sample.service, owner: "ada", state: .done, note: "n",
                by: "ada"))
        let kept = try await store.record.followUps(agency: Sample.agency, service: Sample.service)
        #expect(kept.map(\.state) == [.done])
        #expect(kept.first?.owner == "ada")
        #expect(try await store.record.followUps(agency: other, service: Sample.service) == [])

        let pair = SaidDid(
            agency: Sample.agency, id: "s1", service: Sample.service, said: Sample.text("Slow"),
            did: Sample.text("Faster"), publishedAt: Sample.start)
        try await store.record.publish(pair, by: "ada")
        #expect(try await store.record.saidDid(agency: Sample.agency, service: Sample.service) == [pair])
        try await store.record.withdraw(saidDid: "s1", agency: Sample.agency)
        #expect(try await store.record.saidDid(agency: Sample.agency, service: Sample.service) == [])
    }

    @Test func anInvitationIsUsedOnceOfManyAtOnce() async throws {
        let store = try await Store()
        let invitation = FormInvitation(
            agency: Sample.agency, service: Sample.service, form: Sample.slug("after"), journey: JourneyID("j"),
            offer: "o", expires: .now.advanced(by: Instant.day))
        let token = try await store.record.invite(invitation)
        #expect(try await store.record.invitation(token: token) == invitation)
        let uses = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { try await store.record.useInvitation(token: token) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(uses == 1)
        var old = invitation
        old.expires = .now.advanced(by: -Instant.day)
        let late = try await store.record.invite(old)
        #expect(try await !store.record.useInvitation(token: late))
    }

    @Test func aReviewThatIsGoneFromACompleteListIsNoted() async throws {
        let clock = SetClock()
        let store = try await Store(RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys, now: { clock.now }))
        func note(_ seen: [(id: String, isReplied: Bool)], isComplete: Bool) async throws {
            clock.go(Instant.hour)
            try await store.record.noteReviews(
                host: "yelp", place: "p", agency: Sample.agency, service: Sample.service, seen: seen,
                isComplete: isComplete)
        }
        try await note([("a", false), ("b", false)], isComplete: true)
        try await note([("a", true)], isComplete: false)
        var known = try await store.record.reviews(host: "yelp", place: "p", agency: Sample.agency)
        #expect(known.map(\.isReplied) == [true, false])
        #expect(known.allSatisfy { $0.removed == nil })
        try await note([("a", true)], isComplete: true)
        known = try await store.record.reviews(host: "yelp", place: "p", agency: Sample.agency)
        #expect(known.map { $0.removed == nil } == [true, false])
        try await note([("b", false)], isComplete: false)
        known = try await store.record.reviews(host: "yelp", place: "p", agency: Sample.agency)
        #expect(known.allSatisfy { $0.removed == nil })
    }
}
