/// When a page, a group or a question is shown, and which way leads on.
///
/// A test of a question that was not answered, or was itself left out, does not hold; only
/// ``Check/unanswered`` does. So "is none of" means answered, with something else.
package indirect enum Condition: Hashable, Sendable {
    case test(Test)
    case all([Condition])
    case any([Condition])
    case not(Condition)

    package struct Test: Hashable, Sendable {
        package var question: Slug
        /// The line, where the question is a matrix.
        package var row: Slug?
        package var check: Check

        package init(question: Slug, row: Slug? = nil, check: Check) {
            self.question = question
            self.row = row
            self.check = check
        }
    }

    package enum Check: Hashable, Sendable {
        case answered
        case unanswered
        /// One of the answers is among these.
        case isOne([String])
        /// There is an answer and none of it is among these.
        case isNone([String])
        case atLeast(Double)
        case atMost(Double)
    }

    /// - Parameter given: what was answered so far, by question: see ``KeptAnswer/plainValues``.
    package func holds(_ given: [Slug: [String]]) -> Bool {
        switch self {
        case .test(let test): test.holds(given)
        case .all(let parts): parts.allSatisfy { $0.holds(given) }
        case .any(let parts): parts.contains { $0.holds(given) }
        case .not(let part): !part.holds(given)
        }
    }

    package var tests: [Test] {
        switch self {
        case .test(let test): [test]
        case .all(let parts), .any(let parts): parts.flatMap(\.tests)
        case .not(let part): part.tests
        }
    }

    /// How deep conditions lie in one another; 1 for a test.
    package var depth: Int {
        switch self {
        case .test: 1
        case .all(let parts), .any(let parts): 1 + (parts.map(\.depth).max() ?? 0)
        case .not(let part): 1 + part.depth
        }
    }

    package static let depthLimit = 8
}

extension Condition.Test {
    func holds(_ given: [Slug: [String]]) -> Bool {
        var values = given[question] ?? []
        if let row {
            values = values.compactMap { value in
                guard let pair = RowAnswer(value), pair.row == row else { return nil }
                return pair.choice
            }
        }
        switch check {
        case .answered: return !values.isEmpty
        case .unanswered: return values.isEmpty
        case .isOne(let wanted): return values.contains(where: wanted.contains)
        case .isNone(let unwanted): return !values.isEmpty && !values.contains(where: unwanted.contains)
        case .atLeast(let least): return values.first.flatMap(Double.init).map { $0 >= least } ?? false
        case .atMost(let most): return values.first.flatMap(Double.init).map { $0 <= most } ?? false
        }
    }
}
