import Experience
import Site
import Synchronization
import Testing

@Suite struct FeedbackTests {
    @Test func storesEachAnswerUnderItsQuestionOnce() async throws {
        try await withBrowser { browser, sample in
            let form = try await browser.get("/services/passport/feedback/after?code=ABCD-EFGH-2345")
            let id = try #require(form.body.between("name=\"response_id\" value=\"", "\""))
            let fields = [
                ("response_id", id), ("code", SampleSite.codeText), ("q_overall", "4"), ("q_helped", "staff"),
                ("q_helped", "date"), ("q_visits", "2"), ("q_why", "It came early."),
            ]
            #expect(try await browser.post("/services/passport/feedback/after", fields).status == 303)
            #expect(try await browser.post("/services/passport/feedback/after", fields).status == 303)
            let responses = sample.kept.withLock { $0.responses }
            #expect(responses.count == 1)
            let answers = try #require(responses.first).answers
            #expect(answers["overall"] == .value(.integer(4)))
            #expect(answers["helped"] == .choices(["date", "staff"]))
            #expect(answers["visits"] == .value(.integer(2)))
            #expect(answers["why"] == .words("It came early."))
            #expect(responses.first?.code?.description == SampleSite.codeText)
        }
    }

    @Test func refusesAnEmptyRating() async throws {
        try await withBrowser { browser, sample in
            let form = try await browser.get("/services/passport/feedback/after")
            let id = try #require(form.body.between("name=\"response_id\" value=\"", "\""))
            let page = try await browser.post(
                "/services/passport/feedback/after", [("response_id", id), ("q_why", "x")])
            #expect(page.status == 422)
            #expect(page.body.contains("href=\"#q_overall-1\""))
            #expect(page.body.contains(">x</textarea>"))
            #expect(sample.kept.withLock { $0.responses.isEmpty })
        }
    }

    @Test func showsControlNumberAndExpiryOnTheFirstPage() async throws {
        try await withBrowser { browser, _ in
            let form = try await browser.get("/services/passport/feedback/after")
            #expect(form.body.contains("OMB control number 1405-0020, expires"))
        }
    }
}
