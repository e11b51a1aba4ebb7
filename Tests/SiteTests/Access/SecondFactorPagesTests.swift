import Experience
import HTTPTypes
import Hummingbird
import Site
import Synchronization
import Testing

@Suite struct SecondFactorPagesTests {
    private static let password = ("password", "correct horse battery")

    /// Grace has given her password; the code is awaited.
    private static func half(_ browser: Browser, next: String = "/staff") async throws -> Browser.Page {
        _ = try await browser.get("/staff/sign-in")
        return try await browser.post("/staff/sign-in", [("name", "grace"), password, ("next", next)])
    }

    private static func signIn(_ browser: Browser) async throws {
        _ = try await half(browser)
        _ = try await browser.get("/staff/sign-in/code")
        let done = try await browser.post("/staff/sign-in/code", [("code", "123456")])
        #expect(done.location == "/staff")
    }

    @Test func aPasswordAloneLeadsToTheCodeAndMakesNoSession() async throws {
        try await withBrowser { browser, sample in
            let page = try await Self.half(browser, next: "/staff/promises")
            #expect(page.status == 303)
            #expect(page.location == "/staff/sign-in/code?next=%2Fstaff%2Fpromises")
            #expect(browser.cookies["__Host-session"] == nil)
            #expect(sample.kept.withLock { $0.sessions.isEmpty })
            let cookie = page.headers[values: .setCookie].first { $0.hasPrefix("__Host-half=") } ?? ""
            #expect(cookie.contains("Max-Age=300") && cookie.contains("HttpOnly") && cookie.contains("Secure"))
            let form = try await browser.get("/staff/sign-in/code?next=%2Fstaff%2Fpromises")
            #expect(form.body.contains("autocomplete=\"one-time-code\"") && form.body.contains("inputmode=\"numeric\""))
            let done = try await browser.post(
                "/staff/sign-in/code", [("code", "123456"), ("next", "/staff/promises")])
            #expect(done.location == "/staff/promises")
            #expect(browser.cookies["__Host-session"]?.isEmpty == false)
            #expect(browser.cookies["__Host-half"] == "")
        }
    }

    @Test func halfSignedInOpensNoStaffPage() async throws {
        try await withBrowser { browser, _ in
            _ = try await Self.half(browser)
            let half = browser.cookies["__Host-half"] ?? ""
            for path in try SampleSite().site().router().routes.filter({ $0.method == .get }).map({ "\($0.path)" })
            where path.hasPrefix("/staff") && !path.hasPrefix("/staff/sign-in") && !path.hasPrefix("/staff/set-up") {
                let address = path.replacing("{service}", with: "passport").replacing("{form}", with: "after")
                    .replacing("{journey}", with: "2026-0001").replacing("{", with: "").replacing("}", with: "")
                let page = try await browser.get(address)
                #expect(page.location?.hasPrefix("/staff/sign-in") == true, "\(address) \(page.status)")
            }
            // Nor does its token do as a session's.
            browser.set(cookie: "__Host-session", half)
            #expect(try await browser.get("/staff").status == 303)
        }
    }

    @Test func wrongCodesAreToldAndTheStepIsOverWithoutItsCookie() async throws {
        try await withBrowser { browser, _ in
            _ = try await Self.half(browser)
            _ = try await browser.get("/staff/sign-in/code")
            let wrong = try await browser.post("/staff/sign-in/code", [("code", "654321")])
            #expect(wrong.status == 422 && wrong.body.contains("role=\"alert\""))
            #expect(!wrong.body.contains("654321"))
            browser.set(cookie: "__Host-half", "somebody-elses-0123456789")
            let over = try await browser.post("/staff/sign-in/code", [("code", "123456")])
            #expect(over.location == "/staff/sign-in?over=1")
        }
    }

    @Test func whoeverUsedARecoveryCodeIsToldHowManyAreLeft() async throws {
        try await withBrowser { browser, _ in
            _ = try await Self.half(browser)
            _ = try await browser.get("/staff/sign-in/code")
            let done = try await browser.post("/staff/sign-in/code", [("code", "ABCD-EFGH-2345")])
            #expect(done.location == "/staff/second-factor?used=1")
            let page = try await browser.get("/staff/second-factor?used=1")
            #expect(page.body.contains("9 are left"))
        }
    }

