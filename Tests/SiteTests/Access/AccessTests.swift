import Experience
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct AccessTests {
    static func signIn(_ browser: Browser) async throws {
        _ = try await browser.get("/staff/sign-in")
        let page = try await browser.post("/staff/sign-in", [("name", "ada"), ("password", "correct horse battery")])
        #expect(page.status == 303)
    }

    @Test(arguments: [
        "/staff", "/staff/services/passport", "/staff/services/passport/journeys", "/staff/services/passport/live",
        "/staff/services/passport/journeys/NA", "/staff/services/passport/download/kept.csv", "/staff/accounts",
    ])
    func staffPagesAskForASignInAndLeadBack(path: String) async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get(path + "?channel=web")
            #expect(page.status == 303)
            #expect(page.location?.hasPrefix("/staff/sign-in") == true)
            if path != "/staff" { #expect(page.location?.contains(Browser.escape("?")) == true) }
        }
    }

    @Test func aSignInMakesAFreshSessionAndForgetsWhatWasPlanted() async throws {
        try await withBrowser { browser, sample in
            browser.set(cookie: "__Host-session", "planted-session-0123456789")
            browser.set(cookie: "__Host-visit", "planted-visit-0123456789")
            try await AccessTests.signIn(browser)
            let cookies = browser.cookies
            #expect(cookies["__Host-session"] != "planted-session-0123456789")
            #expect(cookies["__Host-visit"] != "planted-visit-0123456789")
            #expect(sample.kept.withLock { $0.sessions[cookies["__Host-session"] ?? ""] } != nil)
            let home = try await browser.get("/staff")
            #expect(home.status == 200)
        }
    }

    @Test func signingInAgainEndsTheOldSession() async throws {
        try await withBrowser { browser, sample in
            try await AccessTests.signIn(browser)
            let first = browser.cookies["__Host-session"] ?? ""
            _ = try await browser.get("/staff")
            let again = try await browser.post(
                "/staff/sign-in", [("name", "ada"), ("password", "correct horse battery")])
            #expect(again.status == 303)
            #expect(browser.cookies["__Host-session"] != first)
            #expect(sample.kept.withLock { $0.sessions[first] } == nil)
        }
    }

    @Test func signingOutEndsTheSessionOnTheServer() async throws {
        try await withBrowser { browser, sample in
            try await AccessTests.signIn(browser)
            _ = try await browser.get("/staff")
            let out = try await browser.post("/staff/sign-out", [])
            #expect(out.status == 303)
            #expect(sample.kept.withLock { $0.sessions.isEmpty })
        }
    }

    @Test func aTokenFromBeforeTheSignInIsWorthNothingAfter() async throws {
        try await withBrowser { browser, _ in
            _ = try await browser.get("/staff/sign-in")
            let before = browser.token
            try await AccessTests.signIn(browser)
            let out = try await browser.post("/staff/sign-out", [], token: before)
            #expect(out.status == 403)
        }
    }

    @Test func aWrongPasswordSaysNothingAboutTheName() async throws {
        try await withBrowser { browser, _ in
            _ = try await browser.get("/staff/sign-in")
            let known = try await browser.post("/staff/sign-in", [("name", "ada"), ("password", "wrong")])
            let unknown = try await browser.post("/staff/sign-in", [("name", "eve"), ("password", "wrong")])
            #expect(known.status == 422 && unknown.status == 422)
            #expect(known.body.between("role=\"alert\"", "</div>") == unknown.body.between("role=\"alert\"", "</div>"))
        }
    }

    @Test(arguments: ["https://evil.example", "//evil.example", "/\\evil.example", "/track", "javascript:alert(1)"])
    func neverLeadsElsewhereAfterSigningIn(next: String) async throws {
        try await withBrowser { browser, _ in
            _ = try await browser.get("/staff/sign-in?next=\(Browser.escape(next))")
            let page = try await browser.post(
                "/staff/sign-in", [("name", "ada"), ("password", "correct horse battery"), ("next", next)])
            #expect(page.location == "/staff")
        }
    }

    @Test func theFirstLinkMakesAnAccountOnce() async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get("/staff/set-up/open-link-0123456789")
            #expect(page.body.contains("Make the first account"))
            let path = "/staff/set-up/open-link-0123456789"
            let differ = try await browser.post(
                path, [("name", "ada"), ("password", "one two three four"), ("again", "x")])
            #expect(differ.status == 422)
            let short = try await browser.post(path, [("name", "ada"), ("password", "short"), ("again", "short")])
            #expect(short.body.contains("at least 12 characters"))
            let long = "one two three four"
            let done = try await browser.post(path, [("name", "ada"), ("password", long), ("again", long)])
            #expect(done.location == "/staff/sign-in?set=1")
            let used = try await browser.get("/staff/set-up/used-link-9876543210")
            #expect(used.status == 410)
        }
    }

    @Test func onlyAdministratorsSeeAccounts() async throws {
        try await withBrowser { browser, sample in
            sample.kept.withLock {
                $0.sessions["viewer-session-012345"] = StaffAccount(id: "v", name: "boole", role: .viewer)
            }
            browser.set(cookie: "__Host-session", "viewer-session-012345")
            let accounts = try await browser.get("/staff/accounts")
            #expect(accounts.status == 403)
            let home = try await browser.get("/staff")
            #expect(home.status == 200)
            #expect(!home.body.contains("/staff/accounts"))
            let invited = try await browser.post("/staff/accounts", [("name", "x"), ("role", "administrator")])
            #expect(invited.status == 403)
        }
    }

    @Test func anAccountOfOneAgencySeesNoOther() async throws {
        try await withBrowser { browser, sample in
            sample.kept.withLock {
                $0.sessions["rural-session-0123456"] = StaffAccount(id: "r", name: "r", role: .owner, agency: "rural")
            }
            browser.set(cookie: "__Host-session", "rural-session-0123456")
            let glance = try await browser.get("/staff")
            #expect(glance.body.contains("Rural housing loan") && !glance.body.contains("Renew a passport"))
            for path in ["", "/journeys", "/journeys/NA", "/live", "/download/kept.csv"] {
                let page = try await browser.get("/staff/services/passport\(path)")
                #expect(page.status == 403)
            }
        }
    }

    @Test func anInvitationShowsItsLinkOnce() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            _ = try await browser.get("/staff/accounts")
            let page = try await browser.post("/staff/accounts", [("name", "lovelace"), ("role", "viewer")])
            #expect(page.body.contains("/staff/set-up/open-link-0123456789"))
            let taken = try await browser.post("/staff/accounts", [("name", "ada"), ("role", "viewer")])
            #expect(taken.body.contains("This user name is taken"))
            let later = try await browser.get("/staff/accounts")
            #expect(!later.body.contains("open-link"))
        }
    }

    @Test func whoInvitesOrChangesIsNamedByTheirOwnID() async throws {
        try await withBrowser { browser, sample in
            try await AccessTests.signIn(browser)
            _ = try await browser.get("/staff/accounts")
            _ = try await browser.post("/staff/accounts", [("name", "lovelace"), ("role", "viewer")])
            _ = try await browser.post("/staff/accounts/b2", [("change", "open")])
            #expect(sample.kept.withLock { $0.acting } == ["a1", "a1"])
        }
    }

    @Test func someoneInvitedIsNotCalledActive() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/accounts")
            let row = try #require(
                page.body.all(between: "<tr role=\"row\">", and: "</tr>").first { $0.contains("curie") })
            #expect(row.contains("Invited") && !row.contains("Never"))
        }
    }

    @Test func aNewPasswordNeedsTheOldOneAndEndsTheSession() async throws {
        try await withBrowser { browser, _ in
            let outside = try await browser.get("/staff/password")
            #expect(outside.status == 303)
            try await AccessTests.signIn(browser)
            _ = try await browser.get("/staff/password")
            let new = "seven slow herons"
            func ask(_ old: String, _ new: String, _ again: String) async throws -> Browser.Page {
                try await browser.post("/staff/password", [("old", old), ("password", new), ("again", again)])
            }
            #expect(try await ask("wrong", new, new).status == 422)
            #expect(try await ask("correct horse battery", new, "other").status == 422)
            let short = try await ask("correct horse battery", "short", "short")
            #expect(short.body.contains("at least 12 characters"))
            let done = try await ask("correct horse battery", new, new)
            #expect(done.location == "/staff/sign-in?set=1")
            #expect(try await browser.get("/staff").status == 303)
        }
    }
}
