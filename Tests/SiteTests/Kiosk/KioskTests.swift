import Experience
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct KioskTests {
    @Test func aPressSentTwiceIsStoredOnce() async throws {
        try await withBrowser { browser, sample in
            let id = "0197a0b0c0d07000800000000000abcd"
            let body = "{\"presses\":[{\"id\":\"\(id)\",\"value\":5,\"at\":\"2026-04-12T10:00:00.000Z\"}]}"
            for _ in 0..<2 {
                let answer = try await browser.send("/kiosk/passport/exit/presses", .post, [:], body)
                #expect(answer.status == 200)
                #expect(answer.body.contains("\"stored\":[\"\(id)\"]"))
            }
            let responses = sample.kept.withLock { $0.responses }
            #expect(responses.count == 1)
            #expect(responses.first?.channel == .kiosk)
            #expect(responses.first?.touchpoint == "exit")
            #expect(responses.first?.occurred == Instant(rfc3339: "2026-04-12T10:00:00Z"))
        }
    }

    @Test func worksAsAPlainFormWithoutTheScript() async throws {
        try await withBrowser { browser, sample in
            let page = try await browser.get("/kiosk/passport/exit")
            let id = try #require(page.body.between("name=\"press_id\" value=\"", "\""))
            let sent = try await browser.post("/kiosk/passport/exit", [("press_id", id), ("value", "2")])
            #expect(sent.location == "/kiosk/passport/exit?thanks=1")
            #expect(sample.kept.withLock { $0.responses.first?.answers["overall"] } == .value(.integer(2)))
        }
    }

    @Test(arguments: ["{", "[]", "{\"presses\":{}}", ""])
    func refusesWhatIsNoListOfPresses(body: String) async throws {
        try await withBrowser { browser, sample in
            let answer = try await browser.send("/kiosk/passport/exit/presses", .post, [:], body)
            #expect(answer.status == 400)
            #expect(sample.kept.withLock { $0.responses.isEmpty })
        }
    }

    @Test func tellsTheDeviceWhatCanNeverBeStored() async throws {
        try await withBrowser { browser, sample in
            let body = "{\"presses\":[{\"id\":\"0197a0b0c0d07000\",\"value\":9},{\"id\":\"x y\",\"value\":1}]}"
            let answer = try await browser.send("/kiosk/passport/exit/presses", .post, [:], body)
            #expect(answer.status == 200)
            #expect(answer.body.contains("\"stored\":[]"))
            #expect(sample.kept.withLock { $0.responses.isEmpty })
        }
    }

    @Test func aDeviceWithAWrongClockCannotPressInTheFuture() async throws {
        try await withBrowser { browser, sample in
            let body = "{\"presses\":[{\"id\":\"0197a0b0c0d07001\",\"value\":3,\"at\":\"2099-01-01T00:00:00Z\"}]}"
            _ = try await browser.send("/kiosk/passport/exit/presses", .post, [:], body)
            #expect(sample.kept.withLock { $0.responses.first?.occurred } == SampleSite.start)
        }
    }

    @Test func anUnknownPlaceIsNotFound() async throws {
        try await withBrowser { browser, _ in
            for path in ["/kiosk/passport/roof", "/kiosk/loan/exit"] {
                let page = try await browser.get(path)
                #expect(page.status == 404)
            }
        }
    }
}
