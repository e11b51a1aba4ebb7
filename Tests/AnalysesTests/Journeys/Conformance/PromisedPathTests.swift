import Analyses
import JourneyEngine
import Testing

@Suite struct PromisedPathTests {
    static func answer(_ path: [String], lateAfter: Double? = nil) throws -> PathQuestion.Answer {
        var options = JourneyOptions()
        options.path = path
        options.lateAfterSeconds = lateAfter
        return try PathQuestion.answer(SmallLogs.four, options)
    }

    @Test func countsWhatIsSkippedRepeatedAndExtra() throws {
        let answer = try Self.answer(["apply", "review", "decide", "notify"])
        #expect(answer.following == 1)
        // b skips review, c repeats it, d stops after it.
        #expect(answer.totalDeviations == 4)
        let review = answer.steps[1]
        #expect([review.inPlace, review.skipped, review.repeated, review.outOfOrder] == [3, 1, 1, 0])
        #expect(answer.steps[3].skipped == 1)
        #expect(answer.steps.allSatisfy { $0.late == nil })
        #expect(answer.extra.isEmpty)
        #expect(answer.lateCases == nil)
    }

    @Test func tellsOutOfOrderFromSkipped() throws {
        let answer = try Self.answer(["apply", "decide", "review"])
        // a and c do both, in the other order: one of the two is out of order in each.
        #expect(answer.steps.map(\.outOfOrder).reduce(0, +) == 2)
        #expect(answer.extra.map(\.activity) == ["notify"])
        #expect(answer.extra[0].cases == 3)
    }

    @Test func countsLateSteps() throws {
        let answer = try Self.answer(["apply", "decide within 5 d", "notify within 2 d"])
        #expect(answer.steps.map(\.late) == [nil, 1, 1])
        #expect(answer.lateCases == 2)
        #expect(answer.steps[1].withinSeconds == 432_000)
        #expect(try Self.answer(["apply"], lateAfter: 8 * 86_400).lateCases == 2)
    }

    /// Deviations from a path are those of the alignment with its net.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func agreesWithTheAlignment(_ seed: UInt64) throws {
        let log = SmallLogs.log(SmallLogs.randomRows(seed: seed))
        var options = JourneyOptions()
        options.path = ["act 0", "act 2", "act 1", "act 2"]
        let aligned = NetConformance(VariantLog(log), PetriNet(sequence: options.path))
        let answer = try PathQuestion.answer(log, options)
        #expect(answer.totalDeviations == aligned.totalDeviations)
        #expect(abs(answer.logFitness - aligned.logFitness) < 1e-12)
        #expect(answer.following == aligned.perfectlyFitting)
    }
}
