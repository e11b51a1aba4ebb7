import Commands
import Foundation
import Site
import Testing

/// `Docs/Operating.md` says what the code says: its tables are held against the lists the code works with.
@Suite struct OperatingDocTests {
    private static func lines() throws -> [String] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Docs/Operating.md")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test func everySettingHasItsLine() throws {
        let lines = try Self.lines()
        let expected = Setting.all.map { one in
            let flag = one.flag.map { "`\($0)`" } ?? "–"
            return "| `\(one.key)`\(one.inFile ? "" : " ¹") | \(flag) | `\(one.variable)` | \(one.standard ?? "–") | "
                + "\(one.meaning)\(one.isSecret ? " (secret)" : "") |"
        }
        let found = lines.filter { $0.contains("`THROUGHLINE_") && $0.hasPrefix("| `") }
        #expect(found == expected)
    }

    @Test func everyMetricHasItsLine() throws {
        let lines = try Self.lines()
        let expected = MetricName.all.map { one in
            "| `\(one.name)` | \(one.kind.rawValue) | \(one.labels.isEmpty ? "–" : one.labels.joined(separator: ", ")) | "
                + "\(one.help) |"
        }
        let found = lines.filter { $0.hasPrefix("| `throughline_") || $0.hasPrefix("| `process_") }
        #expect(found == expected)
    }

    @Test func settingsAreNamedOnceAndSecretsHaveNoFlag() {
        #expect(Set(Setting.all.map(\.key)).count == Setting.all.count)
        // What stands on a command line is seen by everybody on the machine.
        for one in Setting.all where one.isSecret { #expect(one.flag == nil, "\(one.key)") }
    }
}
