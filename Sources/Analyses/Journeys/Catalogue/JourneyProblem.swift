/// Why a question cannot be answered, and what to give instead.
package enum JourneyProblem: Error, Sendable, Equatable, CustomStringConvertible {
    case unknownQuestion(String, nearest: String?)
    case unknownAttribute(String, nearest: String?)
    case unknownActivity(String, nearest: String?)
    case needs(question: String, option: String, example: String)
    case outOfRange(option: String, value: String, allowed: String)
    case badRule(String, reason: String)

    package var description: String {
        func hint(_ nearest: String?) -> String { nearest.map { " Did you mean “\($0)”?" } ?? "" }
        switch self {
        case .unknownQuestion(let word, let nearest): return "There is no question “\(word)”.\(hint(nearest))"
        case .unknownAttribute(let name, let nearest): return "The log has no attribute “\(name)”.\(hint(nearest))"
        case .unknownActivity(let name, let nearest): return "The log has no activity “\(name)”.\(hint(nearest))"
        case .needs(let question, let option, let example):
            return "“\(question)” needs \(option), for example \(example)."
        case .outOfRange(let option, let value, let allowed):
            return "\(option) is \(value); it must be \(allowed)."
        case .badRule(let rule, let reason): return "The rule “\(rule)” cannot be read: \(reason)."
        }
    }
}

/// The candidate with the fewest edits (at most a third of its length, at least 2), ties by scalar order.
package func nearestWord(to word: String, in candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars.prefix(200))
    var best: (distance: Int, word: String)?
    for candidate in candidates {
        let other = Array(candidate.lowercased().unicodeScalars.prefix(200))
        var distance = editDistance(wanted, other)
        if !wanted.isEmpty, distance > 1, other.starts(with: wanted) { distance = 1 }
        guard distance <= max(2, other.count / 3) else { continue }
        if let known = best {
            if distance > known.distance { continue }
            if distance == known.distance, !precedesByScalar(candidate, known.word) { continue }
        }
        best = (distance, candidate)
    }
    return best?.word
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty { return b.count }
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, y) in b.enumerated() {
            let change = diagonal + (x == y ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(change, diagonal + 1, row[j] + 1)
        }
    }
    return row[b.count]
}
