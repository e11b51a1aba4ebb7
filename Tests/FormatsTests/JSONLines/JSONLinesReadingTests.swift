import Experience
import Formats
import Testing

@Suite struct JSONLinesReadingTests {
    private func rows(
        _ text: String, _ options: LogReadingOptions = LogReadingOptions()
    ) throws -> (events: [ImportedEvent], report: ReadingReport) {
        let stream = try LogRowStream(bytes: text.bytes, named: "log.jsonl", options: options)
        var events: [ImportedEvent] = []
        while let batch = try stream.next(2) { events += batch.events }
        return (events, stream.report)
    }

    @Test func readsObjectsWithNestedValues() throws {
        let (events, report) = try rows(
            """
            {"case":"NA","activity":"a \\u00e9 \\ud83d\\ude00\\n","time":"2020-01-01T00:00:00Z","cost":12,"rate":1.5e0,"paid":true,"none":null,"who":{"unit":"x","tags":["p","q"]},"case:channel":"web","resource":"Ann"}

            {"time":1,"activity":"b","time":"2020-01-01T01:00:00+01:00","case":7}
            """)
        #expect(events.count == 2)
        #expect(events[0].journey == "NA")
        #expect(events[0].activity == "a é 😀\n")
        #expect(events[0].attributes["cost"] == .integer(12))
        #expect(events[0].attributes["rate"] == .number(1.5))
        #expect(events[0].attributes["paid"] == .boolean(true))
        #expect(events[0].attributes["none"] == nil)
        #expect(events[0].attributes["who/unit"] == .text("x"))
        #expect(events[0].attributes["who/tags[1]"] == .text("p"))
        #expect(events[0].attributes["who/tags[2]"] == .text("q"))
        #expect(events[0].journeyAttributes == ["channel": .text("web")])
        #expect(events[0].resource == "Ann")
        #expect(events[1].journey == "7")
        #expect(events[1].line == 3)
        #expect(events[0].occurred == events[1].occurred)
        #expect(report.rejectedCount == 0)
    }

    @Test func leavesOutBadLinesAndReadsTheNext() throws {
        let good = "{\"case\":\"1\",\"activity\":\"a\",\"time\":\"2020-01-01\"}"
        let bad = [
            "{", "nonsense", "[1]", "{\"case\":\"1\",\"activity\":\"a\"}",
            "{\"case\":\"1\",\"activity\":\"a\",\"time\":\"soon\"}",
            "{\"activity\":\"a\",\"time\":\"2020-01-01\"}", "{\"case\":\"1\" \"activity\":1}", "{\"case\":01}",
            "{\"case\":\"\\x\"}",
            "{\"case\":\"unclosed}", "{\"a\":[1,]}", "{\"a\":1,}",
        ]
        var text = ""
        for line in bad { text += good + "\n" + line + "\n" }
        let (events, report) = try rows(text + good)
        #expect(events.count == bad.count + 1)
        #expect(report.rejected.map(\.line) == bad.indices.map { 2 * $0 + 2 })
        #expect(report.rejected.map(\.excerpt) == bad)
    }

    @Test func refusesEndlessNesting() {
        let deep =
            "{\"case\":\"1\",\"activity\":\"a\",\"time\":\"2020-01-01\"}\n{\"a\":"
            + String(repeating: "[", count: 100_000)
        #expect(throws: FormatError.self) { try rows(deep) }
    }

    @Test func readsCountsOfMillisecondsAsTimes() throws {
        let (events, report) = try rows("{\"case\":1,\"activity\":\"a\",\"timestamp\":1577836800123}\n")
        #expect(events.first?.occurred == 1_577_836_800_123_000)
        #expect(report.timeFormat == .epochMilliseconds)
    }
}
