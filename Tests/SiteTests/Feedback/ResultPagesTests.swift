import Experience
import Site
import Testing

@Suite struct ResultPagesTests {
    private static func figure(_ value: Double, _ unit: ShownFigure.Unit = .share) -> ShownFigure {
        ShownFigure(value: value, low: value - 0.02, high: value + 0.02, n: 400, unit: unit, method: "wilson")
    }

    private static func line(_ quarter: FiscalQuarter, isHidden: Bool) -> PublicResults.Line {
        PublicResults.Line(
            quarter: quarter, organisation: "Roads", service: LocalText(en: "A permit", es: "Un permiso"),
            servicePath: nil, survey: "After it", respondents: isHidden ? nil : 412, isHidden: isHidden,
            responseRate: isHidden ? nil : 0.21,
            trust: isHidden ? ShownFigure(value: nil, n: 0, unit: .share, method: "wilson") : figure(0.75),
            trustWording: "I trust it.",
            satisfaction: isHidden ? ShownFigure(value: nil, n: 0, unit: .score, method: "mean") : figure(4.1, .score),
            satisfactionWording: "I am satisfied.", isImported: false)
    }

    static let results: PublicResults = {
        var results = PublicResults()
        let quarters = ["FY2026Q1", "FY2026Q2"].compactMap { FiscalQuarter($0) }
        results.quarters = quarters
        results.lines = [line(quarters[0], isHidden: false), line(quarters[1], isHidden: true)]
        results.hidesSome = true
        results.trend = [TrendPoint(label: "FY2026Q1", value: 0.75, low: 0.73, high: 0.77, n: 412)]
        return results
    }()

    static let view: FeedbackView = {
        var view = FeedbackView()
        view.respondents = 500
        view.held = 2
        view.responseRate = figure(0.3)
        view.index = ShownFigure(value: 71, low: 67, high: 75, n: 263, unit: .points, method: "index")
        view.indexTop2 = view.index
        view.lines = ["I trust it.", "I trust you."].map {
            FeedbackView.Line(
                item: .trust, wording: LocalText(en: $0, es: $0), mean: figure(3.9, .score), top2: figure(0.7))
        }
        view.thumbs = [.init(wording: LocalText(en: "Trust?", es: "¿Confía?"), up: figure(0.8))]
        view.mentions = MentionedDriver.allCases.map {
            FeedbackView.Mention(driver: $0, praised: 40, blamed: 10, net: figure(0.3))
        }
        view.drivers = .init(
            outcome: .trust, n: 400, rSquared: 0.6, isContested: true,
            lines: [.init(item: .ease, share: 0.6, low: 0.5, high: 0.7, lowestRank: 1, highestRank: 2)])
        view.facts = .init(
            n: 300, isProportional: false,
            lines: ["wait", "broken_promise", "contact", "chase", "rework"].map {
                .init(fact: $0, oddsRatio: 0.5, low: 0.4, high: 0.6)
            })
        view.saidNo.no = 212
        view.saidNo.yes = 700
        view.saidNo.lines = ["broken_promise", "chased", "refused", "many_contacts"].map {
            .init(cause: $0, no: 131, yes: 90, journeys: .broken)
        }
        view.trend = ["2026-01", "2026-02"].map { TrendPoint(label: $0, value: 4, low: 3.9, high: 4.1, n: 90) }
        view.trendItem = .trust
        view.alarms = [
            .init(
                place: "Exit", since: CivilDate(daysSince1970: 20_500), isWorse: true, value: 3, usual: 4,
                isProvisional: true)
        ]
        view.alarmsPerYear = 1.2
        view.commentsRead = 90
        view.themes = [
            .init(
                id: "waiting", title: LocalText(en: "Waiting", es: "Espera"), comments: 30, displeased: 20,
                words: ["queue"], precision: figure(0.74), recall: figure(0.83))
        ]
        view.forms = [(SampleDefinitions.feedback.id, SampleDefinitions.feedback.title)]
        view.channels = [.web]
        view.touchpoints = ["exit"]
        return view
    }()

    static let desk = ReportsDesk(
        scores: { _, _ in view },
        quarter: { _, quarter in
            var found = QuarterView(quarter: quarter)
            found.respondents = 12
            found.gaps = [.init(key: "no_offers", value: "after"), .init(key: "no_control_number")]
            found.files = [.init(name: "1-after-header.csv", format: "a11-v1")]
            return found
        }, file: { _, _, name, _ in name == "1-after-header.csv" ? "a,b\n" : nil }, results: { results })

