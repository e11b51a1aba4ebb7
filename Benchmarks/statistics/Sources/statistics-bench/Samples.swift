import Statistics

/// What is measured on: made from one seed, so that every run and every peer has the same.
struct Samples {
    /// Durations to the tenth of a day, ascending, and whether each ended.
    var durations: [Double]
    var ended: [Bool]
    /// The same durations before they were put in order.
    var unordered: [Double]
    var ratings: [Double]

    init(count: Int, responses: Int) {
        var random = SplitMix64(seed: 1)
        unordered = (0..<count).map { _ in (random.exponential(rate: 0.02) * 10).rounded() / 10 }
        ended = (0..<count).map { _ in random.unit() < 0.8 }
        durations = unordered.sorted()
        ratings = (0..<responses).map { _ in Double(1 + random.below(5)) }
    }

    /// Five questions a response, all answered.
    static func answers(_ responses: Int) -> RatingTable? {
        var random = SplitMix64(seed: 2)
        let rows = (0..<responses).map { _ in (0..<5).map { _ in Optional(1 + random.below(5)) } }
        return try? RatingTable(drivers: ["trust", "ease", "speed", "clarity", "respect"], rows: rows)
    }

    /// A square table in which a share of the cells is small enough to be hidden.
    static func table(side: Int, smallShare: Double) -> CountTable? {
        var random = SplitMix64(seed: 3)
        return CountTable(
            (0..<side).map { _ in
                (0..<side).map { _ in random.unit() < smallShare ? random.below(11) : 11 + random.below(200) }
            })
    }

    /// Comments with a telephone number and a year in every 118 bytes.
    static func comments(bytes: Int) -> String {
        let one =
            "I waited for two hours and nobody could tell me where my application is. "
            + "Called 202-555-0143 twice in 2024, ref 12345. "
        return String(repeating: one, count: max(1, bytes / one.utf8.count))
    }
}
