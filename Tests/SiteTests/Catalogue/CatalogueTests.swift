import Experience
import Site
import Synchronization
import Testing

@Suite struct CatalogueTests {
    @Test func showsEachFactWithItsIntervalNumberAndPeriod() async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get("/services/passport")
            #expect(page.body.contains("between 90.5% and 92.2%"))
            #expect(page.body.contains("between 18 and 19 days"))
            #expect(page.body.contains("4,310 people"))
            #expect(page.body.contains("Apr 12, 2025 to Apr 11, 2026"))
        }
    }

    @Test func keepsSmallGroupsBack() async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get("/services/loan")
            #expect(page.body.contains("Too few people to show"))
            #expect(!page.body.contains("7 people"))
        }
    }

    @Test(arguments: [("PASSPORT", 1), ("pasaporte", 0), ("rural  loan", 1), ("nothing", 0), ("", 2)])
    func findsServicesByTheirWords(find: String, count: Int) async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get("/?q=\(Browser.escape(find))")
            #expect(page.body.all(between: "<li class=\"card\">", and: "</li>").count == count)
            #expect(page.body.contains("No service matches") == (count == 0))
        }
    }

    @Test func aNewDefinitionIsLiveAtOnce() async throws {
        try await withBrowser { browser, sample in
            sample.definitions.withLock { $0[1].title = LocalText(en: "Fresh title", es: "Título nuevo") }
            let home = try await browser.get("/")
            #expect(home.body.contains("Fresh title"))
            sample.definitions.withLock { $0.removeLast() }
            let gone = try await browser.get("/services/loan")
            #expect(gone.status == 404)
        }
    }

    @Test func publicPagesAreTheSameForStaff() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            let home = try await browser.get("/")
            #expect(!home.body.contains("sign-out") && !home.body.contains("Administrator"))
        }
    }
}
