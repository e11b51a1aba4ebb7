import Experience
import Formats
import JourneyEngine
import Testing

@Suite struct CSVReadingTests {
    private func rows(
        _ text: String, _ options: LogReadingOptions = LogReadingOptions()
    ) throws -> (events: [ImportedEvent], report: ReadingReport) {
        try rows(text.bytes, options)
    }

    private func rows(
        _ bytes: [UInt8], _ options: LogReadingOptions = LogReadingOptions()
    ) throws -> (events: [ImportedEvent], report: ReadingReport) {
        let stream = try LogRowStream(bytes: bytes, named: "log.csv", options: options)
        var events: [ImportedEvent] = []
        while let batch = try stream.next(3) { events += batch.events }
        return (events, stream.report)
    }

    @Test(arguments: [",", ";", "\t", "|"], ["\n", "\r\n", "\r"])
    func readsEveryDelimiterAndLineEnd(_ delimiter: String, _ end: String) throws {
        let lines = [
            ["case", "activity", "time", "note"], ["NA", "a", "2020-01-01 00:00:00", "\"x\(delimiter)y\""],
            ["1", "\"say \"\"hi\"\"\"", "2020-01-02T00:00:00+02:00", "\"two\(end)lines\""],
            ["", "c", "2020-01-02", ""],
            ["2", "b", "2020-01-03", "é"],
        ]
        let text = lines.map { $0.joined(separator: delimiter) }.joined(separator: end)
        for whole in [text, text + end, "\u{FEFF}" + text + end + end] {
            let (events, report) = try rows(whole)
            #expect(events.map(\.journey) == ["NA", "1", "2"])
            #expect(events.map(\.activity) == ["a", "say \"hi\"", "b"])
            #expect(events[0].attributes["note"] == .text("x\(delimiter)y"))
            #expect(events[1].attributes["note"] == .text("two\(end)lines"))
            #expect(events[2].attributes["note"] == .text("é"))
            #expect(report.delimiter == delimiter.utf8.first)
            #expect(report.rejected.map(\.reason) == ["the journey id is empty"])
            #expect(report.rejected.first?.line == (end == "\r" ? 4 : 5))
        }
    }

    @Test func listsEveryKindOfBadRowAndReadsTheRest() throws {
        var bytes = """
            case,activity,time
            1,a,2020-01-01
            2,a
            3,,2020-01-01
            4,a,never
            5,a,2020-01-01,extra
            6,a,2020-01-01,,
            "7"x,a,2020-01-01
            8,a,2020-02-30

            """.bytes
        bytes += [0x39, 0x2C, 0xFF, 0x2C] + "2020-01-01\n".bytes
        bytes += "10,\"open,2020-01-01\n11,b,2020-01-01\n".bytes
        let (events, report) = try rows(bytes)
        #expect(events.map(\.journey) == ["1", "6", "11"])
        #expect(report.rejected.map(\.line) == [3, 4, 5, 6, 8, 9, 10, 11])
        #expect(report.rejectedCount == 8)
        #expect(report.rejected[0].excerpt == "2,a")
        #expect(report.rejected[6].reason.contains("UTF-8"))
        #expect(report.rejected[7].reason.contains("quote"))
    }

    @Test func readsLatin1WhenTold() throws {
        var options = LogReadingOptions()
        options.encoding = .latin1
        let (events, report) = try rows(
            "case,activity,time\n1,caf".bytes + [0xE9, 0x80] + ",2020-01-01\n".bytes, options)
        #expect(events.map(\.activity) == ["café€"])
        #expect(report.rejectedCount == 0)
    }

    @Test func settlesDayAndMonthOverTheWholeColumn() throws {
        let dayFirst = "case,activity,date\n1,a,3/4/2011\n1,b,4/4/2011\n1,c,13/4/2011\n"
        let (events, report) = try rows(dayFirst)
        #expect(report.timeFormat == .dayFirst)
        #expect(events[0].occurred == TimeFormat.microseconds("2011-04-03"))
        #expect(try rows("case,activity,date\n1,a,3/4/2011\n1,b,3/14/2011\n").report.timeFormat == .monthFirst)
        // The row that settles it lies far behind the sample.
        var late = "case,activity,date\n" + String(repeating: "1,a,3/4/2011\n", count: 5000)
        late += "1,a,14/4/2011\n"
        #expect(try LogReader.read(bytes: late.bytes, named: "a.csv").report.timeFormat == .dayFirst)
    }

