import Experience
import Storage
import Testing

/// Whatever is sent is kept and found as text, never read as SQL: on every way in and for every kind of question.
@Suite(.everyDatabase) struct InjectionTests {
    private static let fragments: [String] = [
        "'", "''", "\"", "`", ";", "--", "/*", "*/", "\\", "\\'", "%", "_", "$1", "?1", ":a", "@b", "$$", "0x27",
        " OR 1=1 ",
        "'); DROP TABLE event; --", "' UNION SELECT password FROM account --", "'; DELETE FROM vault; --", "{}",
        "\u{2019}",
        "1; ATTACH 'x' AS y", "||", "pg_sleep(9)", "\u{FF07}", "é", "𝄞", "a", "Z", "0", " ",
    ]

    /// SplitMix64: the same texts every time.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
        mutating func text() -> String {
            (0..<Int.random(in: 1...5, using: &self)).map { _ in
                InjectionTests.fragments[Int.random(in: 0..<InjectionTests.fragments.count, using: &self)]
            }.joined()
        }
    }

    @Test func hostileTextIsStoredAndFoundAsItIs() async throws {
        let store = try await Store()
        let record = store.record
        var generator = Generator(state: 20_260_302)
        var sent: [(journey: JourneyID, id: String, activity: String, value: String)] = []
        var events: [Event] = []
        for at in 0..<150 {
            guard let journey = JourneyID("\(at) \(generator.text())") else { continue }
            let one = (journey, "\(at) \(generator.text())", generator.text(), generator.text())
            sent.append(one)
            var event = Sample.event(
                "x", one.1, one.2, attributes: [generator.text(): .text(one.3), "office": .text(one.3)])
            event.journey = journey
            event.touchpoint = generator.text()
            event.source = "source \(generator.text())"
            event.actor = Actor(.staff, id: generator.text(), unit: generator.text())
            events.append(event)
        }
        let answers: [Appended] = try await record.append(events)
        #expect(answers.allSatisfy { if case .stored = $0 { true } else { false } })
        for (at, one) in sent.enumerated() {
            let found = try await record.events(of: one.journey, agency: Sample.agency).map(\.event)
            #expect(found == [events[at]], "\(one)")
            #expect(try await record.journey(one.journey, agency: Sample.agency)?.lastActivity == one.activity)
            try await record.keep([
                VaultEntry(subject: .person(one.journey, agency: Sample.agency), field: one.activity, text: one.value)
            ])
            let words = try await record.words(
                of: .person(one.journey, agency: Sample.agency), reader: "reader \(one.value)")
            #expect(words == [one.activity: one.value])
        }
        for one in sent {
            let query = JourneyQuery(agency: Sample.agency, service: Sample.service, ids: [one.journey], limit: 10)
            #expect(try await record.journeys(query).items.map(\.journey) == [one.journey])
            #expect(try await record.accounts.key(one.value) == nil)
            #expect(try await record.accounts.session(one.value) == nil)
            #expect(try await record.accounts.isValid(link: one.value) == false)
        }
        for one in sent.prefix(5) {
            _ = try await record.accounts.signIn(name: one.value, password: one.activity, source: one.id)
        }
        #expect(try await record.lastSequence() == Int64(events.count))
        #expect(try await record.audit(limit: 10_000).count { $0.entry.action == .read } == sent.count)
        await record.close()
    }
}
