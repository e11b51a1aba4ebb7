import Experience
import Foundation
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct StaffPagesTests {
    @Test func everyPictureHasItsTableAndItsDownloads() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport")
            #expect(page.status == 200)
            let figures = page.body.all(between: "<figure", and: "</figure>")
            #expect(figures.count == 9)
            for figure in figures {
                if figure.contains("<ul class=\"bars") || figure.contains("<ol class=\"paths") {
                    // The words are a list of the page's own; the bars beside them say nothing more.
                    #expect(figure.contains("aria-hidden=\"true\"") && !figure.contains("role=\"img\""))
                } else {
                    // Links may not stand in an image; such a picture is a group.
                    let holdsLinks = figure.between("<svg", "</svg>")?.contains("<a href") == true
                    #expect(figure.contains(holdsLinks ? "role=\"group\"" : "role=\"img\""))
                    #expect(figure.contains("<title") && figure.contains("<desc"))
                }
                #expect(figure.contains("<table") && figure.contains("<caption"))
                for link in figure.all(between: "<a href=\"/staff/services/passport/download/", and: "\"") {
                    let file = try await browser.get("/staff/services/passport/download/\(link)")
                    #expect(file.status == 200)
                    #expect(file.headers[.contentDisposition]?.contains("attachment") == true)
                }
            }
        }
    }

    @Test func everyIdOnAPageIsUsedOnce() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            for path in ["/staff", "/staff/services/passport", "/staff/services/passport/journeys", "/staff/accounts"] {
                let page = try await browser.get(path)
                let ids = page.body.all(between: " id=\"", and: "\"")
                #expect(Set(ids).count == ids.count, "\(path)")
            }
        }
    }

    @Test func aShiftedKeptRateIsSaidAtFirstSightAndLeadsToThePromises() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff")
            #expect(page.body.contains("Kept dates fell: 71"))
            #expect(page.body.contains("href=\"/staff/promises?service=passport\""))
            #expect(page.body.components(separatedBy: "glance__shift").count == 2, "one service has shifted")
        }
    }

    @Test func numbersLeadToTheJourneysBehindThem() async throws {
        try await withBrowser { browser, sample in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport?channel=web")
            let links = page.body.all(between: "href=\"/staff/services/passport/journeys", and: "\"")
                .filter { !$0.hasPrefix("/") }
            #expect(links.count > 30)
            #expect(links.allSatisfy { $0.contains("channel=") })
            let flow = try #require(links.first { $0.contains("after=checked&amp;then=printed") })
            let list = try await browser.get("/staff/services/passport/journeys" + flow.replacing("&amp;", with: "&"))
            #expect(list.status == 200)
            let asked = try #require(sample.kept.withLock { $0.asked.last })
            #expect(asked.0.follows == JourneyFilter.Follows(first: "checked", then: "printed"))
            #expect(asked.0.channel == .web)
        }
    }

    @Test func readsEveryFilterFromTheAddress() async throws {
        try await withBrowser { browser, sample in
            try await AccessTests.signIn(browser)
            _ = try await browser.get(
                "/staff/services/passport/journeys?show=closed_not_solved&from=2026-01-01&to=2026-02-01&channel=phone"
                    + "&step=checked&variant=a1&cohort=office%3Ddowntown&longer=10&below=20")
            let asked = try #require(sample.kept.withLock { $0.asked.last })
            #expect(asked.1 == .closedNotSolved)
            #expect(asked.0.period == Period(first: CivilDate("2026-01-01")!, last: CivilDate("2026-02-01")!))
            #expect(asked.0.channel == .phone && asked.0.step == "checked" && asked.0.variant == "a1")
            #expect(asked.0.cohort == JourneyFilter.Cohort(name: "office", value: "downtown"))
            #expect(asked.0.span == JourneyFilter.Span(from: 10, below: 20))
        }
    }

    @Test func theLongestWaitStandsFirstWithItsShare() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport")
            let waits = try #require(page.body.between("id=\"first\"", "</figure>"))
            let shares = waits.all(between: "<b>", and: "</b>")
            #expect(shares.prefix(3) == ["50%", "38%", "13%"])
            #expect(waits.contains("Identity checked → Passport printed"))
            let detours = try #require(page.body.between("Off the promised path", "</figure>"))
            #expect(detours.contains("30 days") && detours.contains("16 days"))
        }
    }

    @Test func journeysMayBeNarrowedToAGroup() async throws {
        try await withBrowser { browser, sample in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport/journeys?show=open")
            #expect(page.body.contains("<option value=\"office=airport\">"))
            _ = try await browser.get("/staff/services/passport/journeys?cohort=office%3Dairport")
            let asked = try #require(sample.kept.withLock { $0.asked.last })
            #expect(asked.0.cohort == JourneyFilter.Cohort(name: "office", value: "airport"))
        }
    }

    @Test(arguments: [
        "from=x&to=y", "from=2026-02-01&to=2026-01-01", "channel=fax", "longer=nan&below=inf", "detail=abc",
        "detail=99999999999999999999", "show=bogus", "cohort=", "page=%00",
    ])
    func anUnreadableFilterIsNoFilter(query: String) async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            for path in ["/staff/services/passport?", "/staff/services/passport/journeys?", "/staff?"] {
                let page = try await browser.get(path + query)
                #expect(page.status == 200)
            }
        }
    }

    @Test func saysSoWhenNothingMatches() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport?channel=phone")
            #expect(page.body.contains("No journeys match"))
            let list = try await browser.get("/staff/services/passport/journeys?show=kept")
            #expect(list.body.contains("No journeys match"))
        }
    }

    @Test(arguments: ["case 7/2026", "NA", "é ☕ <x>"])
    func showsOneJourneyWhateverItsIDHolds(id: String) async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            let path = Paths.Staff.journey("passport", JourneyID(id)!)
            let page = try await browser.get(path)
            #expect(page.status == 200)
            #expect(page.body.contains("Closed, not solved"))
            #expect(page.body.contains("printer out of order"))
            #expect(page.body.contains("I called three times."))
            #expect(page.body.contains("with nothing recorded"))
            #expect(!page.body.contains("<x>"))
        }
    }

    @Test func anUnknownJourneyIsNotFound() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport/journeys/none")
            #expect(page.status == 404)
        }
    }

    @Test func responsesComeInLiveAndEscaped() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport/live")
            #expect(page.headers[.contentType] == "text/event-stream")
            let events = page.body.components(separatedBy: "\n\n").filter { $0.hasPrefix("event: response") }
            #expect(events.count == 1)
            // One line of data: a line end in somebody's words must not end the event.
            #expect(events.first?.split(separator: "\n").count == 2)
            #expect(page.body.contains("&lt;b&gt;new"))
        }
    }

    @Test func staffPagesAreWholeInSpanish() async throws {
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            for path in [
                "/staff", "/staff/services/passport", "/staff/services/passport/journeys", "/staff/accounts",
                "/staff/services/passport/journeys/NA", "/staff/webhooks", "/staff/webhooks/w1",
                "/staff/services/passport/scorecard?by=step",
            ] {
                let page = try await browser.get(path + (path.contains("?") ? "&" : "?") + "lang=es")
                #expect(page.status == 200)
                #expect(!page.body.contains("⟦"), "\(path)")
            }
        }
    }
}
