import Experience
import Foundation
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct FormPagesTests {
    static let path = "/services/passport/feedback/branching"

    /// Answers the first page; gives where the way leads.
    static func begin(_ browser: Browser, _ trust: String, then: String = "next") async throws -> Browser.Page {
        let page = try await browser.get(path)
        let id = try #require(page.body.between("name=\"response_id\" value=\"", "\""))
        return try await browser.post(path, [("response_id", id), ("q_trust", trust), ("then", then)])
    }

    @Test func onePageAtATimeThenReviewThenStored() async throws {
        try await withBrowser { browser, sample in
            let first = try await browser.get(Self.path)
            #expect(first.body.contains("How did Renew a passport go?"))
            #expect(first.body.contains("Page 1 of 3") && !first.body.contains("What went well?"))
            let second = try #require(try await Self.begin(browser, "down").location)
            #expect(second.hasSuffix("?page=better"))
            let better = try await browser.get(second)
            #expect(better.body.contains("What could be better?") && !better.body.contains("Which staff?"))
            let third = try await browser.post(
                second, [("page", "better"), ("shown", "negative"), ("q_negative", "ease"), ("then", "next")])
            let words = try await browser.get(try #require(third.location))
            #expect(words.body.contains("Why ease in English?"))
            let path = try #require(third.location)
            let fourth = try await browser.post(
                path,
                [
                    ("page", "words"), ("shown", "why,letter,times,order"), ("q_why", "<b>slow</b>"),
                    ("q_times/weekday", "pm"),
                    ("q_order/one", "2"), ("q_order/two", "1"), ("then", "next"),
                ], files: [("q_letter", "my letter.pdf", "%PDF-1.7 x")])
            #expect(fourth.status == 303)
            let review = try await browser.get(try #require(fourth.location))
            #expect(review.body.contains("&lt;b&gt;slow&lt;/b&gt;") && review.body.contains("my letter.pdf"))
            #expect(sample.kept.withLock { $0.responses.isEmpty })
            let sent = try await browser.post(try #require(fourth.location), [("then", "send")])
            #expect(sent.location == "/services/passport/thanks?form=branching")
            #expect(try await browser.get(sent.location!).body.contains("We read every answer."))
            let response = try #require(sample.kept.withLock { $0.responses.first })
            #expect(response.form.version == 2)
            #expect(response.answers["negative"] == .choices(["ease"]) && response.answers["positive"] == nil)
            #expect(response.answers["order"] == .choices(["two", "one"]))
            #expect(response.answers["times"] == .rows([RowAnswer(row: "weekday", choice: "pm")]))
            #expect(response.answers["campaign"] == .value(.text("none")))
            #expect(response.files["letter"] == Array("%PDF-1.7 x".utf8))
            #expect(sample.kept.withLock { $0.unsent.isEmpty })
        }
    }

    @Test func switchingTheBranchOnTheWayClearsTheOther() async throws {
        try await withBrowser { browser, sample in
            let down = try #require(try await Self.begin(browser, "down").location)
            _ = try await browser.get(down)
            _ = try await browser.post(down, [("page", "better"), ("q_negative", "ease"), ("then", "next")])
            let home = String(down.prefix { $0 != "?" })
            _ = try await browser.get(home + "?page=start")
            let up = try await browser.post(home, [("page", "start"), ("q_trust", "up"), ("then", "next")])
            #expect(up.location?.hasSuffix("?page=well") == true)
            let values = sample.kept.withLock { $0.unsent.values.first?.0.values }
            #expect(values?["negative"] == nil && values?["trust"] == ["up"])
        }
    }

    @Test func aQuestionAnAnswerBringsUpIsShownBeforeThePageIsLeft() async throws {
        try await withBrowser { browser, _ in
            let path = try #require(try await Self.begin(browser, "down").location)
            _ = try await browser.get(path)
            let more = try await browser.post(
                path, [("page", "better"), ("shown", "negative"), ("q_negative", "staff"), ("then", "next")])
            #expect(more.status == 200 && more.body.contains("Which staff?") && more.body.contains("One more question"))
        }
    }

    @Test func wrongAnswersAreSaidAtTheQuestionAndInAFocusedSummary() async throws {
        try await withBrowser { browser, sample in
            let page = try await Self.begin(browser, "sideways")
            #expect(page.status == 422)
            #expect(page.body.contains("role=\"alert\" aria-labelledby=\"problems\" tabindex=\"-1\" autofocus"))
            #expect(page.body.contains("href=\"#q_trust-up\"") && page.body.contains("id=\"q_trust-error\""))
            #expect(sample.kept.withLock { $0.unsent.isEmpty })
        }
    }

    @Test func onlyTheKindOfFileAskedForIsTaken() async throws {
        try await withBrowser { browser, sample in
            let path = try #require(try await Self.begin(browser, "up").location)
            let home = String(path.prefix { $0 != "?" })
            for (content, why) in [("GIF89a", "PDF"), ("%PDF-" + String(repeating: "x", count: 5_000), "4 KB")] {
                _ = try await browser.get(home + "?page=words")
                let page = try await browser.post(
                    home, [("page", "words"), ("then", "next")], files: [("q_letter", "a.pdf", content)])
                #expect(page.status == 422 && page.body.contains(why))
            }
            #expect(sample.kept.withLock { $0.unsent.values.first?.1.isEmpty } == true)
        }
    }

    @Test func savingGivesACodeThatLeadsBack() async throws {
        try await withBrowser { browser, sample in
            let saved = try await Self.begin(browser, "up", then: "save")
            let page = try await browser.get(try #require(saved.location))
            let code = try #require(page.body.between("<strong>", "</strong>"))
            _ = try await browser.get("/resume")
            let back = try await browser.post("/resume", [("code", code.lowercased())])
            #expect(back.location?.contains("/unsent/\(code)") == true)
            _ = try await browser.get("/resume")
            #expect(try await browser.post("/resume", [("code", "not a code")]).status == 422)
            #expect(try await browser.post("/resume", [("code", "2222-3333-4444")]).status == 422)
            #expect(try await browser.get(Self.path + "/unsent/2222-3333-4444").status == 404)
            #expect(sample.kept.withLock { $0.responses.isEmpty })
        }
    }

    @Test func theFirstPageAloneCanBeSent() async throws {
        try await withBrowser { browser, sample in
            let page = try await Self.begin(browser, "down", then: "finish")
            #expect(page.location?.hasPrefix("/services/passport/thanks") == true)
            let answers = sample.kept.withLock { $0.responses.first?.answers }
            #expect(answers?["trust"] == .value(.text("down")) && answers?["negative"] == nil)
        }
    }

    @Test func aFormWhoseApprovalHasEndedIsClosed() async throws {
        let sample = SampleSite()
        sample.definitions.withLock { $0[0].collection?.expires = CivilDate(daysSince1970: 1) }
        try await withBrowser(sample) { browser, sample in
            let page = try await browser.get(Self.path)
            #expect(page.status == 410 && page.body.contains("This form is closed"))
            let service = try await browser.get("/services/passport")
            #expect(!service.body.contains(Self.path))
        }
    }

    @Test(arguments: ["XX", "XX--", "", "XX\r\nContent-Disposition: form-data; name=\"a\"", "--XX\r\n\r\n"])
    func aBrokenBodyIsRefused(body: String) async throws {
        try await withBrowser { browser, _ in
            _ = try await browser.get(Self.path)
            let page = try await browser.send(
                Self.path, .post, [.contentType: "multipart/form-data; boundary=XX"], body)
            #expect(page.status == 400)
        }
    }
}
