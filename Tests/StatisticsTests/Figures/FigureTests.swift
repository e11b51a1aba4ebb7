import Foundation
import Statistics
import Testing

@Suite("Figures")
struct FigureTests {
    private func figure(n: Int, value: Double? = 0.4, flag: Figure.Flag = .ok) -> Figure {
        Figure(
            value: value, interval: Figure.Interval(lower: 0.3, upper: 0.5), n: n, method: Figure.Method("test"),
            flag: flag)
    }

    @Test(arguments: [(9, Figure.Flag.suppressed), (10, .lowReliability), (29, .lowReliability), (30, .ok)])
    func staffSeeNothingBelowTenAndAMarkBelowThirty(_ n: Int, _ flag: Figure.Flag) {
        #expect(figure(n: n).applying(.staff).flag == flag)
    }

    @Test func thePublicSeesNothingBelowElevenNotEvenTheCount() {
        let hidden = figure(n: 10).applying(.publicFigures)
        #expect(hidden.flag == .suppressed)
        #expect(hidden.value == nil && hidden.interval == nil && hidden.n == nil)
        #expect(figure(n: 11).applying(.publicFigures).value == 0.4)
    }

    @Test func aSuppressedOrUnreachedFigureHoldsNoNumber() {
        for flag in [Figure.Flag.suppressed, .notReached, .noSteadyState] {
            let empty = figure(n: 500, flag: flag)
            #expect(empty.value == nil && empty.interval == nil && empty.flag == flag)
            #expect(!empty.applying(.staff).isShown)
        }
    }

    @Test func anInfiniteValueIsNeverShown() {
        #expect(figure(n: 500, value: .nan).flag == .suppressed)
        #expect(figure(n: 500, value: .infinity).value == nil)
        #expect(Figure.Interval(lower: -.infinity, upper: 1).lower == nil)
    }

    @Test func onlyReliableFiguresAreRanked() {
        #expect(figure(n: 30).mayBeRanked)
        #expect(!figure(n: 20).applying(.staff).mayBeRanked)
    }

    @Test func survivesJSON() throws {
        let original = figure(n: 44)
        let data = try JSONEncoder().encode(original)
        #expect(try JSONDecoder().decode(Figure.self, from: data) == original)
    }
}