    @Test func refusesDatesThatNothingSettlesAndSaysWhatToPass() throws {
        let text = "case,activity,date\n1,a,3/4/2011\n1,b,4/4/2011\n"
        #expect(throws: FormatError.ambiguousDates(column: "date", example: "3/4/2011")) { try rows(text) }
        var told = LogReadingOptions()
        told.timeFormat = .monthFirst
        #expect(try rows(text, told).events[0].occurred == TimeFormat.microseconds("2011-03-04"))
        #expect(
            FormatError.ambiguousDates(column: "date", example: "3/4/2011").description.contains(
                "day-first or month-first"))
    }

    @Test func takesRolesAsGivenAndRefusesUnknownColumns() throws {
        let text = "who,what,when,other\n1,a,2020-01-01,x\n2,b,2020-01-01,x\n"
        #expect(throws: FormatError.missingRoles(missing: [.journey], columns: ["who", "what", "when", "other"])) {
            var options = LogReadingOptions()
            options.roles = [.activity: "what"]
            return try rows(text, options)
        }
        var options = LogReadingOptions()
        options.roles = [.journey: "who", .activity: "what", .time: "WHEN"]
        let (events, report) = try rows(text, options)
        #expect(events.map(\.journey) == ["1", "2"])
        #expect(report.roles.allSatisfy { !$0.guessed })
        options.roles[.journey] = "whom"
        #expect(throws: FormatError.unknownColumn(name: "whom", columns: ["who", "what", "when", "other"])) {
            try rows(text, options)
        }
    }

    @Test func readsATableWithoutAHeader() throws {
        var options = LogReadingOptions()
        options.hasHeader = false
        options.roles = [.journey: "column 1", .activity: "column 2", .time: "column 3"]
        #expect(
            try rows("1,a,1577836800\n2,b,1577836801\n", options).events.map(\.occurred) == [
                1_577_836_800_000_000, 1_577_836_801_000_000,
            ])
    }

    @Test func givesJourneyColumnsToTheJourney() throws {
        let text =
            "case:concept:name,concept:name,time:timestamp,case:channel,org:resource\n1,a,2020-01-01,web,Ann\n1,b,2020-01-02,web,\n"
        let log = try LogReader.read(bytes: text.bytes, named: "a.csv").log
        let channel = try #require(log.attributes.firstIndex { $0.name == "channel" && $0.level == .journey })
        #expect(log.attributeCode(channel, journey: 0) == 1)
        let resource = try #require(log.attributes.firstIndex { $0.name == "org:resource" && $0.level == .event })
        #expect((0..<2).map { log.attributeCode(resource, event: $0) } == [1, 0])
    }

    @Test func saysSoWhenNothingIsUsable() {
        #expect(throws: FormatError.empty(path: "a.csv")) { try LogReader.read(bytes: [], named: "a.csv") }
        #expect(throws: FormatError.self) { try LogReader.read(bytes: "case,activity,time\n".bytes, named: "a.csv") }
        #expect(throws: FormatError.self) {
            try LogReader.read(bytes: "case,activity,time\n,a,2020-01-01\n".bytes, named: "a.csv")
        }
        #expect(throws: FormatError.unknownFormat(path: "notes")) {
            try LogReader.read(bytes: "hello there".bytes, named: "notes")
        }
        #expect(throws: FormatError.self) { try LogReader.read(bytes: [0xFF, 0xFE, 0x61, 0], named: "a.csv") }
        #expect(throws: FormatError.self) { try LogReader.read(path: "/nonexistent/a.csv") }
    }

    @Test func saysWhetherTimesHadAZone() throws {
        #expect(try rows("case,activity,time\n1,a,2020-01-01T00:00:00Z\n").report.timesWithoutZone == false)
        #expect(try rows("case,activity,time\n1,a,2020-01-01T00:00:00\n").report.timesWithoutZone)
        var options = LogReadingOptions()
        options.zone = try ZoneRule("America/New_York")
        let event = try rows("case,activity,time\n1,a,2020-01-01T00:00:00\n", options).events.first
        #expect(event?.occurred == TimeFormat.microseconds("2020-01-01T05:00:00Z"))
    }

    @Test func refusesATableOfEndlessColumns() {
        let header = (["case", "activity", "time"] + (0..<5000).map { "c\($0)" }).joined(separator: ",")
        #expect(throws: FormatError.self) { try rows(header + "\n1,a,2020-01-01\n") }
    }
}
