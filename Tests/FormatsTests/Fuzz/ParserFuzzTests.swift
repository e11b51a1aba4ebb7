import Experience
import Formats
import Foundation
import JourneyEngine
import Testing

/// Damaged input must end in an error or in fewer events: never in a crash, a hang or memory without bound.
///
/// A short seeded run each time; `THROUGHLINE_FUZZ_SECONDS` makes each parser run that long from a seed it prints.
@Suite struct ParserFuzzTests {
    /// SplitMix64: small, seedable, the same everywhere.
    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }

    static let splices = [
        "\"", "\"\"", ",", "\n", "\r", "<", ">", "&", "&#x", ";", "]]>", "<!--", "-->", "<![CDATA[", "<!DOCTYPE", "{",
        "}", "[", "]", "\\u",
        "\\", "null", "-", "1e999", "\u{FEFF}", "\0", "<event>", "</event>", "<trace>", "</trace>", "<list key=\"a\">",
        "99999999999999999999",
        "2020-02-30", "T24:00:00", "+99:99", "/>", "='", "case:", "<values>",
    ]

    static func damage(_ seed: [UInt8], _ generator: inout Generator) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            guard !bytes.isEmpty else { return bytes }
            let at = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: bytes.removeLast(bytes.count - at)
            case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes[at] = UInt8.random(in: 0...255, using: &generator)
            case 3: bytes.insert(contentsOf: splices.randomElement(using: &generator)?.utf8.map { $0 } ?? [], at: at)
            case 4:
                let end = min(bytes.count, at + Int.random(in: 1...200, using: &generator))
                bytes.removeSubrange(at..<end)
            case 5:
                let end = min(bytes.count, at + Int.random(in: 1...400, using: &generator))
                bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &generator))
            default:
                let splice = splices.randomElement(using: &generator)?.utf8.map { $0 } ?? []
                for _ in 0..<Int.random(in: 1...300, using: &generator) { bytes.insert(contentsOf: splice, at: at) }
            }
        }
        return bytes
    }

    /// Reads both ways; both must agree on how many events there are whenever both succeed.
    static func read(_ bytes: [UInt8], _ format: LogFormat) -> Bool {
        var options = LogReadingOptions()
        options.format = format
        options.objectType = "journey"
        options.maximumBytes = 1 << 24
        let loaded = try? LogReader.read(bytes: bytes, named: "fuzz", options: options)
        var rows = 0
        do {
            let stream = try LogRowStream(bytes: bytes, named: "fuzz", options: options)
            while let batch = try stream.next(10) { rows += batch.events.count }
        } catch { return loaded == nil }
        return loaded.map { $0.log.eventCount == rows && $0.report.events == rows } ?? (rows == 0)
    }

    static func run(_ name: String, _ seeds: [[UInt8]], _ holds: ([UInt8]) -> Bool) {
        let seconds = Double(ProcessInfo.processInfo.environment["THROUGHLINE_FUZZ_SECONDS"] ?? "") ?? 0
        let start = seconds > 0 ? UInt64.random(in: 0 ... .max) : 20_261_121
        if seconds > 0 { print("fuzzing \(name) for \(seconds) s from seed \(start)") }
        var generator = Generator(state: start)
        let deadline = Date().addingTimeInterval(seconds)
        var rounds = 0
        while rounds < 100 || Date() < deadline {
            let bytes = damage(seeds[rounds % seeds.count], &generator)
            rounds += 1
            if !holds(bytes) {
                Issue.record(
                    "\(name), round \(rounds) from seed \(start): what was read does not hold; \(bytes.count) bytes")
                return
            }
        }
        if seconds > 0 { print("fuzzed \(name): \(rounds) damaged inputs, no crash") }
    }

    @Test(arguments: LogFormat.allCases)
    func survivesDamagedInput(_ format: LogFormat) throws {
        var seeds = [try LogWriter.bytes(of: LogWritingTests.log(), format: format)]
        if format == .xes { seeds.append(XESReadingTests.small.bytes) }
        Self.run(format.rawValue, seeds) { Self.read($0, format) }
    }

    @Test func survivesDamagedArchives() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("throughline-\(UInt64.random(in: 0 ... .max)).xes.gz").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try LogWriter.write(LogWritingTests.log(), to: path)
        Self.run("xes.gz", [[UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))]) { Self.read($0, .xes) }
    }

    @Test func survivesDamagedCalendars() {
        let feed = """
            BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20260715T150000\r\nDURATION:PT90M\r
            SUMMARY:Memorial\r\n  Day\\, observed\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO\r\nEND:VEVENT\r\nBEGIN:VEVENT\r
            DTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260603\r\nEND:VEVENT\r\nEND:VCALENDAR\r
            """
        Self.run("iCalendar", [Array(feed.utf8)]) { bytes in
            let read = try? CalendarFeed(
                String(decoding: bytes, as: UTF8.self), years: 2026...2027, zone: "America/New_York")
            return read.map { $0.closures.count <= 2 * 400 * 10 } ?? true
        }
    }

    @Test func survivesDamagedDefinitions() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("services")
        let yaml = try Data(contentsOf: folder.appendingPathComponent("passport-renewal.yaml"))
        let today = try #require(CivilDate(year: 2026, month: 11, day: 22))
        Self.run("service definition", [Array(yaml)]) { bytes in
            let reading = readServiceDefinition(
                yaml: String(decoding: bytes, as: UTF8.self), file: "fuzz.yaml", calendars: CalendarSet(), today: today)
            // A service stands, or there is a finding that says why not.
            return reading.definition != nil || reading.findings.contains { $0.severity == .error }
        }
    }

    @Test func survivesAnyTimeText() {
        var generator = Generator(state: 7)
        let seeds = [
            "2011-04-13T14:02:31.199+02:00", "13/04/2011 2:02 PM", "Wed, 13 Apr 2011 14:02:31 GMT", "1302696151.5",
            "20110413T140231Z",
        ]
        for round in 0..<3000 {
            let bytes = Self.damage(Array(seeds[round % seeds.count].utf8), &generator)
            let text = String(decoding: bytes, as: UTF8.self)
            for format in TimeFormat.allCases {
                if let value = TimeFormat.microseconds(text, format: format) {
                    #expect(abs(value) < 300_000_000_000_000_000)
                }
            }
        }
    }
}