    @Test func settingUpAsksForThePasswordAndShowsSecretAndCodesOnce() async throws {
        try await withBrowser { browser, sample in
            try await AccessTests.signIn(browser)
            _ = try await browser.get("/staff/second-factor")
            let wrong = try await browser.post("/staff/second-factor", [("step", "begin"), ("password", "no")])
            #expect(wrong.status == 422 && !wrong.body.contains("otpauth"))
            let before = browser.cookies["__Host-session"] ?? ""
            let begun = try await browser.post("/staff/second-factor", [("step", "begin"), Self.password])
            #expect(begun.status == 200 && begun.body.contains("<svg") && begun.body.contains("JBSW Y3DP"))
            #expect(
                begun.body.contains(
                    "otpauth://totp/Throughline:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&amp;issuer=Throughline"
                        + "&amp;algorithm=SHA1&amp;digits=6&amp;period=30"))
            #expect(browser.cookies["__Host-session"] != before)
            let mistyped = try await browser.post("/staff/second-factor", [("step", "confirm"), ("code", "000000")])
            #expect(mistyped.status == 422 && mistyped.body.contains("JBSW Y3DP"))
            let on = try await browser.post("/staff/second-factor", [("step", "confirm"), ("code", "123456")])
            #expect(on.status == 200 && on.body.contains("ABCD-EFGH-2345"))
            let later = try await browser.get("/staff/second-factor")
            #expect(!later.body.contains("ABCD-EFGH") && !later.body.contains("JBSW"))
            #expect(sample.kept.withLock { $0.sessions.count } == 1)
        }
    }

    @Test(arguments: ["begin", "codes", "remove"])
    func changingItAsksForPasswordAndCode(step: String) async throws {
        try await withBrowser { browser, _ in
            try await Self.signIn(browser)
            _ = try await browser.get("/staff/second-factor")
            for fields in [
                [("step", step), Self.password], [("step", step), ("code", "123456")],
                [("step", step), Self.password, ("code", "999999")],
            ] {
                let page = try await browser.post("/staff/second-factor", fields)
                #expect(page.status == 422, "\(fields)")
            }
            let done = try await browser.post(
                "/staff/second-factor", [("step", step), Self.password, ("code", "123456")])
            #expect(step == "remove" ? done.location == "/staff/second-factor?off=1" : done.status == 200)
        }
    }

    @Test func whoMustHaveOneAndHasNoneOpensNothingElse() async throws {
        try await withBrowser { browser, sample in
            var account = StaffAccount(id: "o1", name: "olga", role: .administrator)
            account.mustHaveSecondFactor = true
            sample.kept.withLock { [account] in $0.sessions["must-have-0123456789"] = account }
            browser.set(cookie: "__Host-session", "must-have-0123456789")
            for path in [
                "/staff", "/staff/accounts", "/staff/password", "/staff/sessions", "/staff/services/passport",
                "/staff/services/passport/live", "/staff/webhooks",
            ] {
                let page = try await browser.get(path)
                #expect(page.location == "/staff/second-factor", "\(path)")
            }
            let page = try await browser.get("/staff/second-factor")
            #expect(page.status == 200 && page.body.contains("Your role needs this."))
            #expect(!page.body.contains("href=\"/staff/accounts\""))
            _ = try await browser.post("/staff/second-factor", [("step", "begin"), Self.password])
            let on = try await browser.post("/staff/second-factor", [("step", "confirm"), ("code", "123456")])
            #expect(on.status == 200)
            #expect(try await browser.get("/staff/accounts").status == 200)
            // And it can't be turned off.
            _ = try await browser.get("/staff/second-factor")
            let off = try await browser.post(
                "/staff/second-factor", [("step", "remove"), Self.password, ("code", "123456")])
            #expect(off.status == 422)
        }
    }

    @Test func administratorsResetAnothersSecondFactor() async throws {
        let sample = SampleSite()
        try await withBrowser(sample) { browser, sample in
            try await AccessTests.signIn(browser)
            let list = try await browser.get("/staff/accounts")
            let row = try #require(
                list.body.all(between: "<tr role=\"row\">", and: "</tr>").first { $0.contains("hopper") })
            #expect(row.contains("Two-step sign-in") && row.contains("value=\"factor\""))
            let done = try await browser.post("/staff/accounts/h4", [("change", "factor")])
            #expect(done.status == 303)
            #expect(sample.kept.withLock { $0.acting } == ["a1"])
        }
    }

    @Test func sessionsAreEndedByThePasswordOnly() async throws {
        try await withBrowser { browser, sample in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/sessions")
            #expect(page.body.contains("Firefox on Linux") && page.body.contains("Safari on iPhone or iPad"))
            let one = ("session", "0123456789abcdef1")
            let wrong = try await browser.post("/staff/sessions", [("step", "chosen"), one, ("password", "no")])
            #expect(wrong.status == 422)
            let none = try await browser.post("/staff/sessions", [("step", "chosen"), Self.password])
            #expect(none.status == 422)
            #expect(sample.kept.withLock { $0.acting.isEmpty })
            let ended = try await browser.post("/staff/sessions", [("step", "chosen"), one, Self.password])
            #expect(ended.location == "/staff/sessions?ended=1")
            _ = try await browser.get("/staff/sessions")
            let all = try await browser.post("/staff/sessions", [("step", "others"), Self.password])
            #expect(all.location == "/staff/sessions?ended=2")
            #expect(sample.kept.withLock { $0.acting } == ["a1 ends 0123456789abcdef1", "a1 ends all others"])
        }
    }

    @Test func browsersAreKnownByTheirKind() {
        let said: [(String, String)] = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox/linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "edge/windows"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "safari/ios"
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "chrome/android"
            ), ("curl/8.5.0", "other/other"),
        ]
        for (agent, family) in said { #expect(BrowserFamily.of(agent) == family) }
        #expect(BrowserFamily.of(nil) == nil)
    }
}
