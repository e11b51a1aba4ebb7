/// The distinct paths of a log and how many journeys took each: all that questions about order need.
///
/// Activities are numbered by their names in ascending order (by Unicode scalar), so comparing paths by number is
/// comparing them by name and no answer depends on the order in which a log was read. Variants stand in the field's
/// order: count descending, then path ascending (van der Aalst, *Process Mining*, 2016, ch. 5).
package struct VariantLog: Sendable, Hashable {
    package struct Variant: Sendable, Hashable {
        /// Activity numbers in order of occurrence.
        package var path: [Int]
        /// Journeys that took exactly this path, ≥ 1.
        package var count: Int

        package init(path: [Int], count: Int) {
            self.path = path
            self.count = count
        }
    }

    package let activities: [String]
    package let variants: [Variant]

    package var journeyCount: Int { variants.reduce(0) { $0 + $1.count } }
    package var eventCount: Int { variants.reduce(0) { $0 + $1.count * $1.path.count } }

    /// Renumbers by name, joins equal paths and sorts. Entries with a count below 1 are dropped; activities that no
    /// path holds are kept, because a declared activity nobody did is itself an answer.
    package init(activities names: [String], paths: some Sequence<(path: [Int], count: Int)>) {
        let order = names.indices.sorted { precedesByScalar(names[$0], names[$1]) }
        var sorted: [String] = []
        var number = [Int](repeating: 0, count: names.count)
        for old in order {
            if sorted.last != names[old] || sorted.isEmpty { sorted.append(names[old]) }
            number[old] = sorted.count - 1
        }
        var counts: [[Int]: Int] = [:]
        for (path, count) in paths where count > 0 { counts[path.map { number[$0] }, default: 0] += count }
        activities = sorted
        variants = counts.map { Variant(path: $0.key, count: $0.value) }.sorted(by: VariantLog.precedes)
    }

    /// One path a journey, by name.
    package init(_ journeys: some Sequence<[String]>) {
        var number: [String: Int] = [:]
        var names: [String] = []
        var paths: [(path: [Int], count: Int)] = []
        for journey in journeys {
            let path = journey.map { name in
                if let known = number[name] { return known }
                number[name] = names.count
                names.append(name)
                return names.count - 1
            }
            paths.append((path, 1))
        }
        self.init(activities: names, paths: paths)
    }

    package func names(of path: [Int]) -> [String] { path.map { activities[$0] } }

    package static func precedes(_ a: Variant, _ b: Variant) -> Bool {
        a.count != b.count ? a.count > b.count : a.path.lexicographicallyPrecedes(b.path)
    }

    /// Directly-follows counts, row-major: `counts[a * activities.count + b]`.
    package func directlyFollows() -> [Int] {
        let n = activities.count
        var counts = [Int](repeating: 0, count: n * n)
        for variant in variants {
            for (a, b) in zip(variant.path, variant.path.dropFirst()) { counts[a * n + b] += variant.count }
        }
        return counts
    }
}

/// Order by Unicode scalar value, which for UTF-8 is order by byte. Swift's own `<` compares canonical equivalents.
package func precedesByScalar(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
