/// The valid word a mistyped one most likely meant, by edit distance with neighbouring swaps
/// (optimal string alignment). Nil when nothing is close: a far-fetched guess is worse than none.
package func nearestName(to typed: String, in valid: some Sequence<String>) -> String? {
    let a = Array(typed.lowercased().prefix(64).unicodeScalars)
    var best: (word: String, distance: Int)?
    for word in valid {
        let distance = editDistance(a, Array(word.lowercased().prefix(64).unicodeScalars))
        if best.map({ distance < $0.distance }) ?? true { best = (word, distance) }
    }
    guard let best, best.distance <= max(2, a.count / 3) else { return nil }
    return best.word
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty { return b.count }
    if b.isEmpty { return a.count }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...a.count {
        var current = [Int](repeating: 0, count: b.count + 1)
        current[0] = i
        for j in 1...b.count {
            let substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            current[j] = min(previous[j] + 1, current[j - 1] + 1, substitution)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                current[j] = min(current[j], beforePrevious[j - 2] + 1)
            }
        }
        beforePrevious = previous
        previous = current
    }
    return previous[b.count]
}
