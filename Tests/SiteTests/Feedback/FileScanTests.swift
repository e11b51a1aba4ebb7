import Experience
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct FileScanTests {
    private static let harmful = "%PDF-1.7 harmful"

    /// A scanner that knows one harmful file; away: it gives no verdict.
    private static func scanner(isAway: Bool = false) -> FileScan {
        FileScan { bytes in
            if isAway { return .unknown("nobody is there") }
            return String(decoding: bytes, as: UTF8.self).contains("harmful") ? .infected("Test-Signature") : .clean
        }
    }

    private static func site(isAway: Bool = false) -> SampleSite {
        let sample = SampleSite()
        sample.scan.withLock { $0 = scanner(isAway: isAway) }
        return sample
    }

    /// The page of words, with a letter.
    private static func send(
        _ browser: Browser, _ content: String, then: String = "next", language: String = "en"
    ) async throws -> Browser.Page {
        let path = try #require(try await FormPagesTests.begin(browser, "up").location)
        let home = String(path.prefix { $0 != "?" })
        _ = try await browser.get(home + "?page=words&lang=\(language)")
        return try await browser.post(
            home, [("page", "words"), ("q_why", "It was quick."), ("then", then)],
            files: [("q_letter", "a.pdf", content)])
    }

    @Test func aCleanFileIsTaken() async throws {
        try await withBrowser(Self.site()) { browser, sample in
            let page = try await Self.send(browser, "%PDF-1.7 fine")
            #expect(page.status == 303)
            let files = sample.kept.withLock { $0.unsent.values.flatMap { $0.1.values } }
            #expect(files == [Array("%PDF-1.7 fine".utf8)])
        }
    }

    @Test(arguments: ["next", "save", "back"])
    func anInfectedFileIsRefusedWhateverWasWantedNext(then: String) async throws {
        try await withBrowser(Self.site()) { browser, sample in
            let page = try await Self.send(browser, Self.harmful, then: then)
            #expect(page.status == 422)
            #expect(page.body.contains("found something harmful") && page.body.contains("id=\"q_letter-error\""))
            #expect(page.body.contains("It was quick.") && !page.body.contains("a.pdf"))
            #expect(sample.kept.withLock { $0.unsent.values.allSatisfy { $0.1.isEmpty } })
        }
    }

    @Test func withoutAVerdictNothingIsTakenAndNothingIsLost() async throws {
        try await withBrowser(Self.site(isAway: true)) { browser, sample in
            let page = try await Self.send(browser, "%PDF-1.7 fine")
            #expect(page.status == 503 && page.body.contains("Choose it again in a few minutes"))
            #expect(page.body.contains("It was quick."))
            #expect(sample.kept.withLock { $0.unsent.values.allSatisfy { $0.1.isEmpty } })
            // Without the file the rest can go on.
            let home = try #require(sample.kept.withLock { $0.unsent.keys.first }).description
            let path = FormPagesTests.path + "/unsent/\(home)"
            _ = try await browser.get(path + "?page=words")
            let next = try await browser.post(path, [("page", "words"), ("q_why", "Quick."), ("then", "next")])
            #expect(next.status == 303)
        }
    }

    @Test func itIsSaidInSpanishToo() async throws {
        try await withBrowser(Self.site()) { browser, _ in
            let page = try await Self.send(browser, Self.harmful, language: "es")
            #expect(page.body.contains("encontró algo dañino"))
        }
        try await withBrowser(Self.site(isAway: true)) { browser, _ in
            let page = try await Self.send(browser, "%PDF-1.7 fine", language: "es")
            #expect(page.body.contains("Ahora no podemos revisar archivos"))
        }
    }

    @Test func aFileIsScannedAgainBeforeItIsHandedOut() async throws {
        let verdict = Mutex<FileVerdict>(.clean)
        let sample = SampleSite()
        sample.scan.withLock { $0 = FileScan { _ in verdict.withLock { $0 } } }
        sample.answers.withLock {
            $0 = AnswersDesk(file: { _, _, _, _ in AnswerFile(kind: .pdf, bytes: Array("%PDF-1.7 x".utf8)) })
        }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            let path = AnswerPagesTests.path + "/81/files/photo"
            let taken = try await browser.get(path)
            #expect(taken.status == 200)
            verdict.withLock { $0 = .infected("Learned-Since") }
            let refused = try await browser.get(path)
            #expect(refused.status == 403 && !refused.body.contains("%PDF"))
            verdict.withLock { $0 = .unknown("away") }
            let later = try await browser.get(path)
            #expect(later.status == 503)
        }
    }
}
