import Foundation
import HTTPTypes
import Hummingbird
import Site
import Synchronization
import Testing

/// What must hold for every address there is, found by asking the router for them.
@Suite struct EveryRouteTests {
    private static let things: [String: String] = [
        "service": "passport", "form": "after", "touchpoint": "website", "agency": "consular", "journey": "2026-0001",
        "code": SampleSite.codeText, "link": "open-link-0123456789", "token": "no-such-token-0123", "hash": "0",
        "name": "site.css", "file": "kept.csv", "quarter": "FY2026Q1", "id": "a1", "device": "none", "page": "one",
        "question": "overall",
    ]

    private static func addresses(_ method: HTTPRequest.Method) throws -> [String] {
        Set(
            try SampleSite().site().router().routes.filter { $0.method == method }.map { route in
                "\(route.path)".split(separator: "/", omittingEmptySubsequences: false).map { part in
                    part.hasPrefix("{") ? things[String(part.dropFirst().dropLast())] ?? "x" : String(part)
                }.joined(separator: "/")
            }
        ).sorted()
    }

    /// Streams never end; everything else is asked.
    private static func isStream(_ address: String) -> Bool {
        address.hasSuffix("/live") && address.hasPrefix("/staff")
    }

    @Test func everyAnswerCarriesTheSecurityHeaders() async throws {
        let addresses =
            try Self.addresses(.get).filter { !Self.isStream($0) } + ["/nowhere", "/staff/nowhere", "/api/v1/x"]
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            for address in addresses {
                let page = try await browser.get(address)
                func value(_ name: String) -> String? { HTTPField.Name(name).flatMap { page.headers[$0] } }
                let policy = value("Content-Security-Policy") ?? ""
                #expect(policy.contains("default-src 'none'") && policy.contains("object-src 'none'"), "\(address)")
                #expect(policy.contains("base-uri 'none'") && policy.contains("frame-ancestors"), "\(address)")
                #expect(!policy.contains("unsafe"), "\(address)")
                #expect(value("X-Content-Type-Options") == "nosniff", "\(address)")
                #expect(value("Referrer-Policy") == "no-referrer", "\(address)")
                #expect(
                    value("Strict-Transport-Security") == "max-age=31536000; includeSubDomains", "\(address)")
                // Only the widget's script is there for other sites' pages.
                #expect(
                    value("Access-Control-Allow-Origin") == (address == "/widget.js" ? "*" : nil), "\(address)")
                #expect(value("Server") == nil && value("X-Powered-By") == nil, "\(address)")
                #expect(page.status >= 300 || page.headers[.contentType] != nil, "\(address)")
                #expect(page.status < 500, "\(address)")
                for cookie in page.headers[values: .setCookie] {
                    #expect(cookie.hasPrefix("__Host-") && cookie.contains("Secure"), "\(address) \(cookie)")
                    #expect(cookie.contains("SameSite=Lax") || cookie.contains("SameSite=Strict"), "\(address)")
                    #expect(cookie.contains("HttpOnly") && cookie.contains("Path=/"), "\(address) \(cookie)")
                }
            }
        }
    }

    @Test func whatStaffAndPeopleSeeIsKeptByNoCache() async throws {
        let addresses = try Self.addresses(.get).filter { address in
            !Self.isStream(address) && ["/staff", "/track", "/suppliers"].contains { address.hasPrefix($0) }
        }
        #expect(addresses.count > 20)
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            for address in addresses {
                let page = try await browser.get(address)
                #expect(page.headers[.cacheControl] == "no-store", "\(address)")
            }
        }
    }

    @Test func noFormIsTakenWithoutItsToken() async throws {
        let signed = ["/kiosk/passport/website/presses", "/kiosk/passport/website/pulse"]
        let addresses = try Self.addresses(.post).filter { !$0.hasPrefix("/api/") && !signed.contains($0) }
        #expect(addresses.count > 25)
        for address in addresses {
            try await withBrowser { browser, sample in
                try await AccessTests.signIn(browser)
                let before = sample.kept.withLock { ($0.acting.count, $0.statements.count, $0.requests.count) }
                for token in ["", "forged", "dG9rZW4gb2Ygc29tZWJvZHkgZWxzZQ=="] {
                    let page = try await browser.post(address, [("change", "close"), ("step", "send")], token: token)
                    #expect([403, 404, 410].contains(page.status), "\(address) \(page.status)")
                }
                let after = sample.kept.withLock { ($0.acting.count, $0.statements.count, $0.requests.count) }
                #expect(before == after, "\(address)")
            }
        }
    }

    @Test func noSafeMethodChangesAnything() async throws {
        // A route that changes something is asked with POST: the same address with GET is another page or none.
        for route in try SampleSite().site().router().routes where route.method == .get {
            let last = "\(route.path)".split(separator: "/").last ?? ""
            #expect(!["sign-out", "withdraw", "step", "outcome", "presses", "pulse"].contains(last), "\(route.path)")
        }
    }
}
