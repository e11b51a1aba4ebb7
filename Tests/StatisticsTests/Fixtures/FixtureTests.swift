import Synchronization
import Testing

// Every fixture file is checked by the adapter of its name; see FixtureAdapter.swift for how to add one.

/// The module's results against answers computed with respected implementations.
@Suite("Fixtures")
struct FixtureTests {
    @Test(
        "answers every case of the full set",
        .enabled(
            if: FixtureDirectory.full != nil,
            "no fixtures: set THROUGHLINE_FIXTURES to their folder or put them in ../shared/oracles/stats"),
        arguments: FixtureFile.all(in: FixtureDirectory.full))
    func answersEveryCaseOfTheFullSet(_ file: FixtureFile) throws {
        try FixtureTally.full.check(file)
    }

    @Test(
        "answers every case of the set that comes with the project",
        arguments: FixtureFile.all(in: FixtureDirectory.own))
    func answersEveryCaseOfTheOwnSet(_ file: FixtureFile) throws {
        try FixtureTally.own.check(file)
    }

    @Test func theSetThatComesWithTheProjectIsThere() {
        #expect(!FixtureFile.all(in: FixtureDirectory.own).isEmpty, "Tests/Fixtures/stats holds no fixture")
    }
}

/// Runs the cases of a file and prints, once the last file is through, how many ran per method.
final class FixtureTally: Sendable {
    static let full = FixtureTally("full set", files: FixtureFile.all(in: FixtureDirectory.full).count)
    static let own = FixtureTally("project's own set", files: FixtureFile.all(in: FixtureDirectory.own).count)

    private struct Count: Sendable {
        let method: String
        let ran: Int
        let passed: Int
    }

    private let title: String
    private let files: Int
    private let counts = Mutex<[Count]>([])

    private init(_ title: String, files: Int) {
        self.title = title
        self.files = files
    }

    func check(_ file: FixtureFile) throws {
        var ran = 0
        var passed = 0
        defer { add(Count(method: file.name, ran: ran, passed: passed)) }
        guard let adapter = FixtureAdapter.catalogue[file.name] else {
            ran = (try? file.cases().count) ?? 0
            Issue.record("no adapter for \(file.name).json: add one to AdaptersA.swift or AdaptersB.swift")
            return
        }
        if let reason = adapter.unavailable() {
            print("\(file.name) skipped: \(reason)")
            return
        }
        for fixtureCase in try file.cases() {
            ran += 1
            var differences: [String]
            do {
                let got = try adapter.answer(fixtureCase)
                differences = JSON.differences(
                    expected: fixtureCase.expected, got: got, path: fixtureCase.id, fixtureCase.tolerance)
            } catch {
                differences = ["\(fixtureCase.id): \(error)"]
            }
            if differences.isEmpty {
                passed += 1
            } else {
                let shown = differences.prefix(8).joined(separator: "\n")
                Issue.record("\(file.name), \(differences.count) difference(s):\n\(shown)")
            }
        }
        #expect(ran > 0, "\(file.name).json holds no case")
    }

    private func add(_ count: Count) {
        let all: [Count] = counts.withLock {
            $0.append(count)
            return $0
        }
        guard all.count == files else { return }
        var lines = ["Fixture cases, \(title):"]
        for entry in all.sorted(by: { $0.method < $1.method }) {
            lines.append("  \(entry.method): \(entry.passed) of \(entry.ran) passed")
        }
        let ran = all.reduce(0) { $0 + $1.ran }
        let passed = all.reduce(0) { $0 + $1.passed }
        lines.append("  in all: \(passed) of \(ran) passed, \(all.count) methods")
        print(lines.joined(separator: "\n"))
    }
}
