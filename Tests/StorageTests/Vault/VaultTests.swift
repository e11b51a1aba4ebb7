import Experience
import Foundation
import GRDB
import Storage
import Testing

@Suite(.everyDatabase) struct VaultTests {
    private static let words = "Zygmunt Quillfeather-Ostrander"
    private static let journey = JourneyID("j1")!
    private static let subject = VaultSubject.person(journey, agency: Sample.agency)

    private static func submission(_ code: TrackingCode) -> Submission {
        Submission(
            events: [Sample.event("j1", "1", kind: .contact)],
            words: [
                VaultEntry(subject: subject, field: "name", text: words),
                VaultEntry(subject: subject, field: "email", text: "zygmunt@example.org"),
            ], tracking: .init(code: code, agency: Sample.agency, journey: journey))
    }

    private static func code() -> TrackingCode {
        var random = SystemRandomNumberGenerator()
        return TrackingCode(using: &random)
    }

    @Test func wordsComeBackAndAreNowhereInTheFiles() async throws {
        let store = try await Store()
        let code = VaultTests.code()
        _ = try await store.record.append(VaultTests.submission(code))
        let opened = try await store.record.words(of: VaultTests.subject, reader: "tester")
        #expect(opened == ["name": VaultTests.words, "email": "zygmunt@example.org"])
        #expect(try await store.record.journey(trackedBy: code)?.journey == VaultTests.journey)
        await store.record.close()
        guard DatabaseKind.current == .sqlite else { return }
        let files = try FileManager.default.contentsOfDirectory(atPath: store.directory)
        #expect(!files.isEmpty)
        for file in files {
            let data = try Data(contentsOf: URL(fileURLWithPath: store.directory + "/" + file))
            for secret in [VaultTests.words, "Quillfeather", "example.org", code.text, code.description] {
                #expect(data.range(of: Data(secret.utf8)) == nil, "\(file) holds a secret in plain text")
            }
        }
    }

    @Test func tellsWhichAnswersLeftWordsInAField() async throws {
        let store = try await Store()
        var numbers: [Int64] = []
        for (number, field) in ["comment", nil, "other", "comment"].enumerated() {
            let event = Sample.event("j\(number)", "r\(number)", kind: .response)
            let words = field.map { VaultEntry(subject: .response(event), field: $0, text: "said") }
            let answer = try await store.record.append(Submission(events: [event], words: words.map { [$0] } ?? []))
            guard case .stored(let sequence) = answer.first else { Issue.record("\(answer)"); return }
            numbers.append(sequence)
        }
        let found = try await store.record.responses(
            numbered: numbers + [999], withWordsIn: "comment", agency: Sample.agency)
        #expect(found == [numbers[0], numbers[3]])
        #expect(
            try await store.record.responses(numbered: [], withWordsIn: "comment", agency: Sample.agency).isEmpty)
        // Nothing was opened, so nothing was read.
        #expect(try await store.record.audit(limit: 10).allSatisfy { $0.entry.action != .read })
    }

    @Test func readingIsWrittenToTheAuditLog() async throws {
        let store = try await Store()
        _ = try await store.record.append(VaultTests.submission(VaultTests.code()))
        _ = try await store.record.words(of: VaultTests.subject, reader: "account-7")
        let newest = try #require(try await store.record.audit(limit: 1).first)
        #expect(newest.entry.account == "account-7")
        #expect(newest.entry.action == .read)
    }

    @Test func erasingLeavesEveryCount() async throws {
        let store = try await Store()
        _ = try await store.record.append(VaultTests.submission(VaultTests.code()))
        let before = try await store.record.viewsDigest()
        #expect(try await store.record.erase(VaultTests.subject, by: "system") == 2)
        #expect(try await store.record.words(of: VaultTests.subject, reader: "tester").isEmpty)
        #expect(try await store.record.viewsDigest() == before)
        #expect(try await store.record.eventCount() == 1)
    }

    @Test func aSubmissionIsAllOrNothing() async throws {
        let store = try await Store()
        var submission = VaultTests.submission(VaultTests.code())
        submission.events.append(Sample.event("j1", "2", ""))
        await #expect(throws: StorageError.self) { try await store.record.append(submission) }
        #expect(try await store.record.eventCount() == 0)
        #expect(try await store.record.words(of: VaultTests.subject, reader: "tester").isEmpty)
    }

    @Test func aMissingKeyIsToldAtOpening() async throws {
        let store = try await Store()
        _ = try await store.record.append(VaultTests.submission(VaultTests.code()))
        await store.record.close()
        let other = RecordOptions(vaultKeys: VaultKeys(current: .random()))
        do {
            _ = try await Record.open(store.address, options: other)
            Issue.record("opened with another key")
        } catch { #expect(error == .unknownVaultKey(id: Sample.keys.current.id)) }
    }

    @Test func withoutAKeyEverythingButTheVaultWorks() async throws {
        let store = try await Store(RecordOptions(rules: Sample.rules))
        _ = try await store.record.append([Sample.event("j1", "1")])
        do {
            _ = try await store.record.append(VaultTests.submission(VaultTests.code()))
            Issue.record("kept words without a key")
        } catch { #expect(error == .noVaultKey) }
    }

    @Test func rotationOpensOldWordsAndSealsThemAgain() async throws {
        let store = try await Store()
        let code = VaultTests.code()
        _ = try await store.record.append(VaultTests.submission(code))
        await store.record.close()
        let fresh = VaultKey.random()
        let both = RecordOptions(vaultKeys: VaultKeys(current: fresh, previous: [Sample.keys.current]))
        let rotated = try await Record.open(store.address, options: both)
        #expect(try await rotated.words(of: VaultTests.subject, reader: "tester")["name"] == VaultTests.words)
        #expect(try await rotated.journey(trackedBy: code) != nil)
        #expect(try await rotated.reseal() == 2)
        #expect(try await rotated.reseal() == 0)
        await rotated.close()
        let only = try await Record.open(
            store.address, options: RecordOptions(vaultKeys: VaultKeys(current: fresh)))
        #expect(try await only.words(of: VaultTests.subject, reader: "tester")["name"] == VaultTests.words)
        await only.close()
    }

    @Test func aKeyReadsBackFromItsText() throws {
        let key = VaultKey.random()
        #expect(VaultKey(text: key.text + "\n")?.id == key.id)
        #expect(VaultKey(text: "abc") == nil)
        #expect(VaultKey(bytes: [1, 2, 3]) == nil)
    }
}

/// Somebody with rights on the file itself.
@Suite struct VaultFileTests {
    @Test func sealedWordsMovedToAnotherPersonDoNotOpen() async throws {
        let store = try await Store()
        let subject = VaultSubject.person(JourneyID("j1")!, agency: Sample.agency)
        try await store.record.keep([VaultEntry(subject: subject, field: "name", text: "Quillfeather")])
        let thief = try DatabaseQueue(path: store.directory + "/" + Record.fileName)
        try await thief.write { database in
            try database.execute(sql: "UPDATE vault SET subject = 'person:j2' WHERE field = 'name'")
        }
        let other = VaultSubject.person(JourneyID("j2")!, agency: Sample.agency)
        do {
            _ = try await store.record.words(of: other, reader: "tester")
            Issue.record("words opened under another person")
        } catch { #expect(error == .wrongVaultKey(id: Sample.keys.current.id)) }
    }
}
