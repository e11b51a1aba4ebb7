import Formats
import Foundation
import JourneyEngine
import Testing

/// A file read in parts must give what it gives read from front to back, wherever the cuts fall.
@Suite struct PartReadingTests {
    private func agree(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("throughline-\(UInt64.random(in: 0 ... .max))-\(name)").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var whole = LogReadingOptions()
        whole.threads = 1
        let expected = try LogReader.read(path: path, options: whole)
        for threads in [2, 3, 7] {
            var options = LogReadingOptions()
            options.threads = threads
            options.minimumPart = 64
            let loaded = try LogReader.read(path: path, options: options)
            #expect(dump(loaded.log) == dump(expected.log), sourceLocation: sourceLocation)
            #expect(loaded.report.rejected == expected.report.rejected, sourceLocation: sourceLocation)
            #expect(loaded.report.events == expected.report.events, sourceLocation: sourceLocation)
            #expect(loaded.report.classifiers == expected.report.classifiers, sourceLocation: sourceLocation)
            #expect(loaded.report.warnings == expected.report.warnings, sourceLocation: sourceLocation)
        }
    }

    /// Everything the log holds, in its own order.
    private func dump(_ log: EventLog) -> [String] {
        var lines = log.attributes.map { "\($0.name) \($0.level)" }
        for journey in 0..<log.journeyCount {
            var line = log.journeyID(journey)
            for (index, attribute) in log.attributes.enumerated() where attribute.level == .journey {
                line += "|\(log.attributeCode(index, journey: journey))"
            }
            lines.append(line)
            for event in log.events(of: journey) {
                var line = "\(log.activityNames[log.activity(at: event)]) \(log.time(at: event))"
                for (index, attribute) in log.attributes.enumerated() where attribute.level == .event {
                    let code = log.attributeCode(index, event: event)
                    line += "|" + (code == 0 ? "–" : log.attributeValues(index)[code - 1])
                }
                lines.append(line)
            }
        }
        return lines
    }

    private func table(_ rows: Int, note: (Int) -> String) -> String {
        var text = "case,activity,time,note,case:channel\n"
        for row in 0..<rows {
            let day = 1 + (row * 7) % 28
            text +=
                "c\(row * 13 % 40),a\(row % 5),2020-01-\(day < 10 ? "0" : "")\(day),\(note(row)),\(row % 3 == 0 ? "web" : "")\n"
        }
        return text
    }

    @Test func readsPlainTables() throws {
        try agree(table(400) { $0 % 4 == 0 ? "" : "n\($0 % 11)" }, "a.csv")
    }

    @Test func readsTablesWithBadRows() throws {
        try agree(table(400) { $0 % 37 == 0 ? "x,y,z" : "n" }, "a.csv")
    }

    @Test func readsTablesWhoseCutsFallInsideQuotes() throws {
        try agree(
            table(60) { $0 % 2 == 0 ? "\"" + String(repeating: "c1,a1,2020-01-01,x,web\n", count: 9) + "\"" : "n" },
            "a.csv")
    }

    @Test func readsTablesWithAQuoteNeverClosed() throws {
        try agree(table(300) { $0 == 150 ? "\"open" : "n" }, "a.csv")
    }

    private func xes(_ traces: Int, inside: (Int) -> String) -> String {
        var text = """
            <?xml version="1.0"?>
            <log><global scope="event"><string key="unit" value="none"/></global>
            <classifier name="C" keys="concept:name"/>

            """
        for trace in 0..<traces {
            text += "<trace>\n<string key=\"concept:name\" value=\"t\(trace % 23)\"/>\n" + inside(trace)
            for event in 0..<(trace % 4) {
                text += "<event><string key=\"concept:name\" value=\"a\(event)\"/>"
                text += "<date key=\"time:timestamp\" value=\"2020-01-0\(1 + event * 5 % 9)T00:00:00Z\"/></event>\n"
            }
            text += "</trace>\n"
        }
        return text + "</log>\n"
    }

    @Test func readsPlainTraces() throws {
        try agree(xes(200) { $0 % 3 == 0 ? "<string key=\"channel\" value=\"c\($0 % 7)\"/>\n" : "" }, "a.xes")
    }

    @Test func readsTracesWithBadEvents() throws {
        try agree(
            xes(200) { $0 % 5 == 0 ? "<event>\n<string key=\"concept:name\" value=\"x\"/></event>\n" : "" }, "a.xes")
    }

    @Test func readsTracesWhoseCutsFallInsideComments() throws {
        try agree(xes(50) { "<!-- " + String(repeating: "<trace>\n", count: 20 + $0 % 3) + "-->\n" }, "a.xes")
    }

    @Test func readsTracesWithoutNames() throws {
        let text = xes(100) { _ in "" }.replacingOccurrences(
            of: "<string key=\"concept:name\" value=\"t7\"/>", with: "")
        try agree(text, "a.xes")
    }
}
