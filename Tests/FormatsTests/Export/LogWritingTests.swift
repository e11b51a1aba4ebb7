import Formats
import Foundation
import JourneyEngine
import Testing

@Suite struct LogWritingTests {
    static func log() -> EventLog {
        var builder = EventLogBuilder()
        let channel = builder.declare(AttributeDeclaration("channel", level: .journey))
        let note = builder.declare(AttributeDeclaration("note", level: .event))
        let texts = ["plain", "a,\"b\";c\n<d> & 'e'", "", "é 😀", "NA", "\t tab"]
        for (index, id) in ["NA", "1", "a,b", "<x>&\"", "😀"].enumerated() {
            let journey = builder.journey(id)
            builder.setJourney(journey, channel, code: builder.value(channel, texts[(index + 1) % 2]))
            for step in 0..<4 {
                let activity = builder.activity(["open", "a & \"b\"", "ünï", "close, done"][step])
                builder.append(
                    journey: journey, activity: activity,
                    time: Int64(index * 7 + step) * 86_399_999_123 - 1_000_000_000_001)
                if step % 2 == 0 { builder.setEvent(note, code: builder.value(note, texts[(index + step) % 2])) }
            }
        }
        return builder.finish(threads: 1)
    }

    /// Journey id → events as (activity, time, note), with the channel.
    static func picture(_ log: EventLog) -> [String: [String]] {
        let channel = log.attributes.firstIndex { $0.name == "channel" && $0.level == .journey }
        let note = log.attributes.firstIndex { $0.name == "note" && $0.level == .event }
        var picture: [String: [String]] = [:]
        for journey in 0..<log.journeyCount {
            var lines: [String] = []
            if let channel {
                let code = log.attributeCode(channel, journey: journey)
                lines.append(code == 0 ? "–" : log.attributeValues(channel)[code - 1])
            }
            for event in log.events(of: journey) {
                var line = "\(log.activityNames[log.activity(at: event)]) \(log.time(at: event))"
                if let note, log.attributeCode(note, event: event) > 0 {
                    line += " " + log.attributeValues(note)[log.attributeCode(note, event: event) - 1]
                }
                lines.append(line)
            }
            picture[log.journeyID(journey)] = lines
        }
        return picture
    }

    @Test(arguments: LogFormat.allCases)
    func readsBackWhatItWrote(_ format: LogFormat) throws {
        let log = Self.log()
        let bytes = try LogWriter.bytes(of: log, format: format)
        var options = LogReadingOptions()
        options.format = format
        let loaded = try LogReader.read(bytes: bytes, named: "a", options: options)
        #expect(loaded.report.rejectedCount == 0)
        #expect(Self.picture(loaded.log) == Self.picture(log))
        // The first bytes alone must tell what it is.
        #expect(try LogReader.read(bytes: bytes, named: "a").report.format == format)
    }

    @Test func writesPackedFilesUnderTheirFinalNameOnly() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "throughline-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("log.xes.gz").path
        try LogWriter.write(Self.log(), to: path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["log.xes.gz"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).prefix(2) == Data([0x1F, 0x8B]))
        #expect(Self.picture(try LogReader.read(path: path).log) == Self.picture(Self.log()))
        #expect(throws: FormatError.self) { try LogWriter.write(Self.log(), to: folder.path + "/none/log.csv") }
        #expect(throws: FormatError.self) { try LogWriter.write(Self.log(), to: folder.path + "/log.pdf") }
    }
}
