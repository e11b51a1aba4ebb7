/// Constraint templates of the declarative language DECLARE (Pesic, Schonenberg & van der Aalst 2007), each judged a
/// journey at a time: not activated, kept, or broken.
///
/// Two differ from the textbook on purpose, to agree with the reference figures: `nonsuccession` and
/// `nonchainsuccession` are the plain negations of `succession` and `chainsuccession`, so a journey that breaks the
/// positive constraint keeps the negative one. For “a is never followed by b” use the rule `not-succession` of
/// `DeclarativeRule`.
package enum DeclareTemplate: String, Sendable, CaseIterable, Codable {
    case absence
    case altprecedence
    case altresponse
    case altsuccession
    case chainprecedence
    case chainresponse
    case chainsuccession
    case coexistence
    case exactlyOne = "exactly_one"
    case existence
    case initial = "init"
    case nonchainsuccession
    case noncoexistence
    case nonsuccession
    case precedence
    case respondedExistence = "responded_existence"
    case response
    case succession

    package var isUnary: Bool {
        switch self {
        case .absence, .exactlyOne, .existence, .initial: true
        default: false
        }
    }
}

/// Where each activity stands in one path: what the templates look at.
struct PathPositions {
    let path: [Int]
    /// By activity number, ascending.
    let positions: [[Int]]

    init(_ path: [Int], activities: Int) {
        self.path = path
        var positions = [[Int]](repeating: [], count: activities)
        for (index, activity) in path.enumerated() { positions[activity].append(index) }
        self.positions = positions
    }

    /// Nil: not activated by this path. Every path activates the templates about one activity.
    func keeps(_ template: DeclareTemplate, _ a: Int) -> Bool? {
        switch template {
        case .existence: !positions[a].isEmpty
        case .absence: positions[a].isEmpty
        case .exactlyOne: positions[a].count == 1
        case .initial: path.first == a
        default: nil
        }
    }

    func keeps(_ template: DeclareTemplate, _ a: Int, _ b: Int) -> Bool? {
        let hasA = !positions[a].isEmpty
        let hasB = !positions[b].isEmpty
        switch template {
        case .respondedExistence: return hasA ? hasB : nil
        case .coexistence: return hasA || hasB ? hasA && hasB : nil
        case .noncoexistence: return hasA || hasB ? !(hasA && hasB) : nil
        case .response: return hasA ? isAnswered(a, b) : nil
        case .precedence: return hasB ? isPreceded(a, b) : nil
        case .succession: return hasA || hasB ? hasA && hasB && isAnswered(a, b) && isPreceded(a, b) : nil
        case .nonsuccession: return keeps(.succession, a, b).map { !$0 }
        case .altresponse: return hasA ? isAlternatelyAnswered(a, b) : nil
        case .altprecedence: return hasB ? isAlternatelyPreceded(a, b) : nil
        case .altsuccession:
            return hasA || hasB
                ? hasA && hasB && isAlternatelyAnswered(a, b) && isAlternatelyPreceded(a, b) : nil
        case .chainresponse: return hasA ? isChainAnswered(a, b) : nil
        case .chainprecedence: return hasB ? isChainPreceded(a, b) : nil
        case .chainsuccession:
            return hasA || hasB ? hasA && hasB && isChainAnswered(a, b) && isChainPreceded(a, b) : nil
        case .nonchainsuccession: return keeps(.chainsuccession, a, b).map { !$0 }
        default: return nil
        }
    }

    private func isAnswered(_ a: Int, _ b: Int) -> Bool {
        guard let lastA = positions[a].last, let lastB = positions[b].last else { return false }
        return lastB > lastA
    }

    private func isPreceded(_ a: Int, _ b: Int) -> Bool {
        guard let firstA = positions[a].first, let firstB = positions[b].first else { return false }
        return firstA < firstB
    }

    /// Between one a and the next there is a b, and after the last.
    private func isAlternatelyAnswered(_ a: Int, _ b: Int) -> Bool {
        let answers = positions[b]
        var next = 0
        for (index, at) in positions[a].enumerated() {
            while next < answers.count, answers[next] < at { next += 1 }
            guard next < answers.count else { return false }
            if index + 1 < positions[a].count, answers[next] > positions[a][index + 1] { return false }
        }
        return true
    }

    /// Between one b and the next there is an a, and before the first.
    private func isAlternatelyPreceded(_ a: Int, _ b: Int) -> Bool {
        let causes = positions[a]
        var before = -1
        var next = 0
        for at in positions[b] {
            var latest = -1
            while next < causes.count, causes[next] < at {
                latest = causes[next]
                next += 1
            }
            if latest < 0 || latest < before { return false }
            before = at
        }
        return true
    }

    private func isChainAnswered(_ a: Int, _ b: Int) -> Bool {
        positions[a].allSatisfy { $0 + 1 < path.count && path[$0 + 1] == b }
    }

    private func isChainPreceded(_ a: Int, _ b: Int) -> Bool {
        positions[b].allSatisfy { $0 > 0 && path[$0 - 1] == a }
    }
}
