import Analyses
import Foundation
import JourneyEngine
import Testing

/// Whatever is typed after `--where` or read as a net ends in an answer or in an error that points inside the text.
///
/// A short seeded run each time; `THROUGHLINE_FUZZ_SECONDS` makes each parser run that long from a seed it prints.
@Suite struct FilterFuzzTests {
    static let pieces = [
        "and", "or", "not", "(", ")", "((((((((", "contained in", "started in", "variant top", "rank", "starts with",
        "passes through", "follows", "directly follows", ",", "within", "duration", "length", "attribute", "exists",
        "=",
        "!=", "<", ">=", "..", "2026-04-14", "2026-04-14T09:00:00-05:00", "9999-99-99", "1e309 d",
        "99999999999999999999",
        "-1", "3 d", "0.1 h", "\"", "\"apply\"", "apply", "decide", "channel", "web", "\\", "é", "\u{0}", "🙂", "in",
        "%",
    ]

    private static func run(_ name: String, _ round: (inout SmallLogs.Random) -> Bool) {
        let seconds = Double(ProcessInfo.processInfo.environment["THROUGHLINE_FUZZ_SECONDS"] ?? "") ?? 0
        let seed = seconds > 0 ? UInt64.random(in: 0 ... .max) : 20_261_122
        if seconds > 0 { print("fuzzing \(name) for \(seconds) s from seed \(seed)") }
        var random = SmallLogs.Random(state: seed)
        let deadline = Date().addingTimeInterval(seconds)
        var rounds = 0
        var understood = 0
        while rounds < 2_000 || Date() < deadline {
            if round(&random) { understood += 1 }
            rounds += 1
        }
        if seconds > 0 { print("fuzzed \(name): \(rounds) texts, \(understood) of them understood, no crash") }
        #expect(understood > 0 && understood < rounds, "\(name): all or none of the texts were understood")
    }

    @Test func anyFilterTextIsUnderstoodOrPointedAt() {
        let log = SmallLogs.four
        Self.run("the filter language") { random in
            var parts: [String] = []
            for _ in 0..<Int.random(in: 1...9, using: &random) {
                parts.append(Self.pieces.randomElement(using: &random) ?? "")
            }
            // Half of the texts begin with something that holds.
            if Bool.random(using: &random) { parts.insert("passes apply", at: 0) }
            if Int.random(in: 0..<40, using: &random) == 0 {
                parts = [String(repeating: "not ", count: Int.random(in: 1...20_000, using: &random)), "passes apply"]
            }
            let text = parts.joined(separator: Bool.random(using: &random) ? " " : "")
            do {
                let selection = try JourneyFilter.select(text, in: log)
                #expect(selection.count <= log.journeyCount)
                return true
            } catch let error as FilterError {
                #expect(error.offset >= 0 && error.offset <= text.unicodeScalars.count, "\(text)")
                return false
            } catch {
                Issue.record("\(text): \(error)")
                return false
            }
        }
    }

    @Test func anyDamagedNetIsReadOrRefused() {
        let net = Array(PetriNet(sequence: ["apply", "review", "decide"]).pnml().utf8)
        Self.run("PNML") { random in
            var bytes = net
            for _ in 0..<Int.random(in: 1...5, using: &random) where !bytes.isEmpty {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes.removeLast(bytes.count - at)
                case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...80, using: &random)))
                case 3:
                    let copied = Array(bytes[at..<min(bytes.count, at + Int.random(in: 1...400, using: &random))])
                    bytes.insert(contentsOf: copied, at: Int.random(in: 0...bytes.count, using: &random))
                default: bytes.insert(contentsOf: "<page id=\"p\"><net>&#x;<!DOCTYPE".utf8, at: at)
                }
            }
            return (try? PetriNet(pnml: bytes)) != nil
        }
    }
}
