import Experience
import Foundation
import Storage
import Testing

@Suite(.everyDatabase) struct AnalyticsFeedTests {
    private static let target = "clickhouse:one:8123/cx"

    @Test func oneFeedsAndAnotherTakesOverWhenTheLeaseIsOver() async throws {
        let store = try await Store()
        let record = store.record
        let soon = Instant.now.advanced(by: Instant.day)
        let first = try await record.leaseAnalytics(Self.target, by: "a", until: soon)
        #expect(first?.through == 0)
        #expect(try await record.leaseAnalytics(Self.target, by: "b", until: soon) == nil)
        #expect(try await record.leaseAnalytics(Self.target, by: "a", until: soon) != nil)
        _ = try await record.leaseAnalytics(Self.target, by: "a", until: Instant(microseconds: 1))
        #expect(try await record.leaseAnalytics(Self.target, by: "b", until: soon) != nil)
        #expect(try await record.leaseAnalytics("clickhouse:two:8123/cx", by: "a", until: soon) != nil)
        try await record.releaseAnalytics(Self.target, by: "a")
        #expect(try await record.leaseAnalytics(Self.target, by: "a", until: soon) == nil)
        try await record.releaseAnalytics(Self.target, by: "b")
        #expect(try await record.leaseAnalytics(Self.target, by: "a", until: soon) != nil)
    }

    @Test func whoLostTheLeaseNotesNothing() async throws {
        let store = try await Store()
        let record = store.record
        let soon = Instant.now.advanced(by: Instant.day)
        var mine = try #require(
            try await record.leaseAnalytics(Self.target, by: "a", until: Instant(microseconds: 1)))
        var theirs = try #require(try await record.leaseAnalytics(Self.target, by: "b", until: soon))
        mine.through = 9
        #expect(try await record.noteAnalytics(mine, by: "a", until: soon) == false)
        theirs.pending = 7
        theirs.problem = "away"
        #expect(try await record.noteAnalytics(theirs, by: "b", until: soon))
        #expect(try await record.noteAnalytics(theirs, by: "b", until: soon) == false)
        let known = try #require(try await record.analyticsFeeds().first)
        #expect(known.through == 0)
        #expect(known.pending == 7)
        #expect(known.problem == "away")
        #expect(known.revision == 1)
        try await record.forgetAnalytics(Self.target)
        #expect(try await record.analyticsFeeds().isEmpty)
    }

    @Test func boundsAndSumsAreOfTheEventsThereAre() async throws {
        let store = try await Store()
        let record = store.record
        #expect(try await record.feedBounds(after: 0) == FeedBounds(last: 0, first: 0, oldest: 0))
        let answers: [Appended] = try await record.append((1...5).map { Sample.event("j\($0 % 2)", "\($0)") })
        #expect(answers.count == 5)
        let bounds = try await record.feedBounds(after: 3)
        #expect(bounds.last == 5)
        #expect(bounds.first == 1)
        #expect(bounds.waitingSince != nil)
        #expect(try await record.feedBounds(after: 5).waitingSince == nil)
        let sums = try await record.feedSums(since: 0, through: 4)
        #expect(sums.events == 4)
        #expect(sums.sequences == 10)
        #expect(try await record.feedSums(since: .max, through: 4).events == 0)
    }

    @Test func readsTheJourneysSomeEventsTouched() async throws {
        let store = try await Store()
        let answers: [Appended] = try await store.record.append(
            [("j1", "1"), ("j2", "2"), ("j3", "3"), ("j1", "4")].map { Sample.event($0.0, $0.1) })
        #expect(answers.count == 4)
        let found = try await store.record.scanJourneys(touchedBy: 1...2) { NamesAndNumbers() }
        #expect(found == ["j1": 4, "j2": 2])
        #expect(try await store.record.scanJourneys(touchedBy: 9...20) { NamesAndNumbers() } == [:])
    }

    private final class NamesAndNumbers: LineReader {
        private var found: [String: Int64] = [:]
        func take(_ line: JourneyLine) { found[line.journey] = line.lastSequence }
        func finish() -> [String: Int64] { found }
    }
}
