/// How often people may be asked, and which share of them is: a random sample with a stated probability.
package struct AskRules: Hashable, Sendable {
    /// The probability with which one who may be asked is asked, above 0, at most 1.
    package var share: Double
    /// Starts the draw: the same seed and transaction draw the same, so that a sample can be replayed.
    package var seed: UInt64
    /// No second offer to a person within so many days, whatever the service.
    package var quietDays: Int
    /// At most so many offers to a person …
    package var atMost: Int
    /// … within so many days.
    package var withinDays: Int

    package static let standard = AskRules(share: 1, seed: 1, quietDays: 30, atMost: 4, withinDays: 365)

    package init(share: Double, seed: UInt64, quietDays: Int, atMost: Int, withinDays: Int) {
        self.share = share
        self.seed = seed
        self.quietDays = quietDays
        self.atMost = atMost
        self.withinDays = withinDays
    }

    /// The rules in words that replay them: stored with every offer.
    package var plan: String {
        "share=\(share);seed=\(seed);quiet=\(quietDays)d;at_most=\(atMost)/\(withinDays)d"
    }

    /// A number from 0 up to 1, fixed by seed and transaction: FNV-1a over both, then the finaliser of SplitMix64, the
    /// upper 53 bits of it.
    package func draw(_ transaction: String) -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(seed)/\(transaction)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        hash ^= hash >> 31
        return Double(hash >> 11) / 9_007_199_254_740_992
    }
}

/// Which form a touchpoint asks, and by which rules.
package struct AskPlan: Hashable, Sendable {
    package var form: Slug
    package var rules: AskRules

    package init(form: Slug, rules: AskRules = .standard) {
        self.form = form
        self.rules = rules
    }
}
