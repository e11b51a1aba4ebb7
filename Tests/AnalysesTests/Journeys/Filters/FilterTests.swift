import Analyses
import JourneyEngine
import Testing

@Suite struct FilterTests {
    static func kept(_ text: String) throws -> String {
        let log = SmallLogs.four
        let selection = try JourneyFilter.select(text, in: log)
        var ids: [String] = []
        selection.forEach { ids.append(log.journeyID($0)) }
        return ids.sorted().joined()
    }

    @Test(arguments: [
        ("passes through review", "acd"),
        ("passes review and not ends with review", "ac"),
        ("starts with apply", "abcd"),
        ("ends with notify or ends with review", "abcd"),
        ("channel = web", "ac"),
        ("channel != web", "b"),
        ("channel in (web, phone)", "abc"),
        ("channel not in (web)", "b"),
        ("channel exists", "abc"),
        ("not channel exists", "d"),
        ("case:channel = \"web\"", "ac"),
        ("attribute channel = web", "ac"),
        ("org:resource = \"clerk of review\"", "acd"),
        ("follows(apply, decide) within 2 d", "b"),
        ("follows(apply, decide) within 5d", "ab"),
        ("directly follows(apply, decide)", "b"),
        ("directly follows(review, review) within 144 h", "c"),
        ("duration <= 6 d", "ad"),
        ("duration > 6 d", "bc"),
        ("duration 6 d .. 9 d", "ac"),
        ("length = 3", "b"),
        ("length 4 .. 5", "ac"),
        ("LENGTH >= 4 AND (channel = web)", "ac"),
        ("variant rank 1", "b"),
        ("variant top 4", "abcd"),
        ("variant rank 5 .. 9", ""),
        ("contained in 1970-01-01 .. 1970-01-07", "a"),
        ("intersecting 1970-01-13 .. 1970-01-20", "b"),
        ("events in 1970-01-10..1970-01-10", "c"),
        ("started in 1970-01-02 .. 1970-01-03", "bc"),
        ("ended in 1970-01-12T00:00:00Z .. 1970-01-14", "bc"),
        ("not (passes review or channel = phone)", ""),
        ("passes review or channel = phone and length = 3", "abcd"),
    ])
    func keepsWhatItSays(_ text: String, _ wanted: String) throws {
        #expect(try Self.kept(text) == wanted)
    }

    @Test(
        arguments: [
            ("", 0, nil), ("passes", 6, nil), ("pases review", 0, "passes"), ("passes reviw", 7, "review"),
            ("chanel = web", 0, "channel"), ("duration > 3 dys", 13, "d"), ("duration > many", 11, nil),
            ("length = 1.5", 9, nil), ("(passes review", 14, nil), ("passes review an channel = web", 14, "and"),
            ("variant tap 3", 8, "top"), ("variant top 0", 12, nil), ("contained in 2026-13-01 .. 2026-12-01", 13, nil),
            ("contained in 2026-02-01 .. 2026-01-01", 13, nil), ("channel = \"web", 10, nil), ("channel web", 8, nil),
            ("passes review)", 13, nil), ("follows(apply decide)", 14, nil),
            ("follows(apply, decide within 3 d)", 22, nil),
            ("started on 2026-01-01 .. 2026-01-02", 8, nil),
            ("duration < 0 s", 9, nil), ("length 5 .. 2", 7, nil),
        ] as [(String, Int, String?)])
    func pointsAtTheCharacterThatIsWrong(_ text: String, _ offset: Int, _ nearest: String?) {
        do {
            _ = try Self.kept(text)
            Issue.record("“\(text)” was accepted")
        } catch let error as FilterError {
            #expect(error.offset == offset, "\(error)")
            if let nearest { #expect(error.nearest == nearest, "\(error)") }
            #expect(!error.expected.isEmpty)
            #expect(error.description.contains("^"))
        } catch {
            Issue.record("not a filter error: \(error)")
        }
    }

    @Test func refusesDepthAndLengthWithoutFailing() {
        let deep = String(repeating: "(", count: 5_000) + "length = 1" + String(repeating: ")", count: 5_000)
        #expect(throws: FilterError.self) { try JourneyFilter(deep) }
        #expect(throws: FilterError.self) { try JourneyFilter(String(repeating: "x", count: 30_000)) }
    }

    /// No text, however broken, does anything but parse or throw.
    @Test func survivesRandomText() {
        var random = SmallLogs.Random(state: 7)
        let pieces = [
            "passes", "and", "not", "(", ")", ",", "..", "=", "!=", "<", ">=", "\"", "\\", "within", "3", "d",
            "follows",
            "variant", "top", "in", "exists", "2026-01-01", "é", "9999999999999999999", "-1", "nan", "inf", " ",
            "length",
            "duration", "channel",
        ]
        var thrown = 0
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined(separator: Bool.random(using: &random) ? " " : "")
            do { _ = try JourneyFilter.select(text, in: SmallLogs.four) } catch { thrown += 1 }
        }
        #expect(thrown > 20)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>) func combinesAsSetsDo(_ seed: UInt64) throws {
        let log = SmallLogs.log(SmallLogs.randomRows(seed: seed))
        let a = "passes \"act 1\""
        let b = "length >= 4"
        func select(_ text: String) throws -> JourneySelection { try JourneyFilter.select(text, in: log) }
        #expect(try select("\(a) and \(b)") == select(a).and(select(b)))
        #expect(try select("not (\(a) or \(b))") == select("not \(a) and not \(b)"))
        #expect(try select(a).count + select("not \(a)").count == log.journeyCount)
    }
}
