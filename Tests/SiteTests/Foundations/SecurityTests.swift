import Foundation
import HTTPTypes
import Experience
import Site
import Synchronization
import Testing

@Suite struct SecurityTests {
    @Test(arguments: [
        "/", "/services/passport", "/services/passport/request", "/track", "/track/ABCD-EFGH-2345",
        "/services/passport/feedback/after", "/kiosk/passport/exit", "/methods", "/nowhere", "/staff/sign-in",
    ])
    func everyPageForbidsInlineCodeAndOtherHosts(path: String) async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get(path)
            let policy = try #require(page.headers[HTTPField.Name("Content-Security-Policy")!])
            #expect(policy.contains("default-src 'none'"))
            #expect(!policy.contains("unsafe") && !policy.contains("http:") && !policy.contains("https:"))
            #expect(!page.body.contains("style=\""))
            #expect(!page.body.contains("<style"))
            #expect(page.body.range(of: #"\son[a-z]+=""#, options: .regularExpression) == nil)
            #expect(page.body.range(of: #"<script(?![^>]*src="/assets/)"#, options: .regularExpression) == nil)
            // What a browser fetches by itself; links people follow may lead elsewhere.
            #expect(page.body.range(of: #"(src|<link[^>]*href)="(https?:)?//"#, options: .regularExpression) == nil)
        }
    }

    @Test(arguments: [
        "/track", "/services/passport/request", "/services/passport/feedback/after", "/kiosk/passport/exit",
    ])
    func refusesAFormWithoutItsToken(path: String) async throws {
        try await withBrowser { browser, sample in
            _ = try await browser.get(path)
            for token in ["", "AAAA", String(browser.token.reversed())] {
                let page = try await browser.post(path, [("value", "5"), ("code", SampleSite.codeText)], token: token)
                #expect(page.status == 403)
            }
            #expect(sample.kept.withLock { $0.responses.isEmpty && $0.requests.isEmpty })
        }
    }

    @Test func refusesAnotherBrowsersToken() async throws {
        let sample = SampleSite()
        try await withBrowser(sample) { first, _ in
            _ = try await first.get("/track")
            let stolen = first.token
            try await withBrowser(sample) { second, _ in
                _ = try await second.get("/track")
                #expect(try await second.post("/track", [("code", SampleSite.codeText)], token: stolen).status == 403)
                #expect(try await second.post("/track", [("code", SampleSite.codeText)]).status == 303)
            }
        }
    }

    @Test func refusesWhatABrowserSaysCameFromAnotherSite() async throws {
        try await withBrowser { browser, _ in
            _ = try await browser.get("/track")
            let header = HTTPFields([HTTPField(name: HTTPField.Name("Sec-Fetch-Site")!, value: "cross-site")])
            #expect(try await browser.post("/track", [("code", SampleSite.codeText)], headers: header).status == 403)
        }
    }

    @Test func cookiesAreHostBoundOnHTTPS() async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get("/?lang=es")
            let cookies = page.headers[values: .setCookie]
            let visit = try #require(cookies.first { $0.hasPrefix("__Host-visit=") })
            #expect(visit.contains("Secure") && visit.contains("HttpOnly") && visit.contains("SameSite=Lax"))
            #expect(visit.contains("Path=/") && !visit.contains("Domain"))
        }
    }

    @Test func assetsAreKeptForEverUnderTheirHash() async throws {
        try await withBrowser { browser, _ in
            let home = try await browser.get("/")
            let path = try #require(home.body.between("rel=\"stylesheet\" href=\"", "\""))
            let asset = try await browser.get(path)
            #expect(asset.status == 200)
            #expect(asset.headers[.cacheControl]?.contains("immutable") == true)
            #expect(try await browser.get("/assets/0000000000000000/site.css").status == 404)
            #expect(!asset.body.contains("url(") && !asset.body.contains("@import"))
        }
    }

    @Test func guessingCodesIsHeldBack() async throws {
        try await withBrowser { browser, sample in
            var statuses: [Int] = []
            for _ in 0..<125 { statuses.append(try await browser.get("/track/ZZZZ-ZZZZ-ZZZZ").status) }
            #expect(statuses.first == 404)
            #expect(statuses.last == 429)
            sample.clock.withLock { $0 = $0.advanced(by: 60_000_000) }
            #expect(try await browser.get("/track/ZZZZ-ZZZZ-ZZZZ").status == 404)
        }
    }
}
