import Experience
import Foundation
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct AnswerPagesTests {
    static let path = "/staff/services/passport/answers"

    final class Desk: Sendable {
        let readers = Mutex<[String?]>([])
        let replies = Mutex<[AnswerReply]>([])

        var desk: AnswersDesk {
            let view = AnswerView(
                event: SampleReport.answer(81, ["overall": .integer(2), "photo": .text("pdf")]), form: Desk.form,
                words: ["why": "I called three times.", "photo": "my \"letter\".pdf"], reachable: [.email])
            return AnswersDesk(
                list: { _, _, _, _, reader in
                    self.readers.withLock { $0.append(reader) }
                    var shown = view
                    if reader == nil { shown.words = [:] }
                    return AnswerList(total: 131, onJourneys: 97, answers: [shown])
                },
                one: { _, number, reader in
                    self.readers.withLock { $0.append(reader) }
                    return number == 81 ? view : nil
                },
                file: { _, number, question, _ in
                    guard number == 81, question.text == "photo" else { return nil }
                    return AnswerFile(kind: .pdf, bytes: Array("%PDF-1.7 <script>".utf8))
                },
                reply: { _, reply, _ in
                    self.replies.withLock { $0.append(reply) }
                    return reply.text.isEmpty ? .empty : reply.by == .sms ? .stopped : .changed
                })
        }

        /// As it was in an older version: other words than today's.
        static let form: FormDefinition = {
            var form = FormDefinition(
                id: "after", title: text("How was it then?", "¿Cómo fue entonces?"),
                questions: [
                    Question(id: "overall", kind: .faces, text: text("The old wording", "El texto anterior")),
                    Question(id: "why", kind: .longText, text: text("Why?", "¿Por qué?")),
                    Question(id: "photo", kind: .file, text: text("A photo", "Una foto")),
                ])
            form.version = 1
            return form
        }()
    }

    static func demote(_ sample: SampleSite, to role: StaffAccount.Role) {
        sample.kept.withLock { kept in for key in kept.sessions.keys { kept.sessions[key]?.role = role } }
    }

    @Test func anAnswerIsShownInTheWordsItWasAskedIn() async throws {
        let desk = Desk()
        let sample = SampleSite()
        sample.answers.withLock { $0 = desk.desk }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            for (query, wording) in [("", "The old wording"), ("?lang=es", "El texto anterior")] {
                let page = try await browser.get("\(Self.path)/81\(query)")
                #expect(page.status == 200 && page.body.contains(wording) && !page.body.contains("⟦"))
                #expect(
                    page.body.contains("I called three times.") && page.body.contains("\(Self.path)/81/files/photo"))
            }
            let list = try await browser.get(Self.path + "?answers=item.trust.4-5~2026-01-01~2026-03-31~~~~")
            #expect(list.status == 200 && list.body.contains("131") && list.body.contains("97"))
            #expect(list.body.contains("answers=item.trust.4-5"))
            #expect(try await browser.get(Self.path + "/82").status == 404)
            #expect(try await browser.get(Self.path + "/x").status == 404)
        }
    }

    @Test func viewersSeeScoresAndNoWords() async throws {
        let desk = Desk()
        let sample = SampleSite()
        sample.answers.withLock { $0 = desk.desk }
        try await withBrowser(sample) { browser, sample in
            try await AccessTests.signIn(browser)
            Self.demote(sample, to: .viewer)
            let list = try await browser.get(Self.path)
            #expect(list.status == 200 && !list.body.contains("I called three times."))
            #expect(!list.body.contains("/files/photo"))
            #expect(desk.readers.withLock { $0 } == [nil])
            #expect(try await browser.get(Self.path + "/81/files/photo").status == 403)
            #expect(try await browser.post(Self.path + "/81/reply", [("by", "email"), ("text", "x")]).status == 403)
            #expect(desk.replies.withLock { $0.isEmpty })
        }
    }

    @Test func aFileIsSentAsAnAttachmentThatNothingRuns() async throws {
        let sample = SampleSite()
        sample.answers.withLock { $0 = Desk().desk }
        try await withBrowser(sample) { browser, _ in
            #expect(try await browser.get(Self.path + "/81/files/photo").status == 303)
            try await AccessTests.signIn(browser)
            let file = try await browser.get(Self.path + "/81/files/photo")
            #expect(file.status == 200 && file.body == "%PDF-1.7 <script>")
            #expect(file.headers[.contentType] == "application/pdf")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"passport-81-photo.pdf\"")
            #expect(file.headers[.contentSecurityPolicy]?.hasPrefix("sandbox") == true)
            for (name, value) in [
                ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Cache-Control", "no-store"),
                ("Cross-Origin-Resource-Policy", "same-origin"),
            ] {
                #expect(file.headers[try #require(HTTPField.Name(name))] == value)
            }
            #expect(try await browser.get(Self.path + "/81/files/why").status == 404)
        }
    }

    @Test func aReplyGoesOutOrSaysWhyNot() async throws {
        let desk = Desk()
        let sample = SampleSite()
        sample.answers.withLock { $0 = desk.desk }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            _ = try await browser.get(Self.path + "/81")
            let path = Self.path + "/81/reply"
            let sent = try await browser.post(path, [("by", "email"), ("text", "Sorry."), ("language", "es")])
            #expect(sent.location == Self.path + "/81?sent=1")
            #expect(desk.replies.withLock { $0.last?.language } == .es)
            #expect(try await browser.post(path, [("by", "email"), ("text", "")]).status == 422)
            #expect(try await browser.post(path, [("by", "sms"), ("text", "x")]).status == 422)
            #expect(try await browser.post(path, [("by", "pigeon"), ("text", "x")]).status == 400)
            #expect(try await browser.post(path, [("by", "email"), ("text", "x")], token: "wrong").status != 303)
        }
    }

    @Test(arguments: ["", "all", "item.trust.5-4~2026-01-01~2026-01-02~~~~", "item.x.1-5~2026-01-01~2026-01-02~~~~"])
    func anAddressThatCannotBeReadListsEverything(text: String) async throws {
        #expect(AnswerFilter(text) == nil)
        let sample = SampleSite()
        sample.answers.withLock { $0 = Desk().desk }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            #expect(try await browser.get(Self.path + "?answers=\(text)").status == 200)
        }
    }
}
