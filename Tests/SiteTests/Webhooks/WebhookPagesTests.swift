import Experience
import Site
import Synchronization
import Testing

@Suite struct WebhookPagesTests {
    private static func signedIn(_ browser: Browser, _ sample: SampleSite, _ role: StaffAccount.Role) {
        sample.kept.withLock {
            $0.sessions["session-token-of-a-test"] = StaffAccount(id: "a1", name: "ada", role: role)
        }
        browser.set(cookie: "__Host-session", "session-token-of-a-test")
    }

    @Test func onlyAdministratorsSeeWhoIsTold() async throws {
        try await withBrowser { browser, sample in
            Self.signedIn(browser, sample, .owner)
            #expect(try await browser.get("/staff/webhooks").status == 403)
            #expect(try await browser.get("/staff/webhooks/w1").status == 403)
            #expect(!(try await browser.get("/staff").body.contains("/staff/webhooks")))
            Self.signedIn(browser, sample, .administrator)
            let page = try await browser.get("/staff/webhooks")
            #expect(page.status == 200 && page.body.contains("https://hooks.example.gov/a"))
            #expect(page.body.contains("12 delivered, 1 waiting, 2 failed"))
            #expect(try await browser.get("/staff").body.contains("/staff/webhooks"))
        }
    }

    @Test func aNewAddressShowsItsSecretOnceAndAPrivateOneIsRefused() async throws {
        try await withBrowser { browser, sample in
            Self.signedIn(browser, sample, .administrator)
            _ = try await browser.get("/staff/webhooks")
            let about = SampleDefinitions.passport.agency.text
            let refused = try await browser.post(
                "/staff/webhooks", [("url", "https://10.0.0.1/x"), ("about", about)])
            #expect(refused.status == 422 && refused.body.contains("private network"))
            #expect(refused.body.contains("value=\"https://10.0.0.1/x\""))
            let added = try await browser.post(
                "/staff/webhooks", [("url", "https://new.example.gov/"), ("about", about)])
            #expect(added.status == 200 && added.body.contains("whsec_c2VjcmV0"))
            #expect(!(try await browser.get("/staff/webhooks/w1").body.contains("whsec_")))
            let nobody = try await browser.post("/staff/webhooks", [("url", "https://x.example"), ("about", "others")])
            #expect(nobody.status == 400)
        }
    }

    @Test func deliveriesAreShownAndItIsPausedTestedAndChanged() async throws {
        try await withBrowser { browser, sample in
            Self.signedIn(browser, sample, .administrator)
            let page = try await browser.get("/staff/webhooks/w1?lang=es")
            #expect(page.status == 200 && page.body.contains("promise.repromised"))
            #expect(page.body.contains("Fallido") && page.body.contains("the receiver answered 500"))
            _ = try await browser.get("/staff/webhooks/w1?lang=en")
            #expect(try await browser.post("/staff/webhooks/w1", [("step", "pause")]).status == 303)
            #expect(sample.hookCalls.withLock { $0 } == ["pause true a1"])
            let tested = try await browser.post("/staff/webhooks/w1", [("step", "test")])
            #expect(tested.status == 200 && tested.body.contains("The receiver answered 503"))
            let changed = try await browser.post("/staff/webhooks/w1", [("step", "rotate")])
            #expect(changed.body.contains("whsec_bmV3"))
            #expect(try await browser.post("/staff/webhooks/w1", [("step", "remove")]).location == "/staff/webhooks")
            #expect(try await browser.post("/staff/webhooks/w1", [("step", "other")]).status == 400)
            #expect(try await browser.get("/staff/webhooks/none").status == 404)
            #expect(sample.hookCalls.withLock { $0 } == ["pause true a1", "test a1", "rotate a1", "remove a1"])
        }
    }
}

extension SampleSite {
    private static let hook = ShownWebhook(
        agency: SampleDefinitions.passport.agency, id: "w1", url: "https://hooks.example.gov/a", service: nil,
        created: SampleSite.start, isPaused: false, delivered: 12, waiting: 1, failed: 2, lastProblem: nil)

    func webhookDesk() -> WebhookDesk {
        @Sendable func note(_ call: String) { hookCalls.withLock { $0.append(call) } }
        return WebhookDesk(
            all: { [SampleSite.hook] },
            deliveries: { _ in
                [
                    ShownDelivery(
                        state: .failed, activity: "promise.repromised", journey: "case 7/2026",
                        recorded: SampleSite.start, attempts: 14, status: 500, problem: "the receiver answered 500",
                        at: nil),
                    ShownDelivery(
                        state: .delivered, activity: "promise.met", journey: "case 8", recorded: SampleSite.start,
                        attempts: 1, status: 200, problem: nil, at: SampleSite.start),
                ]
            },
            add: { _, _, url, _ in
                url.contains("10.0.0.1") ? .refused(.privateNetwork) : .added(SampleSite.hook, secret: "whsec_c2VjcmV0")
            },
            pause: { _, isPaused, account in note("pause \(isPaused) \(account)") },
            rotate: { _, account in
                note("rotate \(account)")
                return "whsec_bmV3"
            },
            remove: { _, account in note("remove \(account)") },
            test: { _, account in
                note("test \(account)")
                return .answered(503)
            })
    }
}
