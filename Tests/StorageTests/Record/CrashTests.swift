import Experience
import Foundation
import Storage
import Testing

/// The program is killed at any moment, many times; what it acknowledged is there, and once.
///
/// The victim is this test program started again with only ``victim()`` to run: it appends as fast as it can from
/// several tasks and notes each acknowledged id in a file the moment it has it.
@Suite struct CrashTests {
    private static let directoryVariable = "THROUGHLINE_CRASH_DIRECTORY"
    private static let roundVariable = "THROUGHLINE_CRASH_ROUND"
    private static let rounds = 50

    @Test(.enabled(if: ProcessInfo.processInfo.environment[directoryVariable] != nil))
    func victim() async throws {
        let environment = ProcessInfo.processInfo.environment
        let directory = try #require(environment[CrashTests.directoryVariable])
        let round = try #require(environment[CrashTests.roundVariable])
        let record = try await Record.open(path: directory, options: RecordOptions(rules: Sample.rules))
        let acknowledged = open(directory + "/acknowledged", O_WRONLY | O_APPEND | O_CREAT, 0o600)
        try #require(acknowledged >= 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<8 {
                group.addTask {
                    for number in 0..<100_000 {
                        let id = "\(round)-\(caller)-\(number)"
                        let events = [
                            Sample.event("j\(caller)-\(number / 8)", id, number % 8 == 7 ? "posted" : "filed"),
                            Sample.armed("j\(caller)-\(number / 8)", id + "-p"),
                        ]
                        _ = try await record.append(events)
                        let line = Array("\(id)\n".utf8)
                        _ = write(acknowledged, line, line.count)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(.disabled(if: ProcessInfo.processInfo.environment[directoryVariable] != nil))
    func nothingAcknowledgedIsLostOrStoredTwiceHoweverItIsKilled() async throws {
        let directory = Store.freshDirectory()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var random = Histories(seed: 2026)
        var known = 0
        for round in 0..<CrashTests.rounds {
            try await CrashTests.killVictim(directory, round: round, using: &random)
            guard round % 10 == 9 else { continue }
            let acknowledged = try CrashTests.acknowledged(directory)
            let record = try await Record.open(path: directory, options: RecordOptions(rules: Sample.rules))
            let stored = try await record.tail(after: 0, limit: 1_000_000).map(\.event.sourceID)
            #expect(Set(stored).count == stored.count, "an event is stored twice")
            let missing = acknowledged.subtracting(stored)
            #expect(missing.isEmpty, "acknowledged and lost: \(missing.sorted().prefix(5))")
            let halves = Set(stored.filter { !$0.hasSuffix("-p") }).symmetricDifference(
                stored.filter { $0.hasSuffix("-p") }.map { String($0.dropLast(2)) })
            #expect(halves.isEmpty, "half of an append is stored")
            let live = try await record.viewsDigest()
            try await record.rebuild()
            #expect(try await record.viewsDigest() == live)
            await record.close()
            #expect(acknowledged.count > known, "the victim did nothing between two looks")
            known = acknowledged.count
        }
    }

    private static func acknowledged(_ directory: String) throws -> Set<String> {
        let text = try String(contentsOfFile: directory + "/acknowledged", encoding: .utf8)
        // A line cut by the kill was never read by anyone.
        return Set(text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
    }

    private static func size(_ directory: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: directory + "/acknowledged")
        return attributes?[.size] as? Int ?? 0
    }

    private static func killVictim(_ directory: String, round: Int, using random: inout Histories) async throws {
        let victim = Process()
        victim.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        victim.arguments = ["--testing-library", "swift-testing", "--filter", "CrashTests/victim"]
        var environment = ProcessInfo.processInfo.environment
        environment[directoryVariable] = directory
        environment[roundVariable] = "\(round)"
        victim.environment = environment
        victim.standardOutput = FileHandle.nullDevice
        victim.standardError = FileHandle.nullDevice
        let before = size(directory)
        try victim.run()
        // Every fifth is killed while it starts, the others at any moment of their work.
        if round % 5 != 4 {
            for _ in 0..<2_000 where size(directory) == before && victim.isRunning {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...120_000, using: &random)))
        kill(victim.processIdentifier, SIGKILL)
        victim.waitUntilExit()
    }
}
