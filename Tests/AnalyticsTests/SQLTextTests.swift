import Analytics
import Testing

@Suite struct SQLTextTests {
    @Test func aTextBecomesOneLiteralWhateverItHolds() {
        let hostile = "x'; DROP TABLE event; -- \\' \\\\ \0 \t \n ü"
        let statement: SQLText = "SELECT \(text: hostile)"
        #expect(
            statement.text
                == "SELECT 'x\\'; DROP TABLE event; -- \\\\\\' \\\\\\\\ \\0 \\t \\n ü'")
        #expect(Self.literals(statement.text) == [hostile])
    }

    @Test func everyHostileTextIsReadBackAsItWas() {
        let pieces = ["'", "\\", "\"", "\n", "\t", "\r", "\0", "--", "/*", "*/", ";", ")", "`", "é", "\u{1F600}", "a"]
        var state: UInt64 = 7
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<8 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            let list: SQLText = "f(\(text: text), \([text, text]), \(5))"
            #expect(Self.literals(list.text) == [text, text, text])
        }
    }

    @Test func namesHoldNothingThatWouldNeedQuoting() {
        for text in ["", "1a", "a b", "a.b", "a'b", "a`b", "ä", String(repeating: "a", count: 65)] {
            #expect(SQLName(text) == nil)
        }
        #expect(SQLName("through_line2")?.text == "through_line2")
    }

    /// Reads the literals of a statement as the server does.
    private static func literals(_ statement: String) -> [String] {
        var found: [String] = []
        var scalars = Array(statement.unicodeScalars)[...]
        while let first = scalars.popFirst() {
            guard first == "'" else { continue }
            var text = String.UnicodeScalarView()
            while let scalar = scalars.popFirst(), scalar != "'" {
                guard scalar == "\\" else {
                    text.append(scalar)
                    continue
                }
                switch scalars.popFirst() {
                case "n": text.append("\n")
                case "t": text.append("\t")
                case "r": text.append("\r")
                case "0": text.append("\0")
                case let other?: text.append(other)
                case nil: break
                }
            }
            found.append(String(text))
        }
        return found
    }
}
