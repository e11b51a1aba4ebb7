import Experience
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct PromisePagesTests {
    private static let path = "/staff/services/passport/journeys/NA/date"
    private static let good = [
        ("request_id", "0190b6c0c1e57a7c8000000000000001"), ("date", "2026-05-20"), ("reason", "staffing"),
        ("note", "Come on Tuesday."), ("telling", "mail"), ("step", "send"),
    ]

    private static func signedIn(_ browser: Browser, _ sample: SampleSite, _ role: StaffAccount.Role) {
        sample.kept.withLock { $0.sessions["session-token-of-a-test"] = StaffAccount(id: "c3", name: "cy", role: role) }
        browser.set(cookie: "__Host-session", "session-token-of-a-test")
    }

    @Test func theBoardIsInTheOrderGivenAndSaysHowSure() async throws {
        try await withBrowser { browser, sample in
            Self.signedIn(browser, sample, .caseworker)
            let page = try await browser.get("/staff/promises")
            #expect(page.status == 200)
            #expect(
                page.body.all(between: "<h2><a href=\"", and: "\"") == [
                    "/staff/services/passport/journeys/case%207%2F2026", "/staff/services/passport/journeys/NA",
                ])
            #expect(page.body.contains("6 working days late") && page.body.contains("62% likely to break"))
            #expect(page.body.contains("no mail server") || page.body.contains("No mail server"))
            #expect(page.body.contains("false alarm") || page.body.contains("by chance"))
            let risky = try await browser.get("/staff/promises?show=at_risk")
            #expect(risky.body.all(between: "<h2><a href=\"", and: "\"").count == 1)
            let spanish = try await browser.get("/staff/promises?lang=es")
            #expect(spanish.body.contains("6 días hábiles de retraso"))
        }
    }

    @Test func aNewDateIsPreviewedInThePersonsLanguageAndGivenOnce() async throws {
        try await withBrowser { browser, sample in
            Self.signedIn(browser, sample, .caseworker)
            let form = try await browser.get(Self.path)
            #expect(form.status == 200)
            #expect(form.body.contains("value=\"2026-05-12\""), "the suggested date is not filled in")
            #expect(form.body.contains("91%"))
            #expect(form.body.contains("lang=\"es\"") && form.body.contains("Su nueva fecha es el"))
            let preview = try await browser.post(Self.path, Self.good.filter { $0.0 != "step" } + [("step", "preview")])
            #expect(preview.status == 200)
            #expect(preview.body.contains("faltaba personal") && preview.body.contains("Come on Tuesday."))
            #expect(sample.kept.withLock { $0.newDates.isEmpty })
            let sent = try await browser.post(Self.path, Self.good)
            #expect(sent.status == 303 && sent.location == "/staff/promises?done=NA")
            let given = try #require(sample.kept.withLock { $0.newDates.first })
            #expect(given.date.description == "2026-05-20" && given.reason == .staffing && given.telling == .mail)
            #expect(given.by == "c3" && given.language == .es && given.id.description == Self.good[0].1)
            #expect(given.message.body.contains("faltaba personal") && given.message.body.contains("Come on Tuesday."))
        }
    }

    @Test(arguments: [
        ("date", "", "Enter the new date"), ("date", "2026-02-30", "Enter the new date"),
        ("date", "2020-01-01", "Choose today or a later day"), ("date", "2040-01-01", "within the next three years"),
        ("reason", "forecast", "Choose a reason"), ("reason", "<b>", "Choose a reason"),
    ])
    func whatCanNotBeGivenIsSaidAtItsField(field: String, value: String, problem: String) async throws {
        try await withBrowser { browser, sample in
            Self.signedIn(browser, sample, .caseworker)
            _ = try await browser.get(Self.path)
            let page = try await browser.post(Self.path, Self.good.map { $0.0 == field ? (field, value) : $0 })
            #expect(page.status == 422)
            #expect(page.body.contains(problem), "\(page.body.between("<main", "</main>") ?? "")")
            #expect(sample.kept.withLock { $0.newDates.isEmpty })
        }
    }

    @Test func onlyCaseworkersAndAboveGiveDates() async throws {
        try await withBrowser { browser, sample in
            Self.signedIn(browser, sample, .viewer)
            let board = try await browser.get("/staff/promises")
            #expect(board.status == 200 && !board.body.contains("/NA/date"))
            #expect(try await browser.get(Self.path).status == 403)
            #expect(try await browser.post(Self.path, Self.good).status == 403)
            #expect(sample.kept.withLock { $0.newDates.isEmpty })
        }
        try await withBrowser { browser, sample in
            sample.kept.withLock {
                $0.sessions["session-token-of-a-test"] = StaffAccount(
                    id: "c4", name: "di", role: .owner, agency: "elsewhere")
            }
            browser.set(cookie: "__Host-session", "session-token-of-a-test")
            #expect(try await browser.get(Self.path).status == 403)
            let board = try await browser.get("/staff/promises")
            #expect(!board.body.contains("<h2><a"))
        }
    }

    @Test func aJourneyThatOwesNothingHasNoNewDate() async throws {
        try await withBrowser { browser, sample in
            Self.signedIn(browser, sample, .administrator)
            let page = try await browser.get("/staff/services/passport/journeys/none/date")
            #expect(page.status == 404)
        }
    }
}

@Suite struct QuoteAPITests {
    private static func ask(_ browser: Browser, _ body: String, key: String = "good-key") async throws -> Browser.Page {
        try await browser.send("/api/v1/quotes", .post, [.authorization: "Bearer \(key)"], body)
    }

    @Test func aQuoteHasItsOddsBasisAndReason() async throws {
        try await withBrowser { browser, _ in
            let page = try await Self.ask(browser, #"{"service":"passport","attributes":{"channel":"mail"}}"#)
            #expect(page.status == 200)
            #expect(
                page.body
                    == #"{"service":"passport","due":"2026-05-27","half_by":"2026-05-18","eight_of_ten_by":null,"probability":0.95,"basis":"history","reason":null,"finished":1204,"unknown_attributes":["channel"]}"#
            )
        }
    }

    @Test(arguments: [
        (#"{"service":"#, "good-key", 400, "malformed"), ("[]", "good-key", 400, "malformed"),
        (#"{"service":"nothing"}"#, "good-key", 404, "service-unknown"),
        (#"{"service":"passport","attributes":{"colour":"red"}}"#, "good-key", 422, "attribute-unknown"),
        (#"{"service":"passport","attributes":{"channel":{"a":1}}}"#, "good-key", 400, "malformed"),
        (#"{"service":"passport"}"#, "bad-key", 401, "key"),
    ])
    func errorsSayWhatToDo(body: String, key: String, status: Int, kind: String) async throws {
        try await withBrowser { browser, _ in
            let page = try await Self.ask(browser, body, key: key)
            #expect(page.status == status)
            #expect(page.body.contains(kind), "\(page.body)")
        }
    }
}
