import Statistics
import Testing

@Suite("Paths")
struct PathTests {
    @Test func anEmptyLogHasNoAnswers() {
        let empty = PathVariants(traces: [])
        #expect(empty.firstTimeRightShare == nil && empty.variantsToCover(0.8) == nil)
        #expect(empty.happyPath { _ in true } == nil)
        #expect(PathFitness.mean(of: empty, model: [1]) == nil)
    }

    @Test func fitnessIsSymmetricAndBounded() {
        var random = SplitMix64(seed: 2)
        for _ in 0..<200 {
            let a = (0..<random.below(8)).map { _ in random.below(4) }
            let b = (0..<random.below(8)).map { _ in random.below(4) }
            let one = PathFitness(path: a, model: b)
            #expect(one == PathFitness(path: b, model: a))
            #expect(one.fitness >= 0 && one.fitness <= 1)
            #expect((one.cost == 0) == (a == b))
        }
    }

    @Test func tiesForTheHappyPathGoToTheShorter() {
        let paths = PathVariants(traces: [[1, 2, 3], [1, 3], [2, 3], []])
        #expect(paths.happyPath { $0.last == 3 }?.path == [1, 3])
        #expect(paths.starts == [1: 2, 2: 1] && paths.ends == [3: 3])
    }

    @Test func aFunnelMayNotWiden() throws {
        #expect(Funnel(reached: [5, 6]) == nil)
        #expect(Funnel(reached: [5]) == nil)
        let dry = try #require(Funnel(reached: [3, 0, 0]))
        #expect(dry.worst == 0 && dry.steps[1].rate == nil && dry.steps[1].interval == nil)
        let nobody = try #require(Funnel(reached: [0, 0]))
        #expect(nobody.worst == nil)
    }
}
