import Statistics
import Testing

@Suite("Distributions")
struct DistributionTests {
    @Test(arguments: [1e-300, 1e-12, 0.001, 0.2, 0.5, 0.8, 0.999, 1 - 1e-12])
    func theNormalQuantileUndoesTheDistribution(_ p: Double) {
        #expect(abs(Normal.cdf(Normal.quantile(p)) / p - 1) < 1e-11)
    }

    @Test func tailsAddUpToOne() {
        for x in [0.01, 0.3, 0.77, 0.999] {
            #expect(abs(Beta.cdf(x, 3.5, 700) + Beta.survival(x, 3.5, 700) - 1) < 1e-12)
            #expect(abs(Gamma.cdf(50 * x, 20) + Gamma.survival(50 * x, 20) - 1) < 1e-12)
        }
    }

    @Test(arguments: [(0.5, 0.5), (1, 1), (2, 30), (900, 3), (40_000, 60_000)])
    func theBetaQuantileUndoesTheDistribution(_ a: Double, _ b: Double) {
        for p in [1e-6, 0.025, 0.5, 0.975, 0.999999] {
            #expect(abs(Beta.cdf(Beta.quantile(p, a, b), a, b) - p) < 1e-9)
        }
    }

    @Test(arguments: [0.3, 1, 4.5, 200, 1e6])
    func theGammaQuantileUndoesTheDistribution(_ a: Double) {
        for p in [0.001, 0.5, 0.99] { #expect(abs(Gamma.cdf(Gamma.quantile(p, a), a) - p) < 1e-9) }
    }

    @Test func studentMeetsTheNormalWithManyDegreesOfFreedom() {
        #expect(abs(StudentT.cdf(1.3, df: 1e9) - Normal.cdf(1.3)) < 1e-8)
        #expect(abs(StudentT.quantile(0.975, df: 9) - 2.262157162798205) < 1e-9)
    }

    @Test func binomialMassesAddUpToTheDistribution() {
        var sum = 0.0
        for k in 0...40 {
            sum += Binomial.mass(k, n: 40, p: 0.13)
            #expect(abs(sum - Binomial.cdf(k, n: 40, p: 0.13)) < 1e-12)
        }
    }

    @Test func poissonMassesAddUpToTheDistribution() {
        var sum = 0.0
        for k in 0...60 {
            sum += Poisson.mass(k, mean: 17.5)
            #expect(abs(sum - Poisson.cdf(k, mean: 17.5)) < 1e-12)
        }
    }

    @Test func digammaKnowsEulersConstantAndItsRecurrence() {
        #expect(abs(SpecialFunction.digamma(1) + 0.577215664901532861) < 1e-12)
        #expect(abs(SpecialFunction.digamma(3.7) - SpecialFunction.digamma(2.7) - 1 / 2.7) < 1e-12)
        #expect(abs(SpecialFunction.digamma(-0.5) - SpecialFunction.digamma(0.5) - 2) < 1e-12)
    }

    @Test func answersNaNOutsideTheDomain() {
        #expect(Normal.quantile(1.5).isNaN)
        #expect(Normal.cdf(.nan).isNaN)
        #expect(Beta.cdf(0.5, -1, 2).isNaN)
        #expect(Gamma.cdf(-1, 2).isNaN)
        #expect(Binomial.cdf(3, n: -1, p: 0.5).isNaN)
        #expect(Poisson.cdf(3, mean: .infinity).isNaN)
        #expect(StudentT.cdf(1, df: 0).isNaN)
        #expect(SpecialFunction.digamma(0).isNaN)
        #expect(SpecialFunction.logGamma(-2).isNaN)
        #expect(Beta.cdf(0.5, 1e300, 1e300).isNaN)
        #expect(Gamma.cdf(1e300, 1e300).isNaN)
    }
}
