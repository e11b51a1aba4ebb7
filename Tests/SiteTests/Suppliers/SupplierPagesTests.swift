import Experience
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct SupplierPagesTests {
    private static let token = "0123456789abcdef0123456789abcdef"

    private static func signedIn(_ browser: Browser, _ sample: SampleSite, _ role: StaffAccount.Role) {
        sample.kept.withLock { $0.sessions["session-token-of-a-test"] = StaffAccount(id: "c3", name: "cy", role: role) }
        browser.set(cookie: "__Host-session", "session-token-of-a-test")
    }

    @Test func aSupplierSeesItsOwnCardAndContestsALine() async throws {
        try await withBrowser { browser, sample in
            let page = try await browser.get("/suppliers/\(Self.token)?month=2026-03")
            #expect(page.status == 200)
            #expect(page.body.contains("90%") && page.body.contains("18 of 20 orders"))
            #expect(page.body.contains("target at least 95%") && page.body.contains("Not reached"))
            #expect(page.body.contains("SO-7") && !page.body.contains("SO-1<"))
            let empty = try await browser.post(
                "/suppliers/\(Self.token)", [("line", "SO-7"), ("month", "2026-03"), ("reason", "  ")])
            #expect(empty.status == 422)
            let sent = try await browser.post(
                "/suppliers/\(Self.token)",
                [("line", "SO-7"), ("month", "2026-03"), ("reason", "It was <sent> on the 3rd."), ("contest", "yes")])
            #expect(sent.status == 303)
            #expect(sent.location == "/suppliers/\(Self.token)?month=2026-03&filed=1")
            let filed = try #require(sample.kept.withLock { $0.statements.first })
            #expect(filed.line == "SO-7" && filed.contests && filed.reason == "It was <sent> on the 3rd.")
        }
    }

    @Test(arguments: ["nobody-knows-this-token-0123456789", "x", "..%2F..%2Fstaff"])
    func aLinkThatOpensNothingSaysNothing(token: String) async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get("/suppliers/\(token)")
            #expect(page.status == 404)
            #expect(!page.body.contains("Atlas"))
        }
    }

    @Test func caseworkersDecideAndOwnersMakeLinks() async throws {
        try await withBrowser { browser, sample in
            sample.definitions.withLock { $0 = [SampleDefinitions.supplied, SampleDefinitions.loan] }
            Self.signedIn(browser, sample, .caseworker)
            let path = "/staff/services/passport/suppliers"
            let page = try await browser.get(path + "?month=2026-03")
            #expect(page.status == 200)
            #expect(page.body.contains("Contested") && page.body.contains("It was &lt;sent&gt;"))
            #expect(!page.body.contains("value=\"revoke\""))
            let refused = try await browser.post(path, [("step", "link"), ("supplier", "atlas")])
            #expect(refused.status == 403)
            let decided = try await browser.post(
                path, [("step", "accept"), ("supplier", "atlas"), ("line", "SO-7"), ("month", "2026-03")])
            #expect(decided.status == 303)
            let decision = try #require(sample.kept.withLock { $0.decisions.first })
            #expect(decision.accepts && decision.line == "SO-7" && decision.by == "c3")
        }
        try await withBrowser { browser, sample in
            sample.definitions.withLock { $0 = [SampleDefinitions.supplied] }
            Self.signedIn(browser, sample, .owner)
            let path = "/staff/services/passport/suppliers"
            _ = try await browser.get(path)
            let made = try await browser.post(
                path, [("step", "link"), ("supplier", "atlas"), ("email", "orders@example.com"), ("language", "es")])
            #expect(made.status == 200 && made.body.contains("/suppliers/\(Self.token)"))
            let wrong = try await browser.post(path, [("step", "link"), ("supplier", "atlas"), ("email", "nobody")])
            #expect(wrong.status == 422)
        }
    }

    @Test func stepsAreComparedInTheServicesOrderWithoutRanks() async throws {
        try await withBrowser { browser, sample in
            Self.signedIn(browser, sample, .viewer)
            let page = try await browser.get("/staff/services/passport/scorecard?by=step")
            #expect(page.status == 200 && page.body.contains("Dates kept by: Step"))
            #expect(page.body.contains("Dates passed here") && !page.body.contains("Possible ranks"))
            let csv = try await browser.get("/staff/services/passport/scorecard/scorecard.csv?by=step")
            let lines = csv.body.split(whereSeparator: \.isNewline)
            #expect(lines.first?.hasSuffix("pending,time_share,passed_here") == true)
            #expect(lines.dropFirst().map { $0.split(separator: ",").first } == ["applied", "checked"])
            #expect(lines.last?.hasSuffix(",0.75,9") == true)
        }
    }

    @Test func aTableIsDownloadedAsItIsShown() async throws {
        try await withBrowser { browser, sample in
            sample.definitions.withLock { $0 = [SampleDefinitions.supplied, SampleDefinitions.loan] }
            Self.signedIn(browser, sample, .viewer)
            let csv = try await browser.get("/staff/services/passport/scorecard/cards.csv?month=2026-03")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(csv.body.contains("atlas,acknowledged,0.95,0.9,"))
            let lines = try await browser.get("/staff/services/passport/scorecard/lines.json?month=2026-03")
            #expect(lines.body.contains(#""line":"SO-7""#))
            #expect(try await browser.get("/staff/services/passport/scorecard/other.csv").status == 404)
            #expect(try await browser.get("/staff/services/loan/suppliers").status == 404)
        }
    }
}

