import Channels
import Experience
import HTTPTypes
import Site
import Synchronization
import Testing

@Suite struct ChannelsPagesTests {
    static let mark = IntakeMark(
        key: .init(source: "form", sourceID: "a/b"), form: "after", channel: .web, at: SampleSite.start, rating: 1,
        state: .held, reasons: [.copies])

    @Test func showsOffersWithTheirRateAndWhoWasSpared() async throws {
        let sample = SampleSite()
        sample.channels.withLock {
            $0.overview = { _, _, _ in
                let count = OfferCount(
                    form: "after", channel: .kiosk, touchpoint: "exit", solicited: .invited, offered: 200, answered: 50)
                let rate = ShownFigure(
                    value: 0.25, low: 0.19, high: 0.31, n: 200, unit: .share, method: "wilson")
                return ChannelOverview(
                    lines: [.init(count: count, rate: rate)], whole: rate, passedOver: [.quiet: 12], held: 3)
            }
        }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport/channels")
            #expect(page.status == 200)
            for text in ["200", "50", "25", "12", "3 answers put aside", "/staff/services/passport/wall"] {
                #expect(page.body.contains(text), "\(text)")
            }
        }
    }

    @Test func whatIsHeldCanBeLetThroughAndIsEscaped() async throws {
        let sample = SampleSite()
        let decided = Mutex<[(IntakeMark.Key, IntakeMark.State)]>([])
        sample.channels.withLock {
            $0.quarantine = { _, _ in
                QuarantineReport(items: [.init(mark: Self.mark, words: "<b>buy</b>", hasOriginal: true)])
            }
            $0.decide = { _, keys, state, _ in decided.withLock { all in all += keys.map { ($0, state) } } }
        }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            let page = try await browser.get("/staff/services/passport/channels/quarantine")
            #expect(page.body.contains("value=\"form/a/b\"") && page.body.contains("&lt;b&gt;buy"))
            let done = try await browser.post(
                "/staff/services/passport/channels/quarantine", [("key", "form/a/b"), ("change", "release")])
            #expect(done.status == 303)
            #expect(decided.withLock { $0.map(\.0) } == [Self.mark.key])
            #expect(decided.withLock { $0.map(\.1) } == [.released])
            let odd = try await browser.post(
                "/staff/services/passport/channels/quarantine", [("key", "form/a/b"), ("change", "delete")])
            #expect(odd.status == 400)
        }
    }

    @Test func aDeviceIsIssuedWithAnAddressShownOnce() async throws {
        let sample = SampleSite()
        sample.channels.withLock {
            $0.devices.issue = { _, place, name, _ in "token-\(place)-\(name.count)-0123456789" }
        }
        try await withBrowser(sample) { browser, _ in
            try await AccessTests.signIn(browser)
            let path = "/staff/services/passport/channels/devices"
            #expect(try await browser.get(path).body.contains("name=\"touchpoint\""))
            let made = try await browser.post(path, [("name", " Exit,  left "), ("touchpoint", "exit")])
            #expect(made.body.contains("/kiosk/passport/exit#device=token-exit-10-0123456789"))
            let empty = try await browser.post(path, [("name", " "), ("touchpoint", "exit")])
            #expect(empty.status == 422)
            let nowhere = try await browser.post(path, [("name", "x"), ("touchpoint", "roof")])
            #expect(nowhere.status == 400)
        }
    }

    @Test func nobodyOutsideSeesAnyOfIt() async throws {
        try await withBrowser { browser, _ in
            for page in ["channels", "channels/quarantine", "channels/devices"] {
                let answer = try await browser.get("/staff/services/passport/\(page)")
                #expect(answer.location?.hasPrefix("/staff/sign-in") == true)
            }
        }
    }

    @Test func aGuardedPlacePutsStrangersPressesAside() async throws {
        let sample = SampleSite()
        let noted = Mutex<[Int]>([])
        sample.channels.withLock {
            $0.devices.isGuarded = { _, place in place == "exit" }
            $0.devices.find = { service, token in
                token != "0123456789abcdef"
                    ? nil
                    : TouchpointDevice(
                        id: "d-1", service: service.id, touchpoint: "exit", name: "Exit", created: SampleSite.start)
            }
            $0.devices.note = { _, _, waiting, presses in noted.withLock { $0 += [waiting, presses] } }
        }
        try await withBrowser(sample) { browser, sample in
            func press(_ id: String, token: String?) async throws {
                let body = "{\"waiting\":3,\"presses\":[{\"id\":\"0197a0b0c0d0700\(id)\",\"value\":4}]}"
                let answer = try await browser.send(
                    "/kiosk/passport/exit/presses", .post, token.map { [.init("X-Device-Token")!: $0] } ?? [:], body)
                #expect(answer.status == 200)
            }
            try await press("1", token: nil)
            try await press("2", token: "0123456789abcdef")
            try await press("3", token: "fedcba9876543210")
            let held = sample.kept.withLock { $0.responses.map(\.intake.held) }
            #expect(held == [[.unknownDevice], [], [.unknownDevice]])
            #expect(sample.kept.withLock { $0.responses[1].intake.device } == "d-1")
            #expect(noted.withLock { $0 } == [2, 1])
            let pulse = try await browser.send(
                "/kiosk/passport/exit/pulse", .post, [.init("X-Device-Token")!: "0123456789abcdef"], "{\"waiting\":7}")
            #expect(pulse.status == 204)
            #expect(noted.withLock { $0 } == [2, 1, 7, 0])
        }
    }
}
