import Foundation
import JourneyEngine
import Testing

@Suite struct SavedLogTests {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)").path

    @Test(arguments: Array(1...6) as [UInt64]) func aReopenedLogAnswersTheSame(seed: UInt64) throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let random = RandomLog(seed: seed, journeys: 150, activities: seed == 3 ? 400 : 6)
        let half = random.rows.count / 2
        let log = RandomLog.log(Array(random.rows[..<half]), random.kinds)
            .appending(RandomLog.log(Array(random.rows[half...]), random.kinds))
        try log.save(to: path)
        for verification in [LogVerification.directory, .everything, .automatic] {
            let opened = try EventLog.open(path, verification: verification)
            #expect(Answers(opened, threads: 2) == Answers(random.log()))
            #expect(opened.attributes == log.attributes)
            #expect(opened.journeyIndex(ofID: "🙂") != nil)
            #expect(opened.partitioned(by: 1).map(\.value) == log.partitioned(by: 1).map(\.value))
        }
        try EventLog.verify(path: path)
        // Saving over an open log leaves the open one as it was.
        let opened = try EventLog.open(path)
        try EventLogBuilder().finish().save(to: path)
        #expect(Answers(opened) == Answers(random.log()))
        #expect(try EventLog.open(path).journeyCount == 0)
    }

    @Test func aRestrictedLogIsSavedWithItsOwnIdsOnly() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let log = RandomLog(seed: 2, journeys: 90).log()
        let part = log.restricted(to: log.select(.length(2...5)))
        try part.save(to: path)
        let opened = try EventLog.open(path, verification: .everything)
        #expect(Answers(opened) == Answers(part))
        #expect((0..<opened.journeyCount).allSatisfy { opened.journeyID($0) == part.journeyID($0) })
    }

    @Test func everyDamagedByteIsFoundAndPlaced() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try RandomLog(seed: 4, journeys: 12).log().save(to: path)
        let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let front = Int(whole[32]) | Int(whole[33]) << 8 | Int(whole[34]) << 16
        var parts: Set<String> = []
        // Every byte the opening relies on, every seventeenth of the rest.
        for at in whole.indices where at < front || at % 17 == 0 {
            var damaged = whole
            damaged[at] ^= 0x10
            try Data(damaged).write(to: URL(fileURLWithPath: path))
            do {
                let log = try EventLog.open(path, verification: .everything)
                // Only the zeros between parts may change without harm.
                #expect(whole[at] == 0 && at >= front, "byte \(at)")
                #expect(log.journeyCount == 12)
            } catch {
                if case .damaged(_, let part, let bytes) = error {
                    parts.insert(part)
                    if at >= 16 { #expect(bytes.contains(UInt64(at)), "byte \(at) is said to be in \(bytes)") }
                }
                #expect(error.description.contains(path))
            }
        }
        let titles = [
            "header", "directory", "journey ranges", "times", "activity codes", "journey ids", "activity names",
        ]
        #expect(parts.isSuperset(of: titles))
        #expect(parts.contains("attribute codes of attribute 0"))
    }

    @Test func kernelsOnAnUnverifiedDamagedLogStayInsideIt() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try RandomLog(seed: 9, journeys: 100).log().save(to: path)
        let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let front = Int(whole[32]) | Int(whole[33]) << 8 | Int(whole[34]) << 16
        var random = SplitMix64(state: 1)
        var opened = 0
        for _ in 0..<60 {
            var damaged = whole
            for _ in 0..<40 {
                damaged[Int.random(in: front..<whole.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            try Data(damaged).write(to: URL(fileURLWithPath: path))
            guard let log = try? EventLog.open(path, verification: .directory) else { continue }
            opened += 1
            _ = Answers(log, threads: 2)
            _ = log.partitioned(by: 1)
            _ = log.select(.hasEvent(in: 0...1_000_000))
            _ = log.restricted(to: JourneySelection(all: true, of: log.journeyCount))
            for journey in 0..<log.journeyCount { _ = log.journeyID(journey) }
            #expect(throws: LogFileError.self) { try EventLog.verify(path: path) }
        }
        #expect(opened > 0)
    }

    @Test func everyTruncationIsRefused() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try RandomLog(seed: 4, journeys: 8).log().save(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        for length in stride(from: 0, to: whole.count, by: 37) {
            try whole.prefix(length).write(to: URL(fileURLWithPath: path))
            #expect(throws: LogFileError.self, "length \(length)") { try EventLog.open(path) }
        }
        try (whole + [0]).write(to: URL(fileURLWithPath: path))
        #expect(
            throws: LogFileError.wrongSize(path: path, expected: UInt64(whole.count), found: UInt64(whole.count + 1))
        ) {
            try EventLog.open(path)
        }
    }

    @Test func otherFilesAreRefusedByName() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: LogFileError.self) { try EventLog.open(path) }
        try Data(repeating: 65, count: 500).write(to: URL(fileURLWithPath: path))
        #expect(throws: LogFileError.notALog(path: path)) { try EventLog.open(path) }
        #expect(throws: LogFileError.notALog(path: "/")) { try EventLog.open("/") }
        try RandomLog(seed: 4, journeys: 8).log().save(to: path)
        var other = try Data(contentsOf: URL(fileURLWithPath: path))
        other[8] = 9
        try other.write(to: URL(fileURLWithPath: path))
        #expect(throws: LogFileError.unsupportedVersion(path: path, found: 9, supported: 1)) { try EventLog.open(path) }
        #expect(throws: LogFileError.self) { try EventLogBuilder().finish().save(to: "/nowhere/at/all") }
    }
}
