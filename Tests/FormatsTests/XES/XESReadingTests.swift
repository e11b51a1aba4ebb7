import Experience
import Formats
import JourneyEngine
import Testing

@Suite struct XESReadingTests {
    static let small = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a comment with <trace> in it -->
        <log xes.version="2.0" xmlns="http://www.xes-standard.org/">
          <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
          <global scope="trace"><string key="concept:name" value="none"/><string key="channel" value="UNKNOWN"/></global>
          <global scope="event"><string key="org:group" value="nobody"/><date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
          <classifier name="With lifecycle" keys="concept:name lifecycle:transition"/>
          <string key="source" value="test"><int key="nested" value="3"/></string>
          <trace>
            <string key="concept:name" value="A &amp; B &lt;1&gt; &#x1F600;"/>
            <string key="channel" value='web "new"'/>
            <event>
              <string key="concept:name" value="start"/>
              <string key="lifecycle:transition" value="complete"/>
              <date key="time:timestamp" value="2020-01-01T10:00:00.000+01:00"/>
              <string key="org:resource" value="Ann"/>
              <int key="cost" value="12"><float key="tax" value="2.5"/></int>
              <boolean key="paid" value="true"/>
              <list key="items"><values><string key="item" value="x"/><string key="item" value="y"/></values></list>
              <container key="box"><id key="ref" value="r1"/></container>
            </event>
            <event><string key="concept:name" value=""/><date key="time:timestamp" value="2020-01-01T10:00:00Z"/></event>
          </trace>
          <trace><string key="concept:name" value=""/>
            <event><string key="concept:name" value="start"/><date key="time:timestamp" value="2020-01-02T00:00:00-08:00"/></event>
            <event><string key="concept:name" value="late"/></event>
            <event><date key="time:timestamp" value="2020-01-02T00:00:00-08:00"/></event>
            <event><string key="concept:name" value="odd"/><date key="time:timestamp" value="yesterday"/></event>
          </trace>
        </log>
        """

    private func rows(
        _ text: String, _ options: LogReadingOptions = LogReadingOptions()
    ) throws -> (events: [ImportedEvent], report: ReadingReport) {
        let stream = try LogRowStream(bytes: text.bytes, named: "log.xes", options: options)
        var events: [ImportedEvent] = []
        while let batch = try stream.next(2) { events += batch.events }
        return (events, stream.report)
    }

    @Test func readsNamesTimesAndTypedValues() throws {
        let (events, report) = try rows(Self.small)
        #expect(events.map(\.activity) == ["start", "", "start"])
        let first = try #require(events.first)
        #expect(first.journey == "A & B <1> 😀")
        #expect(first.occurred == 1_577_869_200_000_000)
        #expect(first.resource == "Ann")
        #expect(first.lifecycle == "complete")
        #expect(first.journeyAttributes == ["channel": .text("web \"new\"")])
        #expect(first.attributes["cost"] == .integer(12))
        #expect(first.attributes["cost/tax"] == .number(2.5))
        #expect(first.attributes["paid"] == .boolean(true))
        #expect(first.attributes["items/item"] == .text("x"))
        #expect(first.attributes["items/item[2]"] == .text("y"))
        #expect(first.attributes["box/ref"] == .text("r1"))
        #expect(
            report.classifiers == [
                XESClassifier(name: "With lifecycle", keys: ["concept:name", "lifecycle:transition"])
            ])
    }

    @Test func listsBadEventsWithLineAndReason() throws {
        let (events, report) = try rows(Self.small)
        #expect(events.last?.journey == "")
        #expect(
            report.rejected.map(\.reason) == [
                "it has no time:timestamp", "it has no concept:name", "“yesterday” is no time",
            ])
        #expect(report.rejected.map(\.line) == [26, 27, 28])
        #expect(report.rejectedCount == 3)
        #expect(report.events == 3)
    }

    @Test func givesGlobalDefaultsOnlyWhereAskedAndNeverATime() throws {
        let (events, _) = try rows(Self.small)
        #expect(events[0].attributes["org:group"] == .text("nobody"))
        var plain = LogReadingOptions()
        plain.globalDefaults = false
        #expect(try rows(Self.small, plain).events[0].attributes["org:group"] == nil)
        let log = try LogReader.read(bytes: Self.small.bytes, named: "a.xes").log
        let channel = try #require(log.attributes.firstIndex { $0.name == "channel" })
        let journey = try #require((0..<log.journeyCount).first { log.journeyID($0) == "" })
        #expect(log.attributeValues(channel)[log.attributeCode(channel, journey: journey) - 1] == "UNKNOWN")
    }

    @Test func composesActivitiesByAClassifier() throws {
        var options = LogReadingOptions()
        options.classifier = "With lifecycle"
        let (events, report) = try rows(Self.small, options)
        #expect(events.map(\.activity) == ["start+complete"])
        #expect(report.rejectedCount == 5)
        options.classifier = "nonesuch"
        #expect(throws: FormatError.unknownClassifier(name: "nonesuch", classifiers: ["With lifecycle"])) {
            try rows(Self.small, options)
        }
    }

    @Test func keepsEqualTimesInTheOrderOfTheFile() throws {
        let log = try LogReader.read(bytes: Self.small.bytes, named: "a.xes").log
        let journey = try #require((0..<log.journeyCount).first { log.journeyID($0).hasPrefix("A") })
        // 10:00 at +01:00 comes before 10:00 UTC.
        #expect(log.events(of: journey).map { log.activityNames[log.activity(at: $0)] } == ["start", ""])
    }

    @Test func namesATraceWithoutAName() throws {
        let text = """
            <log><trace><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2020-01-01"/></event></trace>
            <trace><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2020-01-01"/></event>
            <string key="concept:name" value="late name"/></trace></log>
            """
        let loaded = try LogReader.read(bytes: text.bytes, named: "a.xes")
        #expect((0..<loaded.log.journeyCount).map { loaded.log.journeyID($0) }.sorted() == ["late name", "trace 1"])
        #expect(loaded.report.warnings.count == 1)
        #expect(try rows(text).events.map(\.journey) == ["trace 1", "late name"])
    }

    @Test func stopsAtTheFirstBadEventWhenStrict() throws {
        var strict = LogReadingOptions()
        strict.strict = true
        #expect(throws: FormatError.self) {
            try LogReader.read(bytes: Self.small.bytes, named: "a.xes", options: strict)
        }
        let stream = try LogRowStream(bytes: Self.small.bytes, named: "a.xes", options: strict)
        var count = 0
        #expect(throws: FormatError.self) { while let batch = try stream.next() { count += batch.events.count } }
        #expect(count == 3)
    }

    @Test(
        arguments: [
            (
                "<!DOCTYPE log [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><log><string key=\"x\" value=\"&b;\"/></log>",
                "DOCTYPE"
            ),
            (
                "<log><string key=\"x\" value=\"1\"/><trace><string key=\"concept:name\" value=\"&xxe;\"/></trace></log>",
                "&xxe;"
            ),
            ("<log>" + String(repeating: "<a>", count: 5000), "nested deeper"),
            ("<log><a " + (0..<500).map { "a\($0)=\"\"" }.joined(separator: " ") + "/></log>", "attributes"),
        ] as [(String, String)])
    func refusesHostileXML(_ text: String, _ word: String) {
        do {
            _ = try LogReader.read(bytes: text.bytes, named: "a.xes")
            Issue.record("it was read")
        } catch {
            guard case .refused(.xes, _, let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(reason.contains(word))
        }
    }

    @Test func refusesATagOfEndlessLength() {
        let text =
            "<log><trace><string key=\"concept:name\" value=\"" + String(repeating: "a", count: 17 << 20)
            + "\"/></trace></log>"
        #expect {
            try LogReader.read(bytes: text.bytes, named: "a.xes")
        } throws: { error in
            guard case .refused(.xes, _, let reason)? = error as? FormatError else { return false }
            return reason.contains("16 MiB")
        }
    }

    @Test(arguments: [
        "<log>", "<log><trace>", "<log><trace></log>", "<log><trace/>", "<log", "<log a=\"", "<log></log><log></log>",
        "<html></html>",
        "<log><trace><string value=\"x\"/></trace></log>", "<log><a b=<c/></a></log>", "<log><!-- </log>",
        "<log><![CDATA[</log>",
        "</log>", "<log>&#0;</log", "<log><x y=\"&#xD800;\" key=\"&#xD800;\"/></log", "<log><x y/></log>",
    ])
    func reportsWhatIsBroken(_ text: String) {
        var options = LogReadingOptions()
        options.format = .xes
        #expect(throws: FormatError.self) { try LogReader.read(bytes: text.bytes, named: "a.xes", options: options) }
    }

    @Test func readsLatin1WhereItIsDeclared() throws {
        var bytes =
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><log><trace><string key=\"concept:name\" value=\"caf".bytes
        bytes.append(0xE9)
        bytes +=
            "\"/><event><string key=\"concept:name\" value=\"a\"/><date key=\"time:timestamp\" value=\"2020-01-01\"/></event></trace></log>"
            .bytes
        #expect(try LogReader.read(bytes: bytes, named: "a.xes").log.journeyID(0) == "café")
    }

    @Test func keepsOnlySoManyKeysOfAFileThatHasDataForKeys() throws {
        var text = "<log><trace><string key=\"concept:name\" value=\"1\"/>"
        for event in 0..<200 {
            text +=
                "<event><string key=\"concept:name\" value=\"a\"/><date key=\"time:timestamp\" value=\"2020-01-01\"/>"
            for key in 0..<400 { text += "<string key=\"k\(event * 400 + key)\" value=\"v\"/>" }
            text += "</event>"
        }
        let loaded = try LogReader.read(bytes: (text + "</trace></log>").bytes, named: "a.xes")
        #expect(loaded.report.events == 200)
        #expect(loaded.log.attributes.count < 4097)
    }
}
