import JourneyEngine
import Testing

@Suite struct PathConformanceTests {
    private func fit(_ events: String, _ path: String) throws -> PathConformance.Fit {
        let rows = events.enumerated().map { Row(journey: "j", activity: String($1), time: Int64($0)) }
        let fits = RandomLog.log(rows, [:]).variants().fits(to: path.map { String($0) })
        return try #require(fits.first)
    }

    @Test(arguments: [
        ("abcdef", 0, [0, 0, 7, 7]), ("aefbcd", 4, [1, 1, 7, 7]), ("a", 5, [1, 1, 2, 2]), ("abxcdef", 1, [0, 0, 7, 7]),
        ("abbcdef", 1, [1, 1, 8, 8]), ("x", 7, [1, 1, 1, 1]),
    ])
    func aJourneyIsMeasuredAgainstItsPath(events: String, deviations: Int, tokens: [Int]) throws {
        let fit = try fit(events, "abcdef")
        #expect(fit.deviations == deviations)
        #expect([fit.missing, fit.remaining, fit.produced, fit.consumed] == tokens)
        #expect(fit.ignored == events.count { !"abcdef".contains($0) })
    }

    @Test func deviationsAreTheLeastEditsByInsertionAndDeletion() throws {
        var random = SplitMix64(state: 3)
        for _ in 0..<200 {
            let path = (0..<Int.random(in: 1...90, using: &random)).map { _ in Int.random(in: 0..<5, using: &random) }
            let trace = (0..<Int.random(in: 1...90, using: &random)).map { _ in Int.random(in: 0..<6, using: &random) }
            var row = Array(0...path.count)
            for (place, activity) in trace.enumerated() {
                var next = [place + 1]
                for (step, wanted) in path.enumerated() {
                    next.append(activity == wanted ? row[step] : min(row[step + 1], next[step]) + 1)
                }
                row = next
            }
            let names = "abcdef".map { String($0) }
            let fit = try fit(trace.map { names[$0] }.joined(), path.map { names[$0] }.joined())
            #expect(fit.deviations == row[path.count])
        }
    }

    @Test func partsMergeToTheWhole() {
        let random = RandomLog(seed: 8, journeys: 90)
        let path = ["act 0", "act 3", "act 1"]
        var merged = PathConformance(path: path)
        for remainder in 0..<3 {
            let part = random.log { $0.journey.utf8.reduce(0) { $0 + Int($1) } % 3 == remainder }
            let joined = merged.merge(part.conformance(to: path))
            #expect(joined)
        }
        #expect(merged == random.log().conformance(to: path, threads: 3))
        let refused = !merged.merge(PathConformance(path: ["other"]))
        #expect(refused)
    }
}
