import Analyses
import JourneyEngine
import Testing

@Suite struct RuleTests {
    /// Journeys to which the rule applies, and those that keep it.
    static func judged(_ rule: String) throws -> [Int] {
        var options = JourneyOptions()
        options.rules = [rule]
        let row = try RulesQuestion.answer(SmallLogs.four, options).rules[0]
        return [row.casesActivated, row.casesKept]
    }

    @Test(
        arguments: [
            ("existence(decide)", [4, 3]), ("absence(review)", [4, 1]), ("exactly-one(review)", [4, 2]),
            ("init(apply)", [4, 4]), ("end(notify)", [4, 3]), ("response(apply, notify)", [4, 3]),
            ("response(apply, notify) within 9 d", [4, 2]), ("precedence(review, decide)", [3, 2]),
            ("precedence(review, decide) within 2 d", [3, 1]), ("succession(review, decide)", [4, 2]),
            ("chain-response(decide, notify)", [3, 3]), ("chain-response(decide, notify) within 1 d", [3, 2]),
            ("chain-precedence(review, decide)", [3, 2]), ("responded-existence(review, notify)", [3, 2]),
            ("coexistence(review, decide)", [4, 2]), ("not-coexistence(review, decide)", [4, 2]),
            ("not-succession(review, review)", [3, 2]), ("not-succession(review, review) within 1 d", [3, 3]),
            ("response(decide, \"never seen\")", [3, 0]),
        ] as [(String, [Int])])
    func judgesEachRule(_ rule: String, _ wanted: [Int]) throws {
        #expect(try Self.judged(rule) == wanted)
    }

    @Test(
        arguments: [
            ("respnse(a, b)", 0, "response"), ("response a", 9, nil), ("response(a)", 10, nil),
            ("response(a, b) witin 3 d", 15, "within"), ("absence(a) within 3 d", 11, nil), ("", 0, nil),
            ("response(a, b) within 3 x", 24, nil),
        ] as [(String, Int, String?)])
    func pointsAtWhatIsWrong(_ rule: String, _ offset: Int, _ nearest: String?) {
        do {
            _ = try DeclarativeRule(rule)
            Issue.record("“\(rule)” was accepted")
        } catch let error as FilterError {
            #expect(error.offset == offset, "\(error)")
            if let nearest { #expect(error.nearest == nearest, "\(error)") }
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test func namesActivitiesTheLogDoesNotHave() throws {
        var options = JourneyOptions()
        options.rules = ["response(decide, posted)"]
        #expect(try RulesQuestion.answer(SmallLogs.four, options).rules[0].unknownActivities == ["posted"])
    }

    /// A bound no wait reaches changes nothing: the timed and the untimed way of judging agree.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func anEndlessBoundIsNone(_ seed: UInt64) throws {
        let log = SmallLogs.log(SmallLogs.randomRows(seed: seed))
        for kind in ["response", "precedence", "chain-response", "chain-precedence"] {
            var options = JourneyOptions()
            options.rules = ["\(kind)(\"act 0\", \"act 1\")", "\(kind)(\"act 0\", \"act 1\") within 9000 w"]
            let rows = try RulesQuestion.answer(log, options).rules
            #expect(rows[0].casesActivated == rows[1].casesActivated && rows[0].casesKept == rows[1].casesKept)
            #expect(rows[0].activations == rows[1].activations && rows[0].violations == rows[1].violations)
            #expect(rows[0].examples == rows[1].examples)
        }
    }
}
