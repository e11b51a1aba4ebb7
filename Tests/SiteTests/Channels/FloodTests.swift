import Crypto
import Channels
import Experience
import Foundation
import Site
import Synchronization
import Testing

@Suite struct FloodTests {
    @Test func aBusyMinuteBelowTheFloorAsksNoWork() {
        let gate = FloodGate(floor: 100) { SampleSite.start }
        for _ in 0..<100 { #expect(gate.note("a/b") == 0) }
        #expect(gate.bits("other/form") == 0)
    }

    @Test func aFloodAsksWorkOfItsOwnFormOnlyAndEnds() {
        let clock = Mutex(SampleSite.start)
        let gate = FloodGate(floor: 100) { clock.withLock { $0 } }
        for _ in 0..<300 { _ = gate.note("a/b") }
        #expect(gate.bits("a/b") > 0)
        #expect(gate.bits("a/c") == 0)
        clock.withLock { $0 = $0.advanced(by: 61_000_000) }
        #expect(gate.bits("a/b") == 0)
    }

    @Test func aUsualRushIsNoFlood() {
        // Two hundred a minute for an hour, then six hundred: busy, but not six times what is usual.
        let clock = Mutex(SampleSite.start)
        let gate = FloodGate(floor: 100) { clock.withLock { $0 } }
        for number in 0..<12_000 {
            clock.withLock { $0 = $0.advanced(by: 300_000) }
            _ = gate.note("a/b")
            if number > 11_000 { #expect(gate.bits("a/b") == 0) }
        }
        for _ in 0..<400 {
            clock.withLock { $0 = $0.advanced(by: 100_000) }
            _ = gate.note("a/b")
        }
        #expect(gate.bits("a/b") == 0)
    }

    static func flooded() -> SampleSite {
        let sample = SampleSite()
        sample.configured.withLock { $0.floodFloor = 2 }
        return sample
    }

    static let form = "/services/passport/feedback/after"

    static func send(_ browser: Browser, work: (String, Int) -> String) async throws -> Browser.Page {
        let page = try await browser.get(form)
        let id = try #require(page.body.between("name=\"response_id\" value=\"", "\""))
        let ticket = try #require(page.body.between("name=\"ticket\" value=\"", "\""))
        let bits = try #require(page.body.between("data-bits=\"", "\"").flatMap { Int($0) })
        return try await browser.post(
            form,
            [("response_id", id), ("ticket", ticket), ("work", work(ticket, bits)), ("q_overall", "4")])
    }

    static func solve(_ ticket: String, _ bits: Int) -> String {
        for number in 0..<10_000_000 {
            var zeros = 0
            for byte in SHA256.hash(data: Data("\(ticket):\(number)".utf8)) {
                zeros += byte.leadingZeroBitCount
                if byte != 0 { break }
            }
            if zeros >= bits { return String(number) }
        }
        return ""
    }

    @Test func inCalmNothingIsAskedAndNoScriptIsSent() async throws {
        try await withBrowser { browser, sample in
            let page = try await browser.get(Self.form)
            #expect(page.body.contains("data-bits=\"0\"") && !page.body.contains("work.js"))
            #expect(try await Self.send(browser) { _, _ in "" }.status == 303)
            #expect(sample.kept.withLock { $0.responses.last?.intake.held } == [])
        }
    }

    @Test func inAFloodAnAnswerWithoutWorkWaitsAndOneWithWorkCounts() async throws {
        try await withBrowser(Self.flooded()) { browser, sample in
            for _ in 0..<5 { _ = try await Self.send(browser) { _, _ in "" } }
            // Nobody is turned away.
            #expect(sample.kept.withLock { $0.responses.count } == 5)
            #expect(sample.kept.withLock { $0.responses.last?.intake.held } == [.flood])
            #expect(try await browser.get(Self.form).body.contains("work.js"))
            _ = try await Self.send(browser, work: Self.solve)
            #expect(sample.kept.withLock { $0.responses.last?.intake.held } == [])
        }
    }

    @Test func aTicketWorksForItsOwnAnswerOnly() async throws {
        try await withBrowser(Self.flooded()) { browser, sample in
            for _ in 0..<5 { _ = try await Self.send(browser) { _, _ in "" } }
            let first = try await browser.get(Self.form)
            let ticket = try #require(first.body.between("name=\"ticket\" value=\"", "\""))
            let bits = try #require(first.body.between("data-bits=\"", "\"").flatMap { Int($0) })
            let second = try await browser.get(Self.form)
            let id = try #require(second.body.between("name=\"response_id\" value=\"", "\""))
            _ = try await browser.post(
                Self.form,
                [
                    ("response_id", id), ("ticket", ticket), ("work", Self.solve(ticket, bits)), ("q_overall", "1"),
                ])
            #expect(sample.kept.withLock { $0.responses.last?.intake.held } == [.flood])
        }
    }
}
