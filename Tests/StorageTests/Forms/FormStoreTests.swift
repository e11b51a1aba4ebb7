import Experience
import Foundation
import Storage
import Testing

@Suite(.everyDatabase) struct FormStoreTests {
    static let key = FormKey(agency: Sample.agency, service: Slug("passport")!, form: Slug("after")!)

    static func change(
        _ writing: FormState?, _ version: Int, _ draft: String?, _ published: String? = nil
    ) -> FormChange {
        FormChange(lifecycle: FormLifecycle(writing: writing, version: version), draft: draft, published: published)
    }

    @Test func aPublishedVersionIsKeptAndNeverChanged() async throws {
        let record = try await Store().record
        _ = try await record.changeForm(Self.key, by: "a1", revision: 0, note: "draft") { _ in
            Self.change(.draft, 0, "one")
        }
        let done = try await record.changeForm(Self.key, by: "a1", revision: 1, note: "publish") { _ in
            Self.change(nil, 1, nil, "one")
        }
        #expect(done.revision == 2 && done.lifecycle.version == 1)
        #expect(try await record.version(1, of: Self.key)?.definition == "one")
        await #expect(throws: StorageError.self) {
            _ = try await record.changeForm(Self.key, by: "a1", note: "again") { _ in Self.change(nil, 1, nil, "two") }
        }
        #expect(try await record.version(1, of: Self.key)?.definition == "one")
        #expect(try await record.form(Self.key)?.revision == 2)
        let audit = try await record.audit()
        #expect(audit.contains { $0.entry.subject == "form:passport/after" && $0.entry.detail == "publish" })
    }

    @Test func twoWritersAtOnceAreTold() async throws {
        let record = try await Store().record
        _ = try await record.changeForm(Self.key, by: "a1", revision: 0, note: "draft") { _ in
            Self.change(.draft, 0, "one")
        }
        await #expect(throws: StorageError.self) {
            _ = try await record.changeForm(Self.key, by: "b2", revision: 0, note: "draft") { _ in
                Self.change(.draft, 0, "two")
            }
        }
        #expect(try await record.form(Self.key)?.draft == "one")
    }

    @Test func aFileChangedWithoutANewVersionIsToldAndTheOldTextStays() async throws {
        let record = try await Store().record
        func version(_ text: String) -> StoredVersion {
            StoredVersion(
                key: Self.key, version: 1, definition: text, publishedAt: Instant(seconds: 1), publishedBy: "file")
        }
        #expect(try await record.register([version("one")]) == [])
        #expect(try await record.register([version("one")]) == [])
        #expect(try await record.register([version("two")]).map(\.version) == [1])
        #expect(try await record.version(1, of: Self.key)?.definition == "one")
    }

    @Test func unsentAnswersAreSealedExpireAndGoWhenSent() async throws {
        let store = try await Store()
        let record = store.record
        var random = SystemRandomNumberGenerator()
        let code = TrackingCode(using: &random)
        let later = Instant.now.advanced(by: Instant.day)
        let answers = UnsentAnswers(
            agency: Sample.agency, service: Slug("passport")!, form: Slug("after")!, version: 3,
            response: TimeOrderedID(at: .now, using: &random), values: [Slug("why")!: ["Quillfeather waited"]],
            journey: code, touchpoint: Slug("exit"), expires: later)
        try await record.keep(answers, code: code, files: [Slug("photo")!: [1, 2, 3]])
        #expect(try await record.unsent(code, agency: Sample.agency, now: .now) == answers)
        #expect(try await record.unsentFile(Slug("photo")!, code, agency: Sample.agency, now: .now) == [1, 2, 3])
        #expect(try await record.unsent(code, agency: Slug("other")!, now: .now) == nil)
        #expect(try await record.unsent(TrackingCode(using: &random), agency: Sample.agency, now: .now) == nil)
        #expect(try await record.unsent(code, agency: Sample.agency, now: later.advanced(by: 1)) == nil)
        let files = store.directory.isEmpty ? [] : try FileManager.default.contentsOfDirectory(atPath: store.directory)
        for file in files {
            let data = try Data(contentsOf: URL(fileURLWithPath: store.directory + "/" + file))
            #expect(data.range(of: Data("Quillfeather".utf8)) == nil && data.range(of: Data(code.text.utf8)) == nil)
        }
        try await record.dropUnsent(code, agency: Sample.agency)
        #expect(try await record.unsent(code, agency: Sample.agency, now: .now) == nil)
        #expect(try await record.unsentFile(Slug("photo")!, code, agency: Sample.agency, now: .now) == nil)
    }
}
