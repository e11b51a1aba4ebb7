import Formats
import Foundation
import JourneyEngine
import Testing

@Suite struct GzipReadingTests {
    /// A packed table, made by the writer.
    private func packed() throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("throughline-\(UInt64.random(in: 0 ... .max)).csv.gz").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try LogWriter.write(LogWritingTests.log(), to: path)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test func refusesCutAndDamagedArchives() throws {
        let whole = try packed()
        for cut in stride(from: 3, to: whole.count - 1, by: 7) {
            #expect(throws: FormatError.self) { try LogReader.read(bytes: Array(whole.prefix(cut)), named: "a.csv") }
        }
        var checksum = whole
        checksum[whole.count - 6] ^= 0x55
        #expect(throws: FormatError.self) { try LogReader.read(bytes: checksum, named: "a.csv") }
        #expect(throws: FormatError.damagedArchive(reason: "something follows its end")) {
            try LogReader.read(bytes: whole + "rubbish".bytes, named: "a.csv")
        }
    }

    @Test func readsMembersOneAfterAnotherAndPadding() throws {
        let whole = try packed()
        let loaded = try LogReader.read(bytes: whole + whole + [0, 0, 0, 0], named: "a.csv")
        // The second member's header is a row with no time in it.
        #expect(loaded.report.events == 40)
        #expect(loaded.report.rejectedCount == 1)
    }

    @Test func stopsAtTheLimitItIsGiven() throws {
        var options = LogReadingOptions()
        options.maximumBytes = 100
        #expect(throws: FormatError.tooLarge(limit: 100)) {
            try LogReader.read(bytes: try packed(), named: "a.csv", options: options)
        }
        #expect(throws: FormatError.tooLarge(limit: 100)) {
            let text = "case,activity,time\n" + String(repeating: "1,a,2020-01-01\n", count: 20)
            return try LogReader.read(bytes: text.bytes, named: "a.csv", options: options)
        }
    }

    /// A decompression bomb: a hundred thousand bytes that would unpack to many megabytes are stopped at the limit.
    @Test func aSmallArchiveThatGrowsWithoutEndIsStopped() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("throughline-\(UInt64.random(in: 0 ... .max)).csv.gz").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var builder = EventLogBuilder()
        let activity = builder.activity(String(repeating: "the same again ", count: 16))
        let journey = builder.journey("1")
        for _ in 0..<100_000 { builder.append(journey: journey, activity: activity, time: 0) }
        try LogWriter.write(builder.finish(threads: 1), to: path)
        let small = try Data(contentsOf: URL(fileURLWithPath: path)).count
        var options = LogReadingOptions()
        options.maximumBytes = 1 << 20
        #expect(small < 1 << 20)
        for threads in [1, 2] {
            options.threads = threads
            #expect(throws: FormatError.tooLarge(limit: 1 << 20)) { try LogReader.read(path: path, options: options) }
        }
    }

    @Test func unpacksOnAnotherThreadWithTheSameResult() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("throughline-\(UInt64.random(in: 0 ... .max)).csv.gz").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var builder = EventLogBuilder()
        var generator = ParserFuzzTests.Generator(state: 3)
        let activity = builder.activity("a")
        for _ in 0..<20_000 {
            let journey = builder.journey("\(generator.next())")
            builder.append(journey: journey, activity: activity, time: Int64(generator.next() >> 20))
        }
        let log = builder.finish(threads: 1)
        try LogWriter.write(log, to: path)
        var one = LogReadingOptions()
        one.threads = 1
        var two = LogReadingOptions()
        two.threads = 2
        let expected = try LogReader.read(path: path, options: one).log
        let read = try LogReader.read(path: path, options: two).log
        #expect(
            (0..<read.eventCount).map { read.time(at: $0) } == (0..<expected.eventCount).map { expected.time(at: $0) })
        #expect(read.journeyCount == 20_000)
        // Cut short: the damage on the other thread arrives as an error here.
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try bytes.prefix(bytes.count * 2 / 3).write(to: URL(fileURLWithPath: path))
        #expect(throws: FormatError.damagedArchive(reason: "it ends too early")) {
            try LogReader.read(path: path, options: two)
        }
        // A reader that stops at the first bad row must not leave the thread behind.
        two.strict = true
        two.timeFormat = .epochSeconds
        #expect(throws: FormatError.self) { try LogReader.read(path: path, options: two) }
    }
}
