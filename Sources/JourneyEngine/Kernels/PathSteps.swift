/// A path by the activities of a set of variants.
struct PathSteps {
    private let count: Int
    /// By activity: the steps that are it, ascending.
    private let stepsOf: [[Int]]

    init(_ path: [String], names: [String]) {
        count = path.count
        var steps = [[Int]](repeating: [], count: names.count)
        for (step, name) in path.enumerated() {
            // Names are in UTF-8 order.
            var low = 0
            var high = names.count
            while low < high {
                let middle = (low + high) / 2
                if precedes(names[middle], name) { low = middle + 1 } else { high = middle }
            }
            if low < names.count, sameText(names[low], name) { steps[low].append(step) }
        }
        stepsOf = steps
    }

    func fit(_ sequence: ArraySlice<UInt32>) -> PathConformance.Fit {
        var fit = PathConformance.Fit()
        fit.events = sequence.count
        fit.deviations = sequence.count + count - 2 * longestCommonSubsequence(sequence)
        replay(sequence, &fit)
        return fit
    }

    /// By words of bits, one a step (Hyyrö 2004): a zero bit is a step matched.
    private func longestCommonSubsequence(_ sequence: ArraySlice<UInt32>) -> Int {
        let words = (count + 63) / 64
        guard words > 0 else { return 0 }
        var open = [UInt64](repeating: .max, count: words)
        var match = [UInt64](repeating: 0, count: words)
        for activity in sequence {
            let steps = stepsOf[Int(activity)]
            if steps.isEmpty { continue }
            for step in steps { match[step >> 6] |= 1 << UInt64(step & 63) }
            var carry: UInt64 = 0
            for word in 0..<words {
                let hit = open[word] & match[word]
                let (half, first) = open[word].addingReportingOverflow(hit)
                let (sum, second) = half.addingReportingOverflow(carry)
                carry = first || second ? 1 : 0
                open[word] = sum | (open[word] & ~match[word])
            }
            for step in steps { match[step >> 6] = 0 }
        }
        var matched = 0
        for step in 0..<count where open[step >> 6] >> UInt64(step & 63) & 1 == 0 { matched += 1 }
        return matched
    }

    private func replay(_ sequence: ArraySlice<UInt32>, _ fit: inout PathConformance.Fit) {
        // Tokens in the place before each step; the last place is the end.
        var tokens = [Int](repeating: 0, count: count + 1)
        tokens[0] = 1
        fit.produced = 1
        for activity in sequence {
            let steps = stepsOf[Int(activity)]
            guard let first = steps.first else {
                fit.ignored += 1
                continue
            }
            let step = steps.first { tokens[$0] > 0 } ?? first
            if tokens[step] > 0 { tokens[step] -= 1 } else { fit.missing += 1 }
            tokens[step + 1] += 1
            fit.consumed += 1
            fit.produced += 1
        }
        if tokens[count] > 0 { tokens[count] -= 1 } else { fit.missing += 1 }
        fit.consumed += 1
        fit.remaining = tokens.reduce(0, +)
    }
}
