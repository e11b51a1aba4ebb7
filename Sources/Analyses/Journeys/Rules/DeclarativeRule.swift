/// One declared rule of a service, in words: `response(decide, notify) within 5 d`.
///
/// Names: `existence(a)`, `absence(a)`, `exactly-one(a)`, `init(a)`, `end(a)`, `response(a, b)`, `precedence(a, b)`,
/// `succession(a, b)`, `chain-response(a, b)`, `chain-precedence(a, b)`, `responded-existence(a, b)`,
/// `coexistence(a, b)`, `not-coexistence(a, b)`, `not-succession(a, b)`. Activities stand bare or in double quotes.
/// `within` bounds the time from each a to its answer (response, chain-response) or from the cause to each b
/// (precedence, chain-precedence); `not-succession … within t` forbids b only that soon after a.
package struct DeclarativeRule: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case existence, absence, response, precedence, succession, coexistence
        case exactlyOne = "exactly-one"
        case initial = "init"
        case end
        case chainResponse = "chain-response"
        case chainPrecedence = "chain-precedence"
        case respondedExistence = "responded-existence"
        case notCoexistence = "not-coexistence"
        case notSuccession = "not-succession"

        var arity: Int {
            switch self {
            case .existence, .absence, .exactlyOne, .initial, .end: 1
            default: 2
            }
        }

        var takesTime: Bool {
            switch self {
            case .response, .precedence, .chainResponse, .chainPrecedence, .notSuccession: true
            default: false
            }
        }
    }

    package var kind: Kind
    package var first: String
    package var second: String?
    /// Microseconds.
    package var within: Int64?
    /// As it was written.
    package var text: String

    /// - Throws: `FilterError`, pointing at the character.
    package init(_ text: String) throws {
        self.text = text
        var tokens = try FilterTokens(text)
        let word = try tokens.word(expecting: "a rule", among: Kind.allCases.map(\.rawValue))
        guard let kind = Kind(rawValue: word.text.lowercased()) else {
            throw tokens.problem(at: word, expected: "a rule", among: Kind.allCases.map(\.rawValue))
        }
        self.kind = kind
        try tokens.expect("(")
        first = try tokens.word(expecting: "an activity", among: []).text
        if kind.arity == 2 {
            try tokens.expect(",")
            second = try tokens.word(expecting: "an activity", among: []).text
        }
        try tokens.expect(")")
        if kind.takesTime, tokens.take(keyword: "within") { within = try tokens.duration() }
        try tokens.expectEnd(orOne: kind.takesTime && within == nil ? ["within"] : [])
    }

    /// How one journey stands to the rule.
    package struct Verdict: Sendable, Hashable {
        /// Times the rule applied and times it was broken.
        package var activations: Int
        package var violations: Int
    }

    /// - Parameters: activity numbers and times of one journey; `a` and `b` nil when the log lacks the activity.
    func judge(_ path: ArraySlice<Int32>, _ times: ArraySlice<Int64>, a: Int32?, b: Int32?) -> Verdict {
        let shift = times.startIndex - path.startIndex
        func time(_ index: Int) -> Int64 { times[index + shift] }
        let isA = path.indices.filter { path[$0] == a }
        let isB = path.indices.filter { path[$0] == b }
        func once(_ isKept: Bool, when applies: Bool = true) -> Verdict {
            Verdict(activations: applies ? 1 : 0, violations: applies && !isKept ? 1 : 0)
        }
        func soon(_ from: Int, _ to: Int) -> Bool { within.map { time(to) - time(from) <= $0 } ?? true }
        func each(_ activations: [Int], _ isKept: (Int) -> Bool) -> Verdict {
            Verdict(activations: activations.count, violations: activations.count { !isKept($0) })
        }
        let answered: (Int) -> Bool = { from in
            guard let next = isB.first(where: { $0 > from }) else { return false }
            return soon(from, next)
        }
        let preceded: (Int) -> Bool = { to in
            guard let cause = isA.last(where: { $0 < to }) else { return false }
            return soon(cause, to)
        }
        switch kind {
        case .existence: return once(!isA.isEmpty)
        case .absence: return once(isA.isEmpty)
        case .exactlyOne: return once(isA.count == 1)
        case .initial: return once(a != nil && path.first == a)
        case .end: return once(a != nil && path.last == a)
        case .respondedExistence: return once(!isB.isEmpty, when: !isA.isEmpty)
        case .coexistence: return once(!isA.isEmpty && !isB.isEmpty, when: !isA.isEmpty || !isB.isEmpty)
        case .notCoexistence: return once(isA.isEmpty || isB.isEmpty, when: !isA.isEmpty || !isB.isEmpty)
        case .response: return each(isA, answered)
        case .precedence: return each(isB, preceded)
        case .succession:
            let left = each(isA, answered)
            let right = each(isB, preceded)
            return Verdict(
                activations: left.activations + right.activations, violations: left.violations + right.violations)
        case .chainResponse:
            return each(isA) { from in from + 1 < path.endIndex && path[from + 1] == b && soon(from, from + 1) }
        case .chainPrecedence:
            return each(isB) { to in to > path.startIndex && path[to - 1] == a && soon(to - 1, to) }
        case .notSuccession:
            return each(isA) { from in
                guard let next = isB.first(where: { $0 > from }) else { return true }
                return within != nil && !soon(from, next)
            }
        }
    }
}
