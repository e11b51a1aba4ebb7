import Experience
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct RequestTests {
    static let good = [("q_name", "Ana López"), ("q_email", "ana@example.com"), ("q_reason", "lost")]

    @Test func showsTheDateBeforeAnythingIsSent() async throws {
        try await withBrowser { browser, sample in
            let form = try await browser.get("/services/passport/request")
            #expect(form.body.contains("OMB control number 1405-0020, expires Jul 1, 2027"))
            let review = try await browser.post("/services/passport/request", RequestTests.good + [("step", "review")])
            #expect(review.status == 200)
            #expect(review.body.contains("Wednesday, May 27, 2026"))
            #expect(review.body.contains("19 of 20"))
            #expect(review.body.contains("Ana López"))
            #expect(sample.kept.withLock { $0.requests.isEmpty })
        }
    }

    @Test func sendsWhatWasReviewedAndLeadsToItsCode() async throws {
        try await withBrowser { browser, sample in
            _ = try await browser.get("/services/passport/request")
            let review = try await browser.post("/services/passport/request", RequestTests.good + [("step", "review")])
            let id = try #require(review.body.between("name=\"request_id\" value=\"", "\""))
            let offered = try #require(review.body.between("name=\"offered\" value=\"", "\""))
            let sent = try await browser.post(
                "/services/passport/request",
                RequestTests.good + [("step", "send"), ("request_id", id), ("offered", offered)])
            #expect(sent.status == 303)
            #expect(sent.location == "/track/ABCD-EFGH-2345?sent=1")
            let request = try #require(sample.kept.withLock { $0.requests.first })
            #expect(request.id.description == id)
            #expect(request.answers["name"] == .words("Ana López"))
            #expect(request.answers["reason"] == .value(.text("lost")))
            #expect(request.quote?.due.description == offered)
        }
    }

    @Test func offersAMovedDateAgainInsteadOfChangingItUnseen() async throws {
        try await withBrowser { browser, sample in
            _ = try await browser.get("/services/passport/request")
            let review = try await browser.post("/services/passport/request", RequestTests.good + [("step", "review")])
            let id = try #require(review.body.between("name=\"request_id\" value=\"", "\""))
            let offered = try #require(review.body.between("name=\"offered\" value=\"", "\""))
            sample.kept.withLock { $0.quoteDue = $0.quoteDue.adding(days: 3) }
            let again = try await browser.post(
                "/services/passport/request",
                RequestTests.good + [("step", "send"), ("request_id", id), ("offered", offered)])
            #expect(again.status == 200)
            #expect(again.body.contains("The date has moved"))
            #expect(sample.kept.withLock { $0.requests.isEmpty })
        }
    }

    @Test(arguments: [
        ("q_name", "", "Enter an answer."), ("q_email", "nobody", "Enter an e-mail address"),
        ("q_reason", "", "Choose one of the answers."), ("q_reason", "bogus", "Choose one of the answers shown."),
        ("q_travel", "soon", "Enter a real date"),
    ])
    func saysWhatIsWrongAndKeepsTheRest(field: String, value: String, text: String) async throws {
        try await withBrowser { browser, sample in
            _ = try await browser.get("/services/passport/request")
            let fields = RequestTests.good.filter { $0.0 != field } + [(field, value), ("step", "review")]
            let page = try await browser.post("/services/passport/request", fields)
            #expect(page.status == 422)
            #expect(page.body.contains(text))
            #expect(page.body.contains("<title>Error: "))
            #expect(page.body.contains("aria-invalid") || field == "q_reason")
            if field != "q_name" { #expect(page.body.contains("value=\"Ana López\"")) }
            #expect(sample.kept.withLock { $0.requests.isEmpty })
        }
    }

    @Test func aServiceWithoutAWebFormOffersNone() async throws {
        try await withBrowser { browser, _ in
            #expect(try await browser.get("/services/loan/request").status == 404)
            let page = try await browser.get("/services/loan")
            #expect(!page.body.contains("/services/loan/request"))
        }
    }
}

@Suite struct TrackingTests {
    @Test(arguments: ["abcd-efgh-2345", "ABCDEFGH2345", " abcd efgh 2345 "])
    func findsACodeHoweverItIsTyped(typed: String) async throws {
        try await withBrowser { browser, _ in
            _ = try await browser.get("/track")
            #expect(try await browser.post("/track", [("code", typed)]).location == "/track/ABCD-EFGH-2345")
        }
    }

    @Test(arguments: [
        ("", 422, "Enter your tracking code."), ("0000", 422, "can&#39;t be a code"),
        ("ZZZZ-ZZZZ-ZZZZ", 404, "We know no request"),
    ])
    func saysWhyACodeIsRefused(typed: String, status: Int, text: String) async throws {
        try await withBrowser { browser, _ in
            _ = try await browser.get("/track")
            let page = try await browser.post("/track", [("code", typed)])
            #expect(page.status == status)
            #expect(page.body.contains(text))
        }
    }

    @Test func showsStepsDateAndItsHistory() async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get("/track/ABCD-EFGH-2345")
            #expect(page.body.contains("2 of 4 done"))
            #expect(page.body.contains("aria-current=\"step\""))
            #expect(page.body.contains("printer out of order"))
            #expect(page.body.contains("Our working days changed (executive order), so the date is now"))
            #expect(!page.body.contains("name=\"solved\""))
            #expect(page.headers[.cacheControl] == "no-store")
            let spanish = try await browser.get("/track/ABCD-EFGH-2345?lang=es")
            #expect(spanish.body.contains("Cambiaron nuestros días hábiles (executive order); la fecha es ahora el"))
        }
    }

    @Test func asksOnceAtTheEndWhetherTheyGotWhatTheyCameFor() async throws {
        let sample = SampleSite()
        let code = try #require(TrackingCode("CCCC-DDDD-2222"))
        sample.kept.withLock { $0.journeys[code] = SampleFigures.journey(closed: true) }
        try await withBrowser(sample) { browser, sample in
            let page = try await browser.get("/track/\(code)")
            #expect(page.body.contains("Did you get the passport you asked for?"))
            #expect(try await browser.post("/track/\(code)/outcome", []).status == 422)
            let sent = try await browser.post("/track/\(code)/outcome", [("solved", "no"), ("comment", "  ")])
            #expect(sent.status == 303)
            let outcome = try #require(sample.kept.withLock { $0.outcomes.first })
            #expect(outcome.1 == .no && outcome.2 == nil)
            sample.kept.withLock { $0.journeys[code] = SampleFigures.journey(closed: true, outcome: .no) }
            let after = try await browser.get("/track/\(code)")
            #expect(after.body.contains("closed, not solved"))
            #expect(!after.body.contains("name=\"solved\""))
        }
    }
}
