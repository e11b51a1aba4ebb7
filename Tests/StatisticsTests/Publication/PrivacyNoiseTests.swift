import Statistics
import Testing

@Suite("Privacy noise")
struct PrivacyNoiseTests {
    @Test(arguments: [0.05, 0.5, 3])
    func massesAddUpToOneAndTailsFollow(_ epsilon: Double) throws {
        let noise = try #require(GeometricNoise(epsilon: epsilon))
        let far = Int(60 / epsilon)
        let total: Double = (-far...far).reduce(0) { $0 + noise.mass($1) }
        #expect(abs(total - 1) < 1e-9)
        let beyond: Double = (5...far).reduce(0) { $0 + 2 * noise.mass($1) }
        #expect(abs(noise.tail(5) - beyond) < 1e-9)
    }

    @Test func neighbouringCountsDifferByTheStatedFactorAtMost() throws {
        let noise = try #require(GeometricNoise(epsilon: 0.7))
        for k in -20...20 { #expect(abs(noise.mass(k) / noise.mass(k + 1)) <= 2.0137527074704766 * (1 + 1e-12)) }
    }

    @Test func theExactSamplerHasTheStatedDistribution() throws {
        let sampler = try #require(ExactGeometricSampler(epsilonThousandths: 500))
        let noise = try #require(GeometricNoise(epsilon: 0.5))
        var stream = SplitMix64(seed: 6)
        var counts: [Int: Int] = [:]
        for _ in 0..<20_000 { counts[sampler.draw(using: &stream), default: 0] += 1 }
        for k in -4...4 {
            let expected = 20_000 * noise.mass(k)
            #expect(abs(Double(counts[k] ?? 0) - expected) < 5 * expected.squareRoot())
        }
    }

    @Test func theDiscreteGaussianAddsUpToOne() throws {
        let noise = try #require(DiscreteGaussian(sigma: 3.3))
        let total: Double = (-60...60).reduce(0) { $0 + noise.mass($1) }
        #expect(abs(total - 1) < 1e-12)
        let limit = try #require(noise.accuracy(alpha: 0.05))
        let beyond: Double = (limit...60).reduce(0) { $0 + 2 * noise.mass($1) }
        #expect(beyond <= 0.05 && beyond + 2 * noise.mass(limit - 1) > 0.05)
    }

    @Test func refusesNoPrivacy() {
        #expect(GeometricNoise(epsilon: 0) == nil)
        #expect(GeometricNoise(epsilon: .infinity) == nil)
        #expect(ExactGeometricSampler(epsilonThousandths: 0) == nil)
        #expect(DiscreteGaussian(sigma: 0) == nil)
        #expect(PrivacyBudget.composed(epsilons: [0.1, -1]) == nil)
        #expect(PrivacyBudget.epsilon(rho: 1, delta: 0) == nil)
        #expect(PrivacyBudget.composed(rhos: []) == 0)
    }
}
