import Experience
import Foundation
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct IntakeTests {
    static let headers: HTTPFields = [.authorization: "Bearer good-key", .contentType: "application/json"]
    static let lines: HTTPFields = [.authorization: "Bearer good-key", .contentType: "application/x-ndjson"]

    struct Answer: Decodable {
        struct Item: Decodable {
            var index: Int
            var status: String
            var detail: String?
        }
        var stored: Int
        var duplicate: Int?
        var refused: Int
        var items: [Item]
    }

    static func event(_ id: String, _ extra: String = "") -> String {
        "{\"id\":\"\(id)\",\"service\":\"passport\",\"journey\":\"NA\",\"activity\":\"checked\","
            + "\"occurred\":\"2026-04-01T10:00:00-05:00\"\(extra)}"
    }

    static func decode(_ page: Browser.Page) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(page.body.utf8))
    }

    @Test func storesAnEventWithEveryField() async throws {
        try await withBrowser { browser, sample in
            let body = IntakeTests.event(
                "e1",
                ",\"kind\":\"contact\",\"channel\":\"phone\",\"touchpoint\":\"line-1\",\"actor\":{\"role\":\"staff\","
                    + "\"id\":\"o-48\",\"unit\":\"Calls\"},\"attributes\":{\"failure_demand\":true,\"n\":3,\"x\":1.5,"
                    + "\"t\":\"a\\u00e9\\ud83d\\ude00\\n\",\"none\":null}")
            let page = try await browser.send("/api/v1/events", .post, IntakeTests.headers, body)
            #expect(page.status == 200)
            let event = try #require(sample.kept.withLock { $0.events.first })
            #expect(event.agency == "consular" && event.source == "mail-room" && event.sourceID == "e1")
            #expect(event.journey.text == "NA" && event.kind == .contact && event.channel == .phone)
            #expect(event.actor == Actor(.staff, id: "o-48", unit: "Calls"))
            #expect(event.occurred == Instant(rfc3339: "2026-04-01T15:00:00Z"))
            #expect(
                event.attributes == [
                    "failure_demand": .boolean(true), "n": .integer(3), "x": .number(1.5), "t": .text("aé😀\n"),
                ])
        }
    }

    @Test func answersForEachItemAndStoresTheGoodOnes() async throws {
        try await withBrowser { browser, sample in
            let bad = IntakeTests.event("e2").replacing("passport", with: "loan")
            let body =
                "[\(IntakeTests.event("e1")),\(bad),\(IntakeTests.event("e3", ",\"kind\":\"jump\"")),"
                + "\(IntakeTests.event("e1"))]"
            let answer = try IntakeTests.decode(
                try await browser.send("/api/v1/events", .post, IntakeTests.headers, body))
            #expect(answer.items.map(\.status) == ["stored", "refused", "refused", "duplicate"])
            #expect(answer.items[1].detail?.contains("loan") == true)
            #expect(answer.items[2].detail?.contains("step, contact") == true)
            #expect(sample.kept.withLock { $0.events.count } == 1)
        }
    }

    @Test func aBadLineIsRefusedAlone() async throws {
        try await withBrowser { browser, _ in
            let body =
                "\(IntakeTests.event("e1"))\r\n\n{\"id\": oops}\n\(IntakeTests.event("e2")) x\n\(IntakeTests.event("e3"))"
            let answer = try IntakeTests.decode(
                try await browser.send("/api/v1/events", .post, IntakeTests.lines, body))
            #expect(answer.items.map(\.status) == ["stored", "refused", "refused", "stored"])
            #expect(answer.items[1].detail?.contains("byte 7") == true)
        }
    }

    @Test(arguments: [
        "", "{", "[", "[1", "nul", "{\"id\":\"\\ud800\"}", "{\"id\":\"a\u{1}\"}", "[{}] []", "{\"n\":01}", "{\"n\":1.}",
        "{\"events\":{}}",
    ])
    func refusesWhatIsNoJSONWhole(body: String) async throws {
        try await withBrowser { browser, sample in
            let page = try await browser.send("/api/v1/events", .post, IntakeTests.headers, body)
            #expect(page.status == 400)
            #expect(page.headers[.contentType] == "application/problem+json")
            #expect(sample.kept.withLock { $0.events.isEmpty })
        }
    }

    @Test func takesTenThousandAndNotOneMore() async throws {
        try await withBrowser { browser, sample in
            let many = (0..<10_001).map { IntakeTests.event("e\($0)") }
            let page = try await browser.send("/api/v1/events", .post, IntakeTests.lines, many.joined(separator: "\n"))
            #expect(page.status == 413)
            let list = try await browser.send(
                "/api/v1/events", .post, IntakeTests.headers, "[\(many.joined(separator: ","))]")
            #expect(list.status == 413)
            #expect(sample.kept.withLock { $0.events.isEmpty })
        }
    }

    @Test(arguments: [nil, "Bearer bad", "Basic good-key", "good-key"])
    func asksForTheSourcesKey(header: String?) async throws {
        try await withBrowser { browser, _ in
            var headers: HTTPFields = [.contentType: "application/json"]
            if let header { headers[.authorization] = header }
            for path in ["/api/v1/events", "/api/v1/responses"] {
                let page = try await browser.send(path, .post, headers, IntakeTests.event("e1"))
                #expect(page.status == 401)
                #expect(page.body.contains("Authorization: Bearer"))
            }
        }
    }

    @Test func takesResponsesAndSaysWhatIsWrongWithOthers() async throws {
        try await withBrowser { browser, sample in
            let body = """
                [{"id":"r1","service":"passport","form":"after","answers":{"overall":4,"helped":["staff"],"why":"Fine."}},
                 {"id":"r2","service":"passport","form":"after","answers":{}},
                 {"id":"r3","service":"passport","form":"nope","answers":{}},
                 {"id":"r4","service":"passport","form":"after","answers":{"overall":3,"stray":1}}]
                """
            let answer = try IntakeTests.decode(
                try await browser.send("/api/v1/responses", .post, IntakeTests.headers, body))
            #expect(answer.items.map(\.status) == ["stored", "refused", "refused", "refused"])
            #expect(answer.items[1].detail?.contains("overall") == true)
            #expect(answer.items[2].detail?.contains("after, contact") == true)
            let response = try #require(sample.kept.withLock { $0.responses.first })
            #expect(response.answers["overall"] == .value(.integer(4)))
            #expect(response.id == "mail-room:r1")
        }
    }

    @Test func anAnswerOfAnotherSystemTellsHowItWasAskedAndWhichOfferItAnswers() async throws {
        let sample = SampleSite()
        sample.channels.withLock { $0.offerKey = { _, transaction in "key of \(transaction)" } }
        try await withBrowser(sample) { browser, sample in
            let body = """
                [{"id":"r1","service":"passport","form":"after","answers":{"overall":4},"solicited":"invited",
                  "transaction":"visit-7"},
                 {"id":"r2","service":"passport","form":"after","answers":{"overall":4}},
                 {"id":"r3","service":"passport","form":"after","answers":{"overall":4},"solicited":"begged"},
                 {"id":"r4","service":"passport","form":"after","answers":{"overall":4},"transaction":""}]
                """
            let answer = try IntakeTests.decode(
                try await browser.send("/api/v1/responses", .post, IntakeTests.headers, body))
            #expect(answer.items.map(\.status) == ["stored", "stored", "refused", "refused"])
            #expect(answer.items[2].detail?.contains("volunteered") == true)
            let kept = sample.kept.withLock { $0.responses }.map(\.intake)
            #expect(kept.map(\.route.source) == ["api", "api"])
            #expect(kept.map(\.solicited) == [.invited, .imported])
            #expect(kept.map(\.offer) == ["key of api:visit-7", nil])
        }
    }

    @Test func anotherSystemAsksWhetherToAsk() async throws {
        let sample = SampleSite()
        let asked = Mutex<OfferAsk?>(nil)
        sample.channels.withLock {
            $0.offer = { ask in
                asked.withLock { $0 = ask }
                return ask.transaction == "api:t1" ? .offered(isNew: true) : .passedOver(.quiet)
            }
        }
        try await withBrowser(sample) { browser, _ in
            func ask(_ transaction: String, _ more: String = "") async throws -> Browser.Page {
                try await browser.send(
                    "/api/v1/offers", .post, IntakeTests.headers,
                    "{\"service\":\"passport\",\"form\":\"after\",\"channel\":\"phone\",\"person\":\"p1\",\"transaction\":\"\(transaction)\"\(more)}"
                )
            }
            #expect(try await ask("t1", ",\"touchpoint\":\"exit\"").body == "{\"ask\":true}")
            let seen = try #require(asked.withLock { $0 })
            #expect(seen.person == "p1" && seen.channel == .phone && seen.touchpoint == "exit" && seen.form == "after")
            #expect(try await ask("t2").body == "{\"ask\":false,\"reason\":\"quiet\"}")
            #expect(try await ask("t3", ",\"touchpoint\":\"moon\"").status == 422)
            #expect(try await browser.send("/api/v1/offers", .post, IntakeTests.headers, "{}").status == 400)
            #expect(try await browser.send("/api/v1/offers", .post, [:], "{}").status == 401)
        }
    }

    @Test func publishesFiguresAndKeepsSmallGroupsBack() async throws {
        try await withBrowser { browser, _ in
            let page = try await browser.get("/api/v1/services/passport/figures")
            #expect(page.body.contains("\"promise_kept\":{\"value\":0.914,"))
            let few = try await browser.get("/api/v1/services/loan/figures")
            #expect(few.body.contains("\"value\":null") && !few.body.contains("\"n\":7"))
            let unknown = try await browser.get("/api/v1/services/nope/figures")
            #expect(unknown.status == 404)
            #expect(unknown.headers[.contentType] == "application/problem+json")
        }
    }
}
