import Experience
import Storage
import Testing

@Suite struct TimeCodeTests {
    /// RFC 6238, appendix B, the rows of SHA-1.
    private static let secret = Array("12345678901234567890".utf8)
    private static let vectors: [(seconds: Int64, code: String)] = [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ]

    @Test func codesAreThoseOfTheStandard() {
        for (seconds, code) in Self.vectors {
            let step = TimeCode.step(at: Instant(seconds: seconds))
            #expect(step == seconds / 30)
            #expect(TimeCode.text(of: Self.secret, step: step, digits: 8) == code)
            #expect(TimeCode.text(of: Self.secret, step: step) == String(code.suffix(6)))
        }
    }

    /// RFC 4226, appendix D.
    @Test func countersGiveTheCodesOfTheStandard() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        #expect((0..<10).map { TimeCode.text(of: Self.secret, step: $0) } == codes)
    }

    @Test func aStepBeginsAtWholeHalfMinutesBefore1970Too() {
        #expect(TimeCode.step(at: Instant(seconds: 29)) == 0)
        #expect(TimeCode.step(at: Instant(seconds: 30)) == 1)
        #expect(TimeCode.step(at: Instant(seconds: -1)) == -1)
        #expect(TimeCode.step(at: Instant(seconds: -30)) == -1)
        #expect(TimeCode.step(at: Instant(seconds: -31)) == -2)
    }
}
