import Experience
import Foundation
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct WallAndPosterTests {
    @Test func theWallShowsFacesByPlaceAndEscapesWords() async throws {
        let sample = SampleSite()
        let state = WallState(
            places: [.init(touchpoint: "exit", counts: [1, 0, 2, 3, 1_204])],
            last: [
                .init(at: SampleSite.start, touchpoint: "exit", channel: .kiosk, rating: 5),
                .init(
                    at: SampleSite.start, touchpoint: nil, channel: .web, rating: nil, solved: .no,
                    words: "<script>x</script>"),
            ])
        sample.channels.withLock {
            $0.wall = { _ in state }
            $0.live = { _ in
                AsyncStream {
                    $0.yield(state)
                    $0.finish()
                }
            }
        }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport/wall")
            #expect(page.status == 200)
            #expect(page.body.contains("1,210") && page.body.contains("1,204") && page.body.contains("Exit kiosk"))
            #expect(page.body.contains("&lt;script&gt;x") && !page.body.contains("<script>x"))
            let line = try await browser.get("/staff/services/passport/wall/live")
            #expect(line.headers[.contentType] == "text/event-stream")
            let events = line.body.components(separatedBy: "\n\n").filter { $0.hasPrefix("event: board\ndata: ") }
            #expect(events.count == 1 && events[0].split(separator: "\n").count == 2)
            #expect(events[0].contains("1,204"))
        }
    }

    @Test func aPosterHoldsTheShortAddressOfItsPlaceInBothLanguages() async throws {
        try await withBrowser { browser, sample in
            sample.configured.withLock { $0.publicURL = "https://cx.example.gov" }
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport/channels/posters/exit")
            #expect(page.status == 200)
            #expect(page.body.contains("lang=\"es\"") && page.body.contains("/q/passport/exit"))
            let picture = try await browser.get("/staff/services/passport/channels/posters/exit.svg")
            #expect(picture.headers[.contentType] == "image/svg+xml")
            #expect(picture.body.hasPrefix("<svg") && picture.body.contains("viewBox=\"0 0"))
            let nowhere = try await browser.get("/staff/services/passport/channels/posters/roof")
            #expect(nowhere.status == 404)
        }
    }

    @Test func theShortAddressLeadsToTheFormOfThePlace() async throws {
        try await withBrowser { browser, _ in
            let answer = try await browser.get("/q/passport/exit")
            #expect(answer.status == 303)
            #expect(answer.location?.hasPrefix("/services/passport/feedback/") == true)
            #expect(answer.location?.contains("via=poster&at=exit") == true)
            let nowhere = try await browser.get("/q/passport/roof")
            #expect(nowhere.status == 404)
        }
    }

    /// Signed as the carrier documents it.
    @Test func takesOnlySignedMessages() async throws {
        let sample = SampleSite()
        sample.configured.withLock {
            $0.telephoneToken = "12345"
            $0.publicURL = "https://cx.example.gov"
        }
        let taken = Mutex<[String]>([])
        sample.channels.withLock {
            $0.telephone.message = { agency, id, from, body in
                taken.withLock { $0 += [agency.text, id, from, body] }
                return "1 < 2"
            }
        }
        try await withBrowser(sample) { browser, _ in
            let path = "/api/v1/telephone/consular/sms"
            let body = "MessageSid=SM0123456789&From=%2B15550100&Body=PASSPORT+please"
            let fields: [(String, String)] = [
                ("MessageSid", "SM0123456789"), ("From", "+15550100"), ("Body", "PASSPORT please"),
            ]
            let signature = TelephoneSamples.sign("https://cx.example.gov" + path, fields, token: "12345")
            let name = HTTPField.Name("X-Twilio-Signature")!
            for (path, given) in [
                (path, "wrong"), (path, ""), (path + "?x=1", signature),
                (path, TelephoneSamples.sign("https://cx.example.gov" + path, fields, token: "other")),
            ] {
                let refused = try await browser.send(path, .post, [name: given], body)
                #expect(refused.status == 403)
            }
            #expect(taken.withLock { $0.isEmpty })
            let answer = try await browser.send(path, .post, [name: signature], body)
            #expect(answer.status == 200)
            #expect(answer.body.contains("<Message>1 &lt; 2</Message>"))
            #expect(taken.withLock { $0 } == ["consular", "SM0123456789", "+15550100", "PASSPORT please"])
        }
    }

    @Test func withoutASecretThereIsNoTelephone() async throws {
        try await withBrowser { browser, _ in
            let answer = try await browser.send("/api/v1/telephone/consular/sms", .post, [:], "From=1")
            #expect(answer.status == 404)
        }
    }
}
