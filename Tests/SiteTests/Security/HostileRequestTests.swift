import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct HostileRequestTests {
    private static let climbs: [String] = [
        "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..\\..\\windows", "%252e%252e%252f",
        "....//....//etc/passwd", "/etc/passwd", "site.css%00.png", "%c0%ae%c0%ae/", "layout.mustache", "words/en.json",
    ]

    @Test(arguments: climbs)
    func noPathLeavesTheAssets(climb: String) async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            for address in [
                "/assets/0000000000000000/\(climb)", "/assets/\(climb)", "/results/\(climb)",
                "/staff/services/passport/download/\(climb)", "/staff/services/passport/feedback/\(climb)",
                "/staff/services/passport/channels/posters/\(climb)", "/staff/services/passport/scorecard/\(climb)",
            ] {
                let page = try await browser.get(address)
                #expect([303, 400, 404].contains(page.status), "\(address) \(page.status)")
                #expect(!page.body.contains("root:") && !page.body.contains("frame.formToken"), "\(address)")
            }
        }
    }

    @Test func noServiceOrJourneyIdIsReadAsAPath() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            for climb in Self.climbs {
                let escaped = Browser.escape(climb)
                let answerB = try await browser.get("/services/\(escaped)")
                #expect(answerB.status == 404, "\(climb)")
                let answerC = try await browser.get("/staff/forms/passport/\(escaped)")
                #expect(answerC.status == 404, "\(climb)")
                let answerD = try await browser.get("/staff/services/\(escaped)/journeys")
                #expect(answerD.status == 404, "\(climb)")
            }
        }
    }

    @Test func formsLargerThanAPageCanSendAreRefused() async throws {
        try await withBrowser { browser, _ in
            _ = try await browser.get("/track")
            let page = try await browser.post("/track", [("code", String(repeating: "A", count: 300 * 1_024))])
            #expect(page.status == 413)
            let many = (0..<600).map { ("field\($0)", "x") }
            let answerE = try await browser.post("/track", many)
            #expect(answerE.status == 413)
            let answerF = try await browser.post("/track", [("code", "ABCD")])
            #expect(answerF.status < 500)
        }
    }

    @Test func bodiesLargerThanTheAPITakesAreRefused() async throws {
        try await withBrowser { browser, sample in
            let key: HTTPFields = [.authorization: "Bearer good-key", .contentType: "application/json"]
            let large = "[\"" + String(repeating: "x", count: 17 * 1_048_576) + "\"]"
            let answerG = try await browser.send("/api/v1/events", .post, key, large)
            #expect(answerG.status == 413)
            let answerH = try await browser.send("/api/v1/quotes", .post, key, String(large.prefix(70_000)))
            #expect(answerH.status == 413)
            #expect(
                try await browser.send("/api/v1/responses", .post, key, String(large.prefix(5_000_000))).status == 413)
            #expect(sample.kept.withLock { $0.events.isEmpty })
        }
    }

    @Test func deepNestingIsRefusedWithoutHarm() async throws {
        try await withBrowser { browser, _ in
            let key: HTTPFields = [.authorization: "Bearer good-key", .contentType: "application/json"]
            for depth in [600, 100_000] {
                for open in ["[", "{\"a\":"] {
                    let text = String(repeating: open, count: depth)
                    for address in ["/api/v1/events", "/api/v1/responses", "/api/v1/quotes"] {
                        let status = try await browser.send(address, .post, key, text).status
                        #expect((400..<500).contains(status), "\(address) \(depth) \(status)")
                    }
                }
            }
        }
    }

    @Test func aFileWhereNoneIsAskedForIsRefused() async throws {
        try await withBrowser { browser, _ in
            _ = try await browser.get("/track")
            let page = try await browser.post(
                "/track", [("code", "x")], files: [("code", "../../x.sh", "#!/bin/sh\n")])
            #expect(page.status == 400)
        }
    }

    private struct Leak: Error { var detail = "password=hunter2 SELECT * FROM account /var/lib/throughline" }

    @Test func anErrorInsideTellsNothingButItsNumber() async throws {
        let sample = SampleSite()
        sample.retention.withLock { $0 = RetentionDesk(view: { _ in throw Leak() }) }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/retention")
            #expect(page.status == 500)
            #expect(!page.body.contains("hunter2") && !page.body.contains("SELECT") && !page.body.contains("Leak"))
            let name = try #require(HTTPField.Name("X-Request-Id"))
            let id = try #require(page.headers[name])
            #expect(page.body.contains(id))
        }
    }

    @Test func aSignOutClearsWhatTheBrowserKept() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            _ = try await browser.get("/staff")
            let out = try await browser.post("/staff/sign-out", [])
            let name = try #require(HTTPField.Name("Clear-Site-Data"))
            #expect(out.headers[name] == "\"cache\", \"storage\"")
        }
    }

    @Test func manyAddressesOfOneNetworkAreOnePlace() async throws {
        let sample = SampleSite()
        sample.configured.withLock { $0.addressHeader = "x-forwarded-for" }
        try await withBrowser(sample) { browser, _ in
            let name = try #require(HTTPField.Name("x-forwarded-for"))
            func ask(_ address: String) async throws -> Int {
                try await browser.get("/track/ZZZZ-ZZZZ-ZZZZ", HTTPFields([HTTPField(name: name, value: address)]))
                    .status
            }
            var last = 0
            // What the sender claims stands before what our proxy saw, and counts for nothing.
            for at in 0..<125 { last = try await ask("198.51.100.\(at), 2001:db8:0:7::\(String(at, radix: 16))") }
            #expect(last == 429)
            #expect(try await ask("2001:db8:0:8::1") == 404)
            #expect(try await ask("2001:0db8:0000:0007:ffff::9") == 429)
        }
    }

    @Test func rightCodesUseUpNobodysTries() async throws {
        try await withBrowser { browser, _ in
            for _ in 0..<200 {
                let answerI = try await browser.get("/track/\(SampleSite.codeText)")
                #expect(answerI.status == 200)
            }
            let answerJ = try await browser.get("/track/ZZZZ-ZZZZ-ZZZZ")
            #expect(answerJ.status == 404)
        }
    }
}
