import Statistics
import Testing

@Suite("Burden")
struct BurdenTests {
    @Test(arguments: [
        ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.005", 2, "0.01"), ("0.004999", 2, "0.00"), ("42.82", 2, "42.82"),
        ("-0.049", 1, "0.0"), ("7", 3, "7.000"),
    ])
    func roundsHalvesAwayFromZero(_ text: String, _ places: Int, _ expected: String) throws {
        let number = try #require(ExactRational(decimal: text))
        #expect(number.text(places: places) == expected)
    }

    @Test(arguments: ["", ".", "-", "1e5", "1,000", " 1", "0x10", "1.2.3", String(repeating: "9", count: 60)])
    func refusesWhatIsNoDecimal(_ text: String) {
        #expect(ExactRational(decimal: text) == nil)
    }

    @Test func thirdsAddUpExactly() throws {
        let third = try #require(ExactRational(1, over: 3))
        let sum = try #require(third.adding(third)?.adding(third))
        #expect(sum == ExactRational(1))
        #expect(ExactRational(1, over: 0) == nil && ExactRational(.min, over: 1) == nil)
    }

    @Test func overflowIsNoNumber() throws {
        let huge = try #require(ExactRational(Int128.max, over: 1))
        #expect(huge.adding(ExactRational(1)) == nil)
        #expect(huge.times(huge) == nil)
        #expect(huge.rounded(places: 3) == nil)
        let tiny = try #require(ExactRational(1, over: Int128.max))
        #expect(huge.times(tiny) == ExactRational(1))
    }

    @Test func aNegativeLineIsRefused() {
        #expect(
            BurdenEstimate.Line(
                respondents: ExactRational(-1), frequency: ExactRational(1), formMinutes: ExactRational(1)) == nil)
    }

    @Test func measuredTimeSaysWhenThereIsTooLittle() throws {
        #expect(MeasuredTime(minutes: [4], seed: 1) == nil)
        #expect(MeasuredTime(minutes: [4, -1], seed: 1) == nil)
        let withZero = try #require(MeasuredTime(minutes: [0, 1, 2], seed: 1))
        #expect(withZero.coxInterval == nil)
        #expect(ActiveTime.sum(times: [], idleCut: 5) == 0)
        #expect(ActiveTime.sum(times: [2, 1], idleCut: 5) == nil)
        #expect(DeclaredBurden(declaredMinutes: 0, minutes: [1, 2], annualResponses: 1, seed: 1) == nil)
    }
}
