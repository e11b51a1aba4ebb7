import Channels
import Experience
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct DoorTests {
    static func follow(
        _ browser: Browser, _ location: String?
    ) async throws -> (page: Browser.Page, fields: [(String, String)]) {
        let page = try await browser.get(try #require(location))
        let id = try #require(page.body.between("name=\"response_id\" value=\"", "\""))
        let door = try #require(page.body.between("name=\"door\" value=\"", "\""))
        return (page, [("response_id", id), ("door", door), ("q_overall", "4")])
    }

    static let form = "/services/passport/feedback/after"

    @Test func aPosterTellsWhereItHangs() async throws {
        try await withBrowser { browser, sample in
            let (_, fields) = try await Self.follow(browser, Self.form + "?via=poster&at=exit")
            _ = try await browser.post(Self.form, fields)
            let kept = try #require(sample.kept.withLock { $0.responses.last })
            #expect(kept.touchpoint == "exit" && kept.intake.route == .poster)
            #expect(kept.intake.solicited == .volunteered)
        }
    }

    static func invited() -> SampleSite {
        let sample = SampleSite()
        let used = Mutex(false)
        sample.channels.withLock {
            $0.invitations.open = { token in
                token != "0123456789abcdef"
                    ? nil
                    : InvitationsDesk.Opened(
                        service: "passport", form: "after", journey: JourneyID("j1"), offer: "k",
                        isUsed: used.withLock { $0 }, isExpired: false)
            }
            $0.invitations.use = { _ in
                used.withLock { old in
                    defer { old = true }
                    return !old
                }
            }
        }
        return sample
    }

    @Test func anInvitationKnowsItsJourneyAndWorksOnce() async throws {
        try await withBrowser(Self.invited()) { browser, sample in
            let link = try await browser.get("/i/0123456789abcdef")
            // A mail program that looks first uses nothing up.
            _ = try await browser.get("/i/0123456789abcdef")
            let (_, fields) = try await Self.follow(browser, link.location)
            #expect(try await browser.post(Self.form, fields).status == 303)
            let kept = try #require(sample.kept.withLock { $0.responses.last })
            #expect(kept.intake.journey == JourneyID("j1") && kept.intake.offer == "k")
            #expect(kept.intake.solicited == .invited && kept.channel == .email)
            #expect(try await browser.post(Self.form, fields).status == 410)
            #expect(try await browser.get("/i/0123456789abcdef").status == 410)
            #expect(try await browser.get("/i/fedcba9876543210").status == 410)
            #expect(sample.kept.withLock { $0.responses.count } == 1)
        }
    }

    @Test func aDoorMadeByHandLeadsNowhere() async throws {
        try await withBrowser(Self.invited()) { browser, sample in
            let link = try await browser.get("/i/0123456789abcdef")
            let (_, fields) = try await Self.follow(browser, link.location)
            for door in [fields[1].1 + "x", "x." + fields[1].1, String(fields[1].1.dropFirst()), "."] {
                var odd = fields
                odd[1].1 = door
                _ = try await browser.post(Self.form, odd)
                #expect(sample.kept.withLock { $0.responses.last?.intake.route } == .webPage)
                #expect(sample.kept.withLock { $0.responses.last?.intake.journey } == nil)
            }
        }
    }

    static func widget(_ decision: OfferDecision) -> SampleSite {
        let sample = SampleSite()
        sample.configured.withLock { $0.widgetOrigins = ["https://www.example.gov"] }
        sample.channels.withLock {
            $0.offer = { ask in ask.transaction == "widget:t1" && ask.person == "widget:p1" ? decision : .answered }
            $0.offerKey = { _, transaction in "key of \(transaction)" }
        }
        return sample
    }

    @Test func aFrameIsShownByNamedSitesOnlyAndNeedsNoCookie() async throws {
        try await withBrowser(Self.widget(.offered(isNew: true))) { browser, sample in
            let opened = try await browser.get("/widget/passport/exit?mode=modal&transaction=t1&person=p1&language=es")
            let (page, fields) = try await Self.follow(browser, opened.location)
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.hasSuffix("frame-ancestors https://www.example.gov"))
            #expect(page.headers[.init("X-Frame-Options")!] == nil)
            #expect(page.body.contains("frame.js") && !page.body.contains("<footer"))
            // Another browser, without the cookie the first one got.
            try await withBrowser(sample) { other, sample in
                let asked = String(try #require(opened.location?.split(separator: "?").first))
                let question = "q_" + (try #require(page.body.between("name=\"q_", "\"")))
                let sent = try await other.post(asked, fields.prefix(2) + [(question, "4")], token: "")
                #expect(sent.status == 303, "\(sent.body.between("<title>", "</title>") ?? "") \(fields)")
                #expect(sent.location?.hasPrefix("/widget/done") == true)
                let kept = try #require(sample.kept.withLock { $0.responses.last })
                #expect(kept.intake.route == .widget && kept.intake.offer == "key of widget:t1")
                #expect(kept.intake.solicited == .intercepted && kept.touchpoint == "exit")
            }
        }
    }

    @Test func answersKeptInAFrameAreFinishedDaysLaterWithoutACookie() async throws {
        let sample = Self.widget(.offered(isNew: true))
        sample.definitions.withLock { $0[0].touchpoints[0].ask = AskPlan(form: "branching") }
        try await withBrowser(sample) { browser, sample in
            let opened = try await browser.get("/widget/passport/exit?mode=modal&transaction=t1&person=p1")
            let page = try await browser.get(try #require(opened.location))
            let door = try #require(page.body.between("name=\"door\" value=\"", "\""))
            let id = try #require(page.body.between("name=\"response_id\" value=\"", "\""))
            let first = "/services/passport/feedback/branching"
            let next = try await browser.post(
                first, [("door", door), ("response_id", id), ("page", "start"), ("q_trust", "up"), ("then", "next")],
                token: "")
            let path = String(try #require(next.location?.split(separator: "?").first))
            // The door closes after a week; answers kept until then, and saved once, live on.
            sample.clock.withLock { $0 = $0.advanced(by: 9 * Instant.day) }
            try await withBrowser(sample) { other, sample in
                let sent = try await other.post(
                    path, [("door", door), ("page", "well"), ("q_positive", "ease"), ("then", "finish")], token: "")
                #expect(sent.status == 303, "\(sent.body.between("<title>", "</title>") ?? "")")
                // A code nobody has is no way around the form's token.
                let guess = try await other.post(
                    first + "/unsent/ABCD-EFGH-2345", [("door", door), ("then", "send")], token: "")
                #expect(guess.status != 303)
            }
        }
    }

    @Test func whoeverIsNotDrawnSeesNothing() async throws {
        try await withBrowser(Self.widget(.passedOver(.notDrawn))) { browser, _ in
            let page = try await browser.get("/widget/passport/exit?mode=modal&transaction=t1&person=p1")
            #expect(page.status == 200 && page.body.contains("data-says=\"skip\""))
            let again = try await browser.get("/widget/passport/exit?mode=modal&transaction=t2&person=p1")
            #expect(again.body.contains("data-says=\"skip\""))
            let odd = try await browser.get("/widget/passport/exit?mode=modal")
            #expect(odd.status == 400)
        }
    }

    @Test func ordinaryPagesAreFramedByNobody() async throws {
        try await withBrowser(Self.widget(.offered(isNew: true))) { browser, _ in
            for path in ["/", Self.form, "/services/passport"] {
                let page = try await browser.get(path)
                #expect(page.headers[.contentSecurityPolicy]?.hasSuffix("frame-ancestors 'none'") == true)
                #expect(page.headers[.init("X-Frame-Options")!] == "DENY")
            }
        }
    }

    @Test func theScriptMayBeReadByAnyPage() async throws {
        try await withBrowser { browser, _ in
            let script = try await browser.get("/widget.js")
            #expect(script.headers[.init("Cross-Origin-Resource-Policy")!] == "cross-origin")
            #expect(script.headers[.contentType]?.contains("javascript") == true)
            #expect(!script.body.contains("setAttribute(\"style\""))
        }
    }

    @Test func anAgentFillsInTheFormOfAJourney() async throws {
        let sample = SampleSite()
        sample.channels.withLock {
            $0.offer = { _ in .offered(isNew: true) }
            $0.offerKey = { _, transaction in transaction }
        }
        try await withBrowser(sample) { browser, sample in
            let path = "/staff/services/passport/journeys/NA/ask/after"
            #expect(try await browser.get(path).location?.hasPrefix("/staff/sign-in") == true)
            try await AccessTests.signIn(browser)
            let opened = try await browser.get(path)
            guard opened.status == 303 else { return #expect(opened.status == 404) }
            let (_, fields) = try await Self.follow(browser, opened.location)
            let sent = try await browser.post(Self.form, fields)
            #expect(sent.location == "/staff/services/passport/journeys/NA")
            let kept = try #require(sample.kept.withLock { $0.responses.last })
            #expect(kept.channel == .phone && kept.intake.route == .agent && kept.intake.journey == JourneyID("NA"))
        }
    }
}
