/// The directly-follows graph of some traces and the four ways the inductive miner cuts it.
struct FollowsGraph {
    /// Ascending.
    let activities: [Int]
    var starts: [Int: Int] = [:]
    var ends: [Int: Int] = [:]
    private var follows: [Int: [Int: Int]] = [:]

    init(_ traces: InductiveMiner.Traces) {
        var seen: Set<Int> = []
        for (trace, count) in traces {
            guard let first = trace.first, let last = trace.last else { continue }
            seen.formUnion(trace)
            starts[first, default: 0] += count
            ends[last, default: 0] += count
            for (a, b) in zip(trace, trace.dropFirst()) { follows[a, default: [:]][b, default: 0] += count }
        }
        activities = seen.sorted()
    }

    /// Without flows, starts and ends rarer than `noise` times the commonest beside them.
    func filtered(_ noise: Double) -> FollowsGraph {
        var graph = self
        for (a, targets) in follows {
            let most = max(targets.values.max() ?? 0, ends[a] ?? 0)
            graph.follows[a] = targets.filter { Double($0.value) >= noise * Double(most) }
        }
        func common(_ counts: [Int: Int]) -> [Int: Int] {
            let most = counts.values.max() ?? 0
            return counts.filter { Double($0.value) >= noise * Double(most) }
        }
        graph.starts = common(starts)
        graph.ends = common(ends)
        return graph
    }

    private func has(_ a: Int, _ b: Int) -> Bool { follows[a]?[b] != nil }

    /// Parts of `members` joined by `isJoined`, each ascending, ordered by first member.
    private func components(_ members: [Int], _ isJoined: (Int, Int) -> Bool) -> [[Int]] {
        var parent = Array(members.indices)
        func root(_ i: Int) -> Int {
            var i = i
            while parent[i] != i { i = parent[i] }
            return i
        }
        for i in members.indices {
            for j in (i + 1)..<max(i + 1, members.count) where isJoined(members[i], members[j]) {
                let (a, b) = (root(i), root(j))
                if a != b { parent[max(a, b)] = min(a, b) }
            }
        }
        var groups: [Int: [Int]] = [:]
        for i in members.indices { groups[root(i), default: []].append(members[i]) }
        return groups.keys.sorted().map { groups[$0] ?? [] }
    }

    func exclusiveCut() -> [[Int]]? {
        let parts = components(activities) { has($0, $1) || has($1, $0) }
        return parts.count > 1 ? parts : nil
    }

    /// Parts between which all ways lead in one direction.
    func sequenceCut() -> [[Int]]? {
        let n = activities.count
        guard n > 1 else { return nil }
        var reach = [Bool](repeating: false, count: n * n)
        for i in 0..<n { for j in 0..<n where has(activities[i], activities[j]) { reach[i * n + j] = true } }
        for k in 0..<n {
            for i in 0..<n where reach[i * n + k] {
                for j in 0..<n where reach[k * n + j] { reach[i * n + j] = true }
            }
        }
        var place: [Int: Int] = [:]
        for (index, activity) in activities.enumerated() { place[activity] = index }
        func leads(_ a: Int, _ b: Int) -> Bool { reach[(place[a] ?? 0) * n + (place[b] ?? 0)] }
        // Activities that reach each other both ways, or neither way, stay together. Joining can make two parts lead
        // both ways to one another, so it is done until nothing changes.
        var parts = components(activities) { leads($0, $1) == leads($1, $0) }
        var isStable = false
        while !isStable, parts.count > 1 {
            isStable = true
            outer: for i in parts.indices {
                for j in parts.indices where j > i {
                    let forth = parts[i].contains { a in parts[j].contains { leads(a, $0) } }
                    let back = parts[j].contains { a in parts[i].contains { leads(a, $0) } }
                    if forth == back {
                        parts[i] = (parts[i] + parts[j]).sorted()
                        parts.remove(at: j)
                        isStable = false
                        break outer
                    }
                }
            }
        }
        guard parts.count > 1 else { return nil }
        func before(_ i: [Int], _ j: [Int]) -> Bool { i.contains { a in j.contains { leads(a, $0) } } }
        return parts.indices.sorted { left, right in
            let a = parts.count { before($0, parts[left]) && $0 != parts[left] }
            let b = parts.count { before($0, parts[right]) && $0 != parts[right] }
            return (a, left) < (b, right)
        }.map { parts[$0] }
    }

    /// Parts that follow each other every way, each with a first and a last activity of its own.
    func parallelCut() -> [[Int]]? {
        var parts = components(activities) { !(has($0, $1) && has($1, $0)) }
        func isWhole(_ part: [Int]) -> Bool {
            part.contains { starts[$0] != nil } && part.contains { ends[$0] != nil }
        }
        while parts.count > 1, let lacking = parts.firstIndex(where: { !isWhole($0) }) {
            let part = parts.remove(at: lacking)
            let host = parts.firstIndex { isWhole(($0 + part)) } ?? 0
            parts[host] = (parts[host] + part).sorted()
        }
        return parts.count > 1 ? parts : nil
    }

    /// A body that holds every first and last activity, and ways back from its ends to its starts.
    func loopCut() -> [[Int]]? {
        var body = Set(starts.keys).union(ends.keys)
        var redo = components(activities.filter { !body.contains($0) }) { has($0, $1) || has($1, $0) }
        var isStable = false
        while !isStable {
            isStable = true
            for index in redo.indices where !isRedo(redo[index], body) {
                body.formUnion(redo.remove(at: index))
                isStable = false
                break
            }
        }
        return redo.isEmpty ? nil : [body.sorted()] + redo
    }

    private func isRedo(_ part: [Int], _ body: Set<Int>) -> Bool {
        for activity in part {
            let into = body.filter { has($0, activity) }
            let out = body.filter { has(activity, $0) }
            if into.contains(where: { ends[$0] == nil }) || out.contains(where: { starts[$0] == nil }) { return false }
            if !into.isEmpty, into.count != ends.count { return false }
            if !out.isEmpty, out.count != starts.count { return false }
        }
        return true
    }
}
