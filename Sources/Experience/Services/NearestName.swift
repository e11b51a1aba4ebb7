/// The valid word a mistyped or unfinished one most likely meant: the one with the fewest edits, neighbouring swaps
/// counted as one (optimal string alignment), one that only goes on counted as one edit away; ties by the words' own
/// order. Nil when nothing is close (2 edits, or a third of the word): a far-fetched guess is worse than none.
package func nearestName(to typed: String, in valid: some Sequence<String>) -> String? {
    let a = Array(typed.lowercased().unicodeScalars.prefix(200))
    var best: (word: String, distance: Int)?
    for word in valid {
        let b = Array(word.lowercased().unicodeScalars.prefix(200))
        var distance = editDistance(a, b)
        if distance > 1, !a.isEmpty, b.starts(with: a) { distance = 1 }
        guard distance <= max(2, b.count / 3) else { continue }
        if let best, (best.distance, best.word) <= (distance, word) { continue }
        best = (word, distance)
    }
    return best?.word
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
