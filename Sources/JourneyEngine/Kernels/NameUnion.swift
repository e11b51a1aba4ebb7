/// The union of two lists of names, each in UTF-8 order without repeats, and where each name of the two went.
struct NameUnion {
    var names: [String] = []
    var left: [Int] = []
    var right: [Int] = []

    init(_ first: [String], _ second: [String]) {
        if first == second, zip(first, second).allSatisfy(sameText) {
            names = first
            left = Array(first.indices)
            right = left
            return
        }
        var at = 0
        var to = 0
        while at < first.count || to < second.count {
            let takesLeft = to == second.count || (at < first.count && !precedes(second[to], first[at]))
            let takesRight = at == first.count || (to < second.count && !precedes(first[at], second[to]))
            names.append(takesLeft ? first[at] : second[to])
            if takesLeft {
                left.append(names.count - 1)
                at += 1
            }
            if takesRight {
                right.append(names.count - 1)
                to += 1
            }
        }
    }

    /// Two lists of counts by name, added.
    func add(_ first: [Int], _ second: [Int]) -> [Int] {
        var sum = [Int](repeating: 0, count: names.count)
        for (index, count) in first.enumerated() { sum[left[index]] += count }
        for (index, count) in second.enumerated() { sum[right[index]] += count }
        return sum
    }
}
