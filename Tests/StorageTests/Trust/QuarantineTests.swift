import Experience
import Storage
import Testing

@Suite(.everyDatabase) struct QuarantineTests {
    static func submission(_ id: String, hours: Double = 0, words: String? = nil) -> Submission {
        let event = Sample.event(
            "~web", id, "response", kind: .response, hours: hours, attributes: ["form": .text("after")], source: "form")
        let mark = IntakeMark(
            key: .init(source: "form", sourceID: id), form: Sample.slug("after"), channel: .web, at: event.occurred,
            rating: 1, sender: "s1", sketch: [1, 5, .max])
        let subject = VaultSubject.response(event)
        let entries = words.map {
            [
                VaultEntry(subject: subject, field: "words", text: "redacted"),
                VaultEntry(subject: subject, field: "original.words", text: $0),
            ]
        }
        return Submission(events: [event], words: entries ?? [], mark: mark)
    }

    static func marks(_ store: Store) async throws -> [IntakeMark] {
        try await store.record.intakeMarks(
            agency: Sample.agency, service: Sample.service, since: Sample.start.advanced(by: -Instant.day))
    }

    @Test func keepsTheMarkAsItWasGiven() async throws {
        let store = try await Store()
        let submission = Self.submission("a")
        _ = try await store.record.append(submission)
        _ = try await store.record.append(submission)
        #expect(try await Self.marks(store) == [submission.mark])
        await store.record.close()
    }

    @Test func whatIsHeldStaysInTheRecord() async throws {
        let store = try await Store()
        _ = try await store.record.append(Self.submission("a"))
        _ = try await store.record.append(Self.submission("b", hours: 1))
        let key = IntakeMark.Key(source: "form", sourceID: "a")
        try await store.record.hold([key: [.copies, .flood]], agency: Sample.agency)
        let held = try await store.record.heldAnswers(agency: Sample.agency, service: Sample.service)
        #expect(held.map(\.key) == [key])
        #expect(held.first?.reasons == [.copies, .flood])
        #expect(try await store.record.eventCount() == 2)
        await store.record.close()
    }

    @Test func whatWasLookedAtIsNotHeldAgain() async throws {
        let store = try await Store()
        _ = try await store.record.append(Self.submission("a"))
        let key = IntakeMark.Key(source: "form", sourceID: "a")
        try await store.record.hold([key: [.copies]], agency: Sample.agency)
        try await store.record.decide([key], .released, agency: Sample.agency, by: "kim")
        try await store.record.hold([key: [.copies]], agency: Sample.agency)
        #expect(try await store.record.heldKeys(agency: Sample.agency, service: Sample.service).isEmpty)
        let audit = try await store.record.audit()
        #expect(audit.contains { $0.entry.account == "kim" && $0.entry.subject == "response:form/a" })
        await store.record.close()
    }

    @Test func forgetsTracesAndOriginalsButNotTheRedactedWords() async throws {
        let store = try await Store()
        let submission = Self.submission("a", words: "call 555-0100")
        _ = try await store.record.append(submission)
        let done = try await store.record.forgetTraces(before: Instant.now.advanced(by: Instant.day))
        #expect(done.marks == 1 && done.originals == 1)
        let words = try await store.record.words(of: submission.words[0].subject, reader: "test")
        #expect(words == ["words": "redacted"])
        let mark = try #require(try await Self.marks(store).first)
        #expect(mark.sender == nil && mark.sketch.isEmpty)
        await store.record.close()
    }
}
