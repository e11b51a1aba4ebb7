import Statistics

extension FixtureAdapter {
    static let prng = FixtureAdapter("prng_splitmix64") { fixture in
        let input = fixture.input
        let seed = UInt64(try input["seed"].double)
        let n = try input.optional("n")?.int ?? 1
        let rate = try input.optional("rate")?.double ?? 1
        let count = max(64, try input.optional("count")?.int ?? 0, fixture.longestExpectedList)
        func draws<T>(_ draw: (inout SplitMix64) -> T) -> [T] {
            var stream = SplitMix64(seed: seed)
            return (0..<count).map { _ in draw(&stream) }
        }
        return fixture.cutToExpectedLengths([
            "u64_decimal_strings": .of(draws { String($0.next()) }),
            "ints": .of(draws { $0.below(n) }),
            "u01": .of(draws { $0.unit() }),
            "normal_by_inverse_cdf": .of(draws { $0.normal() }),
            "exponential": .of(draws { $0.exponential(rate: rate) }),
        ])
    }
}
