import Experience
import Storage
import Testing

@Suite(.everyDatabase) struct ConversationTests {
    static func conversation(_ id: String, answers: [String: AttributeValue] = [:]) -> Conversation {
        Conversation(
            id: id, service: Sample.service, form: Sample.slug("after"), touchpoint: nil, language: .es,
            solicited: .volunteered, answers: answers, question: Sample.slug("overall"), started: Sample.start,
            updated: Sample.start)
    }

    @Test func theSameMessageTwiceChangesNothingAndGetsTheSameReply() async throws {
        let store = try await Store()
        var replies: [String] = []
        for _ in 0..<2 {
            replies.append(
                try await store.record.converse(
                    message: "SM1", person: "+15550100", channel: .sms, agency: Sample.agency
                ) { standing, _ in
                    ConversationTurn(
                        reply: standing == nil ? "first" : "second", conversation: Self.conversation("c1"))
                })
        }
        #expect(replies == ["first", "first"])
        await store.record.close()
    }

    @Test func keepsWhereAPersonStandsAndEndsIt() async throws {
        let store = try await Store()
        let kept = Self.conversation("c1", answers: ["overall": .text("4"), "words": .boolean(true)])
        func turn(_ id: String, _ next: ConversationTurn) async throws -> Conversation? {
            nonisolated(unsafe) var seen: Conversation?
            _ = try await store.record.converse(
                message: id, person: "+15550100", channel: .sms, agency: Sample.agency
            ) { standing, _ in
                seen = standing
                return next
            }
            return seen
        }
        #expect(try await turn("1", ConversationTurn(reply: "a", conversation: kept)) == nil)
        let answer = Sample.event("~sms", "c1", "response", kind: .response, source: "sms")
        #expect(
            try await turn("2", ConversationTurn(reply: "b", submission: Submission(events: [answer]))) == kept)
        #expect(try await turn("3", ConversationTurn(reply: "c")) == nil)
        #expect(try await store.record.eventCount() == 1)
        await store.record.close()
    }

    @Test func whoeverSaysStopIsNotOfferedAnything() async throws {
        let store = try await Store()
        _ = try await store.record.converse(
            message: "1", person: "+15550100", channel: .sms, agency: Sample.agency
        ) { _, _ in ConversationTurn(reply: "bye", stops: true) }
        #expect(try await store.record.isStopped(person: "+15550100", agency: Sample.agency))
        let ask = OfferTests.ask("j1", person: "+15550100")
        #expect(try await store.record.offer(ask) == .passedOver(.declined))
        _ = try await store.record.converse(
            message: "2", person: "+15550100", channel: .sms, agency: Sample.agency
        ) { _, isStopped in ConversationTurn(reply: isStopped ? "back" : "?", stops: false) }
        #expect(try await !store.record.isStopped(person: "+15550100", agency: Sample.agency))
        await store.record.close()
    }

    @Test func anInvitationIsUsedOnce() async throws {
        let store = try await Store()
        let invitation = FormInvitation(
            agency: Sample.agency, service: Sample.service, form: Sample.slug("after"), journey: JourneyID("j1"),
            offer: "k", expires: Instant.now.advanced(by: Instant.day))
        let token = try await store.record.invite(invitation)
        #expect(try await store.record.invitation(token: token) == invitation)
        #expect(try await store.record.useInvitation(token: token))
        #expect(try await !store.record.useInvitation(token: token))
        #expect(try await store.record.invitation(token: token)?.used != nil)
        #expect(try await store.record.invitation(token: "x") == nil)
        await store.record.close()
    }

    @Test func aReviewMissingFromAWholeListIsRemovedAndMayComeBack() async throws {
        let store = try await Store()
        let record = store.record
        func note(_ ids: [String], _ isComplete: Bool) async throws {
            try await record.noteReviews(
                host: "yelp", place: "p", agency: Sample.agency, service: Sample.service,
                seen: ids.map { ($0, false) }, isComplete: isComplete)
        }
        func removed() async throws -> [String] {
            try await record.reviews(host: "yelp", place: "p", agency: Sample.agency)
                .filter { $0.removed != nil }.map(\.id)
        }
        try await note(["a", "b"], true)
        try await note(["a"], false)
        #expect(try await removed() == [])
        try await note(["a"], true)
        #expect(try await removed() == ["b"])
        try await note(["a", "b"], true)
        #expect(try await removed() == [])
        await record.close()
    }
}
