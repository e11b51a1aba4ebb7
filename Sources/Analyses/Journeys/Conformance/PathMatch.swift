/// How one path stands to a promised sequence of steps: the longest common subsequence, and names for the rest.
struct PathMatch {
    /// For each promised step, the position of the event that is it; nil when there is none in order.
    var matched: [Int?]
    /// Promised steps the journey never did.
    var skipped: [Int]
    /// Promised steps the journey did, but not in their place.
    var outOfOrder: [Int]
    /// Positions of events that do a promised activity once more than promised.
    var repeated: [Int]
    /// Positions of events whose activity is not promised.
    var extra: [Int]
    /// Events and steps left over: the cost of the cheapest alignment with the path.
    var deviations: Int

    /// - Parameter steps: activity numbers; -1 for an activity the log does not have.
    init(_ path: [Int], _ steps: [Int]) {
        let (n, m) = (path.count, steps.count)
        var longest = [Int](repeating: 0, count: (n + 1) * (m + 1))
        for i in stride(from: n - 1, through: 0, by: -1) {
            for j in stride(from: m - 1, through: 0, by: -1) {
                longest[i * (m + 1) + j] =
                    path[i] == steps[j]
                    ? longest[(i + 1) * (m + 1) + j + 1] + 1
                    : max(longest[(i + 1) * (m + 1) + j], longest[i * (m + 1) + j + 1])
            }
        }
        matched = [Int?](repeating: nil, count: m)
        var isMatched = [Bool](repeating: false, count: n)
        var (i, j) = (0, 0)
        while i < n, j < m {
            if path[i] == steps[j] {
                matched[j] = i
                isMatched[i] = true
                i += 1
                j += 1
            } else if longest[(i + 1) * (m + 1) + j] >= longest[i * (m + 1) + j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        deviations = n + m - 2 * longest[0]
        let promised = Set(steps)
        var left: [Int: [Int]] = [:]
        extra = []
        for position in 0..<n where !isMatched[position] {
            if promised.contains(path[position]) {
                left[path[position], default: []].append(position)
            } else {
                extra.append(position)
            }
        }
        skipped = []
        outOfOrder = []
        for step in 0..<m where matched[step] == nil {
            if let events = left[steps[step]], !events.isEmpty {
                outOfOrder.append(step)
                left[steps[step]] = Array(events.dropFirst())
            } else {
                skipped.append(step)
            }
        }
        repeated = left.values.flatMap { $0 }.sorted()
    }
}
