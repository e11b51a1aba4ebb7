import HTTPTypes
import Hummingbird
import Site
import Synchronization
import Testing

@Suite struct HealthTests {
    private func sample(_ checks: [ReadinessCheck]) -> SampleSite {
        let sample = SampleSite()
        sample.operations.withLock {
            $0 = OperationsDesk(checks: { checks }, metrics: { "throughline_sessions 3\n" })
        }
        return sample
    }

    @Test func liveAnswersWithoutLookingAtAnything() async throws {
        try await withBrowser(sample([ReadinessCheck("database", isMet: false)])) { browser, _ in
            let live = try await browser.get("/health/live")
            #expect(live.status == 200)
            let short = try await browser.get("/health")
            #expect(short.body == "ok\n")
        }
    }

    @Test func readySaysWhichPartFails() async throws {
        let good = [ReadinessCheck("database", isMet: true), ReadinessCheck("disk", isMet: true)]
        try await withBrowser(sample(good)) { browser, _ in
            let page = try await browser.get("/health/ready")
            #expect(page.status == 200)
            #expect(page.body == "{\"status\":\"ready\",\"checks\":{\"database\":\"ok\",\"disk\":\"ok\"}}")
        }
        try await withBrowser(sample([good[0], ReadinessCheck("disk", isMet: false)])) { browser, _ in
            let page = try await browser.get("/health/ready")
            #expect(page.status == 503)
            #expect(page.body == "{\"status\":\"not_ready\",\"checks\":{\"database\":\"ok\",\"disk\":\"failing\"}}")
        }
    }

    @Test func probesSetNoCookie() async throws {
        try await withBrowser(sample([])) { browser, _ in
            for path in ["/health", "/health/live", "/health/ready", "/metrics"] {
                let probe = try await browser.get(path)
                #expect(probe.headers[.setCookie] == nil, "\(path)")
            }
        }
    }

    @Test func metricsAreForThisMachineOnlyWhileNoProxyIsInFront() async throws {
        try await withBrowser(sample([])) { browser, _ in
            let open = try await browser.get("/metrics")
            #expect(open.body == "throughline_sessions 3\n")
            for name in ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"] {
                let header = HTTPFields([HTTPField(name: try #require(HTTPField.Name(name)), value: "127.0.0.1")])
                let forwarded = try await browser.get("/metrics", header)
                #expect(forwarded.status == 404, "\(name)")
            }
        }
        let behind = sample([])
        behind.configured.withLock { $0.addressHeader = "x-forwarded-for" }
        try await withBrowser(behind) { browser, _ in
            let hidden = try await browser.get("/metrics")
            #expect(hidden.status == 404)
        }
    }

    @Test func aTokenOpensTheMetricsAndNothingElseDoes() async throws {
        let sample = sample([])
        sample.configured.withLock {
            $0.metricsToken = "collector-secret"
            $0.addressHeader = "x-forwarded-for"
        }
        try await withBrowser(sample) { browser, _ in
            let closed = try await browser.get("/metrics")
            #expect(closed.status == 404)
            for wrong in ["Bearer wrong", "Bearer collector-secre", "Basic collector-secret", "Bearer "] {
                let page = try await browser.get("/metrics", [.authorization: wrong])
                #expect(page.status == 404, "\(wrong)")
            }
            let page = try await browser.get("/metrics", [.authorization: "Bearer collector-secret"])
            #expect(page.status == 200)
        }
    }

    @Test func everyAnswerCarriesTheIdOfItsRequest() async throws {
        try await withBrowser(sample([])) { browser, _ in
            let name = try #require(HTTPField.Name("X-Request-Id"))
            var seen: Set<String> = []
            for path in ["/", "/nowhere", "/health/live", "/api/v1/openapi.json", "/staff"] {
                seen.insert(try #require(try await browser.get(path).headers[name], "\(path)"))
            }
            #expect(seen.count == 5)
        }
    }

    @Test func anotherMethodIsRefusedWithThoseThatAreAllowed() async throws {
        try await withBrowser(sample([])) { browser, _ in
            let page = try await browser.send("/api/v1/events", .delete, [:], nil)
            #expect(page.status == 405)
            #expect(page.headers[.allow] == "POST")
            let other = try await browser.send("/services/passport", .put, [:], nil)
            #expect(other.headers[.allow] == "GET, HEAD")
            let nowhere = try await browser.send("/nowhere", .put, [:], nil)
            #expect(nowhere.status == 404)
            let head = try await browser.send("/", .head, [:], nil)
            #expect(head.status == 200)
        }
    }
}
