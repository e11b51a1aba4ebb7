import Foundation
import Hummingbird
import Site
import Synchronization
import Testing

@Suite struct SystemPageTests {
    private func sample(isLate: Bool) -> SampleSite {
        let sample = SampleSite()
        let feed = SystemView.Feed(
            server: "clickhouse:http://one:8123/cx", fed: 5_000, waiting: 1_234, seconds: 600,
            problem: "<b>no answer</b>", isLate: isLate)
        let view = SystemView(
            version: "0.1.0", checks: [ReadinessCheck("analytics", isMet: !isLate, isRequired: false)], newest: 6_234,
            unread: 0, freeBytes: 3 * 1_073_741_824,
            queues: [
                SystemView.Queue(.mails, waiting: 7, overdue: 7_200, isCarried: true),
                SystemView.Queue(.texts, waiting: 0, overdue: 0, isCarried: false),
            ], lastErasure: SampleSite.start, feed: feed)
        sample.operations.withLock {
            $0 = OperationsDesk(
                checks: { view.checks }, system: { view },
                alarms: { isLate ? [.analyticsLate(events: 1_234, seconds: 600)] : [] })
        }
        return sample
    }

    @Test func administratorsSeeHowThePartsStand() async throws {
        try await withBrowser(sample(isLate: true)) { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/system")
            #expect(page.status == 200)
            for text in ["6,234", "1,234", "10 minutes", "3 GiB", "7, the oldest due for 2 hours", "5,000"] {
                #expect(page.body.contains(text), "\(text)")
            }
            #expect(page.body.contains("nothing is set up to send them"))
            #expect(page.body.contains("&lt;b&gt;no answer"), "what a server says is shown as text")
            #expect(page.body.contains("role=\"alert\""))
            let accounts = try await browser.get("/staff/accounts")
            #expect(accounts.body.contains("href=\"/staff/system\""))
        }
    }

    @Test func aLateServerIsSaidOnTheFirstPageUntilItHasCaughtUp() async throws {
        for isLate in [true, false] {
            try await withBrowser(sample(isLate: isLate)) { browser, _ in
                try await AccessTests.signIn(browser)
                let page = try await browser.get("/staff")
                #expect(page.body.contains("lags behind the record: 1,234 events") == isLate)
                let spanish = try await browser.get("/staff?lang=es")
                #expect(spanish.body.contains("va con retraso: esperan 1,234 eventos") == isLate)
            }
        }
    }

    @Test func aFeedThatStandsStillWithoutAWordIsSaidToo() async throws {
        let sample = SampleSite()
        let view = SystemView(
            version: "0.1.0", checks: [], newest: 10, unread: 0, freeBytes: nil, queues: [], lastErasure: nil,
            feed: SystemView.Feed(
                server: "clickhouse:http://one:8123/cx", fed: 5, waiting: 5, seconds: 600, problem: nil, silence: 180,
                isLate: true))
        sample.operations.withLock { $0 = OperationsDesk(checks: { [] }, system: { view }, alarms: { [] }) }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/system")
            #expect(page.body.contains("Why it stands still"))
            #expect(page.body.contains("Nothing was fed for 3 minutes"))
            #expect(try await browser.get("/staff/system?lang=es").body.contains("Hace 3 minutos que no se le"))
        }
    }

    @Test func othersDoNotSeeTheAlarm() async throws {
        try await withBrowser(sample(isLate: true)) { browser, sample in
            try await AccessTests.signIn(browser)
            sample.kept.withLock { kept in
                for token in kept.sessions.keys { kept.sessions[token]?.role = .owner }
            }
            let page = try await browser.get("/staff")
            #expect(page.status == 200)
            #expect(!page.body.contains("lags behind the record"))
            let hidden = try await browser.get("/staff/system")
            #expect(hidden.status == 403)
        }
    }

    @Test func aLateServerIsAWarningAndTheSiteStaysReady() async throws {
        try await withBrowser(sample(isLate: true)) { browser, _ in
            let page = try await browser.get("/health/ready")
            #expect(page.status == 200)
            #expect(page.body == "{\"status\":\"ready\",\"checks\":{\"analytics\":\"warning\"}}")
        }
    }
}
