import Commands
import Experience
import Foundation
import Logging
import Synchronization
import Testing

@Suite struct LogLinesTests {
    private final class Lines: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func take(_ line: String) { kept.withLock { $0.append(line) } }
    }

    private static let start = Instant(rfc3339: "2026-03-02T15:00:00Z")!

    private func logger(_ form: LogForm, _ lines: Lines) -> Logger {
        var logger = Logger(label: "test") { label in
            LogLines(label: label, form: form, now: { Self.start }, write: { lines.take($0) })
        }
        logger.logLevel = .trace
        return logger
    }

    private static let attacks: [String] = [
        "a\n2026-01-01T00:00:00Z error forged", "a\r\nb", "\u{1B}[31mred\u{1B}[0m", "tab\there", "quote\" x=\"1",
        "back\\slash", "line\u{2028}separator", "left\u{202E}right", "nul\u{0}byte", "\u{85}next",
        "{\"level\":\"error\"}",
    ]

    @Test(arguments: LogForm.allCases)
    func nothingLoggedCanBeginALineOfItsOwn(form: LogForm) {
        for attack in Self.attacks {
            let lines = Lines()
            logger(form, lines).info("said \(attack)", metadata: ["value": "\(attack)", "\(attack)": "name"])
            let line = lines.all.joined()
            #expect(lines.all.count == 1 && line.hasSuffix("\n"), "\(attack.debugDescription)")
            let unsafe = line.dropLast().unicodeScalars.filter {
                $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || [0x2028, 0x2029, 0x202E].contains($0.value)
            }
            #expect(unsafe.isEmpty, "\(attack.debugDescription): \(line.debugDescription)")
        }
    }

    @Test(arguments: attacks)
    func aJSONLineHoldsExactlyWhatWasSaid(attack: String) throws {
        let lines = Lines()
        logger(.json, lines).warning("said \(attack)", metadata: ["value": "\(attack)", "level": "mine"])
        let data = Data(try #require(lines.all.first).utf8)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: String])
        #expect(object["message"] == "said \(attack)")
        #expect(object["value"] == attack)
        #expect(object["level"] == "warning")
        #expect(object["field_level"] == "mine")
        #expect(object["at"] == Self.start.rfc3339)
    }

    @Test func valuesNamedAsSecretsAreMasked() {
        for name in ["password", "Authorization", "api_key", "session-token", "Set-Cookie", "vault_secret"] {
            for form in LogForm.allCases {
                let lines = Lines()
                logger(form, lines).error("x", metadata: ["\(name)": "hunter2-hunter2"])
                #expect(!lines.all.joined().contains("hunter2"), "\(name)")
                #expect(lines.all.joined().contains("(hidden)"), "\(name)")
            }
        }
    }

    @Test func longValuesAreCut() {
        let lines = Lines()
        logger(.text, lines).info("x", metadata: ["value": "\(String(repeating: "y", count: 100_000))"])
        #expect(lines.all.joined().utf8.count < 3_000)
    }

    @Test func aLineThatCanNotBeWrittenIsLostAndNothingElse() throws {
        // Writing there always fails with "no space left", as on a full disk.
        let full = open("/dev/full", O_WRONLY)
        try #require(full >= 0)
        StandardError.write("a line\n", to: full)
        close(full)
        StandardError.write("a line\n", to: -1)
        let file = NSTemporaryDirectory() + "/throughline-log-\(UUID().uuidString)"
        let kept = open(file, O_WRONLY | O_CREAT, 0o600)
        try #require(kept >= 0)
        defer { unlink(file) }
        StandardError.write("a líne\n", to: kept)
        close(kept)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "a líne\n")
    }
}
