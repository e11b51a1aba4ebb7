/// The activities that occur among those a statement had names for, coded anew without gaps.
package struct OccurringNames: Sendable {
    package private(set) var names: [String] = []
    /// By the statement's code, 0 for none of them.
    private var codes: [Int] = []

    /// - Parameters:
    ///   - known: the statement's names; the first has code 1.
    ///   - occurring: codes of the answer, in any order and as often as they come.
    /// - Throws: when the answer holds an activity the statement had no name for.
    package init(_ known: [String], codes occurring: some Sequence<Int>) throws(AnalyticsError) {
        var occurs = [Bool](repeating: false, count: known.count + 1)
        for code in occurring {
            guard code >= 1, code <= known.count else { throw .unreadable("an activity is not known") }
            occurs[code] = true
        }
        codes = [0]
        for (place, name) in known.enumerated() {
            if occurs[place + 1] { names.append(name) }
            codes.append(occurs[place + 1] ? names.count : 0)
        }
    }

    /// The code among ``names``, from 1, of the statement's code; 0 stays 0.
    package func code(_ known: Int) -> Int { codes.indices.contains(known) ? codes[known] : 0 }
}
