import RealModule

/// Groups of claims that hang together by sharing rare values (device, bank account, address): possible organised abuse.
///
/// - Method: union–find over (attribute, value); a value shared by more than `hubCap` claims joins nobody. Weight of a shared
///   value = `ln(N/df)`: the rarer, the more it says.
/// - Reference: Tarjan 1975; Fellegi & Sunter 1969 (rarity weights).
/// - Values must be keyed hashes, never plain. Start value: hub cap 8.
/// - Do not run it without a cap: a library or shelter address glues unrelated people into one "ring", against the poorest
///   claimants. A group is a reason for a person to look; it never denies or stops a payment.
package struct SharedAttributes: Sendable, Equatable {
    /// One value of one attribute.
    package struct Value: Sendable, Hashable {
        package let attribute: String
        package let value: String

        package init(attribute: String, value: String) {
            self.attribute = attribute
            self.value = value
        }
    }

    /// A value that two or more claims share.
    package struct Shared: Sendable, Equatable {
        package let value: Value
        package let claims: Int
        /// `ln(N/df)`.
        package let weight: Double
        /// Shared by more than the cap: counted, but it joins nobody.
        package let isHub: Bool
    }

    /// Positions of claims that hang together, two or more each, ascending, in order of the first.
    package let clusters: [[Int]]
    /// All shared values, most shared first, then by name.
    package let shared: [Shared]

    /// Clusters claims; the values of one claim are given as a list, missing values left out.
    ///
    /// - Parameters:
    ///   - claims: values per claim.
    ///   - hubCap: largest number of claims a value may join; below 2 nothing is joined.
    package init(claims: [[Value]], hubCap: Int) {
        var holders: [Value: [Int]] = [:]
        for (index, values) in claims.enumerated() {
            for value in Set(values) { holders[value, default: []].append(index) }
        }
        var sets = DisjointSets(count: claims.count)
        var shared: [Shared] = []
        for (value, members) in holders where members.count >= 2 {
            let isHub = members.count > hubCap
            let weight = Double.log(Double(claims.count) / Double(members.count))
            shared.append(Shared(value: value, claims: members.count, weight: weight, isHub: isHub))
            if !isHub { for member in members.dropFirst() { sets.union(members[0], member) } }
        }
        clusters = sets.sets().filter { $0.count > 1 }
        self.shared = shared.sorted {
            if $0.claims != $1.claims { return $0.claims > $1.claims }
            return ($0.value.attribute, $0.value.value) < ($1.value.attribute, $1.value.value)
        }
    }
}