    @Test(arguments: ["", "?lang=es"])
    func resultsShowIntervalNAndWordingAndHideSmallCounts(query: String) async throws {
        try await withBrowser(SampleSite(reports: ResultPagesTests.desk)) { browser, _ in
            let page = try await browser.get("/results\(query)")
            #expect(page.status == 200)
            #expect(!page.body.contains("⟦"))
            #expect(page.body.contains("I trust it."))
            #expect(page.body.contains("73%–77%") || page.body.contains("73\u{A0}%–77\u{A0}%"))
            #expect(page.body.contains("412"))
            #expect(page.body.contains(query.isEmpty ? "hidden" : "oculto"))
            let csv = try await browser.get("/results/results.csv")
            #expect(csv.body.contains("FY2026Q1,Roads") || csv.body.contains("Roads"))
            #expect(try await browser.get("/results/results.json").status == 200)
            #expect(try await browser.get("/results/other.csv").status == 404)
        }
    }

    @Test(arguments: ["", "?lang=es"])
    func staffSeeScoresWithTheirDownloads(query: String) async throws {
        try await withBrowser(SampleSite(reports: ResultPagesTests.desk)) { browser, _ in
            #expect(try await browser.get("/staff/services/passport/feedback").status == 303)
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport/feedback\(query)")
            #expect(page.status == 200)
            #expect(!page.body.contains("⟦"))
            #expect(page.body.contains("212") && page.body.contains("131"))
            let ids = page.body.all(between: " id=\"", and: "\"")
            #expect(Set(ids).count == ids.count)
            for table in ["scores", "mentions", "drivers", "facts", "said-no", "trend", "themes"] {
                for kind in ["csv", "json"] {
                    let file = try await browser.get("/staff/services/passport/feedback/\(table).\(kind)")
                    #expect(file.status == 200, "\(table).\(kind)")
                }
            }
            #expect(try await browser.get("/staff/services/passport/feedback/other.csv").status == 404)
        }
    }

    @Test(arguments: ["", "&lang=es"])
    func aQuartersReportSaysWhatIsMissingAndGivesItsFiles(query: String) async throws {
        try await withBrowser(SampleSite(reports: ResultPagesTests.desk)) { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport/reports?quarter=FY2026Q1\(query)")
            #expect(page.status == 200)
            #expect(!page.body.contains("⟦"))
            #expect(page.body.contains("FY2026Q1"))
            let file = try await browser.get("/staff/services/passport/reports/FY2026Q1/1-after-header.csv")
            #expect(file.body == "a,b\n")
            #expect(try await browser.get("/staff/services/passport/reports/FY2026Q1/other.csv").status == 404)
        }
    }

    @Test func aFollowUpIsTakenByWhoeverIsSignedIn() async throws {
        let journey = try #require(JourneyID("PR-1"))
        let desk = FollowUpDesk(
            items: { _ in
                [
                    FollowUpView(
                        id: "a", journey: journey, openedAt: SampleSite.start, owner: nil, state: .open, note: "",
                        reachable: [.email, .sms])
                ]
            }, change: { _, change, _ in change.action == .reply && change.text.isEmpty ? .empty : .changed },
            saidDid: { _ in
                [
                    SaidDidView(
                        id: "1", said: LocalText(en: "Slow.", es: "Lento."),
                        did: LocalText(en: "Faster.", es: "Rápido."),
                        publishedAt: SampleSite.start)
                ]
            }, publish: { _, _, _ in }, withdraw: { _, _ in })
        try await withBrowser(SampleSite(followUps: desk)) { browser, _ in
            try await AccessTests.signIn(browser)
            for query in ["", "?lang=es"] {
                let page = try await browser.get("/staff/services/passport/follow-ups\(query)")
                #expect(page.status == 200 && !page.body.contains("⟦"))
                #expect(page.body.contains("PR-1"))
            }
            let path = "/staff/services/passport/follow-ups/a"
            #expect(try await browser.post(path, [("action", "take")]).status == 303)
            #expect(try await browser.post(path, [("action", "reply"), ("text", "")]).status == 422)
            #expect(try await browser.post(path, [("action", "take")], token: "wrong").status != 303)
            let said = "/staff/services/passport/said-did"
            #expect(try await browser.post(said, [("said_en", "x")]).status == 422)
        }
    }
}
