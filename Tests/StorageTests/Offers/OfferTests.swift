import Experience
import Storage
import Testing

@Suite(.everyDatabase) struct OfferTests {
    static let form = Sample.slug("after")
    static let year = Period(
        from: Sample.start.advanced(by: -Instant.day), to: Sample.start.advanced(by: 400 * Instant.day))

    static func ask(
        _ transaction: String, person: String? = "ana@example.org", days: Int64 = 0, rules: AskRules = .standard,
        journey: String? = nil
    ) -> OfferAsk {
        OfferAsk(
            agency: Sample.agency, service: Sample.service, form: form, channel: .email, solicited: .invited,
            journey: journey.flatMap { JourneyID($0) }, person: person, transaction: transaction, rules: rules,
            at: Sample.start.advanced(by: days * Instant.day))
    }

    @Test func offersOnceForATransaction() async throws {
        let store = try await Store()
        #expect(try await store.record.offer(Self.ask("j1")) == .offered(isNew: true))
        #expect(try await store.record.offer(Self.ask("j1", days: 90)) == .offered(isNew: false))
        let counts = try await store.record.offerCounts(
            agency: Sample.agency, service: Sample.service, period: Self.year)
        #expect(counts.map(\.offered) == [1])
        await store.record.close()
    }

    @Test func aPersonIsSparedAfterAnOfferAboutSomethingElse() async throws {
        let store = try await Store()
        _ = try await store.record.offer(Self.ask("j1"))
        #expect(try await store.record.offer(Self.ask("j2", days: 5)) == .passedOver(.quiet))
        // A decision stands: later the same transaction is not asked after all.
        #expect(try await store.record.offer(Self.ask("j2", days: 200)) == .passedOver(.quiet))
        #expect(try await store.record.offer(Self.ask("j3", person: "ben@example.org")) == .offered(isNew: true))
        let passed = try await store.record.passedOver(
            agency: Sample.agency, service: Sample.service, period: Self.year)
        #expect(passed == [.quiet: 1])
        await store.record.close()
    }

    @Test func theOfferIsAnEventWithItsProbabilityAndWithoutPersonalData() async throws {
        let store = try await Store()
        let rules = AskRules(share: 0.999_999, seed: 3, quietDays: 1, atMost: 1, withinDays: 1)
        _ = try await store.record.offer(Self.ask("j1", rules: rules, journey: "j1"))
        let events = try await store.record.events(of: JourneyID("j1")!, agency: Sample.agency)
        let event = try #require(events.first?.event)
        #expect(event.kind == .offer)
        #expect(event.attributes["probability"] == .number(0.999_999))
        #expect(event.attributes["plan"] == .text(rules.plan))
        for (_, value) in event.attributes { #expect(!value.plain.contains("ana")) }
        #expect(!event.sourceID.contains("ana"))
        await store.record.close()
    }

    @Test func theResponseRateNeverPassesOne() async throws {
        let store = try await Store()
        _ = try await store.record.offer(Self.ask("j1"))
        let key = try store.record.transactionKey("j1", service: Sample.service, agency: Sample.agency)
        for number in 0..<3 {
            let answer = Sample.event(
                "j1", "r\(number)", "response", kind: .response, hours: 2, attributes: ["offer": .text(key)])
            _ = try await store.record.append(answer)
        }
        let stray = Sample.event(
            "j9", "r9", "response", kind: .response, attributes: ["offer": .text("unknown")])
        _ = try await store.record.append(stray)
        let counts = try await store.record.offerCounts(
            agency: Sample.agency, service: Sample.service, period: Self.year)
        #expect(counts.map(\.answered) == [1])
        #expect(try await store.record.offer(Self.ask("j1")) == .answered)
        await store.record.close()
    }

    @Test func aRebuiltViewOfOffersEqualsTheLiveOne() async throws {
        let store = try await Store()
        for number in 0..<20 {
            _ = try await store.record.offer(Self.ask("j\(number)", person: "p\(number)"))
            guard number.isMultiple(of: 3) else { continue }
            let key = try store.record.transactionKey(
                "j\(number)", service: Sample.service, agency: Sample.agency)
            _ = try await store.record.append(
                Sample.event("a\(number)", "r\(number)", "response", kind: .response, attributes: ["offer": .text(key)])
            )
        }
        let live = try await store.record.viewsDigest()
        try await store.record.rebuild()
        #expect(try await store.record.viewsDigest() == live)
        await store.record.close()
    }
}