extension SampleSite {
    static func card(_ contest: SupplierCard.Statement.Contest?) -> SupplierCard {
        let met = (1...18).map { "SO-\($0 < 7 ? $0 : $0 + 2)" }
        return SupplierCard(
            supplier: "atlas", month: CivilDate("2026-03-01")!,
            measures: [
                SupplierCard.Measure(
                    id: "acknowledged", target: 0.95, isStrict: false,
                    share: ShownFigure(value: 0.9, low: 0.7, high: 0.97, n: 20, unit: .share, method: "wilson"),
                    met: met,
                    missed: ["SO-7", "SO-8"], isReached: false)
            ],
            statements: contest.map {
                [
                    SupplierCard.Statement(
                        line: "SO-7", reason: "It was <sent> on the 3rd.", remedy: "", contest: $0,
                        filed: CivilDate("2026-04-02")!)
                ]
            } ?? [])
    }

    func supplierDesk() -> SupplierDesk {
        @Sendable func row(_ step: String, share: Double, passed: Int) -> ScorecardRow {
            let figure = ShownFigure(value: 0.9, low: 0.8, high: 0.95, n: 100, unit: .share, method: "wilson")
            var row = ScorecardRow(
                value: step, pending: 4, keptFirst: figure, keptLast: figure, cancelled: figure, lateDays: 2,
                newDates: 0.1, held: [(nil, 0.6), (.person, 0.4)], ratingKept: 4, ratingBroken: 2, ranks: nil)
            row.timeShare = share
            row.passedHere = passed
            return row
        }
        return SupplierDesk(
            scorecard: { _, attribute in
                attribute == ScorecardRow.step
                    ? [row("applied", share: 0.25, passed: 1), row("checked", share: 0.75, passed: 9)] : []
            },
            cards: { _, _ in [SampleSite.card(.open)] }, links: { _ in [] },
            addLink: { _, _, _, _, _ in "0123456789abcdef0123456789abcdef" },
            own: { token, _ in
                token == "0123456789abcdef0123456789abcdef"
                    ? OwnCard(definition: SampleDefinitions.supplied, card: SampleSite.card(nil)) : nil
            },
            file: { _, statement in
                self.kept.withLock { $0.statements.append(statement) }
                return true
            }, decide: { _, decision in self.kept.withLock { $0.decisions.append(decision) } })
    }
}

extension SampleDefinitions {
    /// The passport service, printed by a supplier.
    static let supplied: ServiceDefinition = {
        var definition = passport
        definition.suppliers = SupplierRule(
            programme: .globalSupply, attribute: "printer", acknowledged: "checked", shipped: "printed",
            fulfilled: "delivered")
        return definition
    }()
}
