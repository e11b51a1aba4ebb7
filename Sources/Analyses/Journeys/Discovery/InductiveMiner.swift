/// Finds a process tree by cutting the log's activities apart, again and again (inductive miner; Leemans, Fahland &
/// van der Aalst 2013; with noise, IMf, 2014).
///
/// With noise 0 every journey of the log fits the tree. With noise above 0, flows rarer than that share of the
/// commonest flow out of the same activity are left out where no cut is found otherwise, so rare behaviour may not fit.
package struct InductiveMiner {
    /// 0 to 1.
    package let noise: Double
    private let names: [String]

    typealias Traces = [[Int]: Int]

    /// - Parameter noise: outside 0 to 1 it is brought to the nearest end.
    package static func tree(of log: VariantLog, noise: Double = 0) -> ProcessTree {
        let miner = InductiveMiner(noise: min(max(noise.isNaN ? 0 : noise, 0), 1), names: log.activities)
        var traces: Traces = [:]
        for variant in log.variants { traces[variant.path, default: 0] += variant.count }
        return miner.mine(traces)
    }

    private init(noise: Double, names: [String]) {
        self.noise = noise
        self.names = names
    }

    private func mine(_ log: Traces) -> ProcessTree {
        var traces = log
        let total = traces.values.reduce(0, +)
        if let empty = traces.removeValue(forKey: []) {
            if traces.isEmpty { return .silent }
            if Double(empty) > noise * Double(total) || noise == 0 { return .exclusive([.silent, mine(traces)]) }
        }
        if traces.isEmpty { return .silent }
        let graph = FollowsGraph(traces)
        if graph.activities.count == 1, let only = graph.activities.first {
            let repeats = traces.reduce(0) { $0 + ($1.key.count > 1 ? $1.value : 0) }
            if repeats == 0 || Double(repeats) < noise * Double(total) { return .activity(names[only]) }
            return .loop([.activity(names[only]), .silent])
        }
        if let found = split(traces, graph) { return found }
        if noise > 0, let found = split(traces, graph.filtered(noise)) { return found }
        return fallThrough(traces, graph)
    }

    /// The first cut that applies, and the trees of its parts.
    private func split(_ traces: Traces, _ graph: FollowsGraph) -> ProcessTree? {
        if let parts = graph.exclusiveCut() { return .exclusive(exclusive(traces, parts).map(mine)) }
        if let parts = graph.sequenceCut() { return .sequence(projected(traces, parts).map(mine)) }
        if let parts = graph.parallelCut() { return .parallel(projected(traces, parts).map(mine)) }
        if let parts = graph.loopCut() { return .loop(looped(traces, parts).map(mine)) }
        return nil
    }

    private func partOf(_ parts: [[Int]]) -> [Int: Int] {
        var of: [Int: Int] = [:]
        for (index, part) in parts.enumerated() { for activity in part { of[activity] = index } }
        return of
    }

    /// Each trace goes whole to the part it has most of; what else it has is dropped (only with noise is there any).
    private func exclusive(_ traces: Traces, _ parts: [[Int]]) -> [Traces] {
        let of = partOf(parts)
        var logs = [Traces](repeating: [:], count: parts.count)
        for (trace, count) in traces {
            var sizes = [Int](repeating: 0, count: parts.count)
            for activity in trace { sizes[of[activity] ?? 0] += 1 }
            let best = sizes.indices.max { sizes[$0] < sizes[$1] || (sizes[$0] == sizes[$1] && $0 > $1) } ?? 0
            logs[best][trace.filter { of[$0] == best }, default: 0] += count
        }
        return logs
    }

    private func projected(_ traces: Traces, _ parts: [[Int]]) -> [Traces] {
        let of = partOf(parts)
        var logs = [Traces](repeating: [:], count: parts.count)
        for (trace, count) in traces {
            var pieces = [[Int]](repeating: [], count: parts.count)
            for activity in trace { if let part = of[activity] { pieces[part].append(activity) } }
            for (part, piece) in pieces.enumerated() { logs[part][piece, default: 0] += count }
        }
        return logs
    }

    /// Part 0 is the body; every run of one part is a trace of its own.
    private func looped(_ traces: Traces, _ parts: [[Int]]) -> [Traces] {
        let of = partOf(parts)
        var logs = [Traces](repeating: [:], count: parts.count)
        for (trace, count) in traces {
            var part = 0
            var run: [Int] = []
            for activity in trace {
                let next = of[activity] ?? 0
                if next != part {
                    // Between two redo runs the body was left out; with noise 0 this cannot be.
                    logs[part][run, default: 0] += count
                    if part != 0, next != 0 { logs[0][[], default: 0] += count }
                    run = []
                    part = next
                }
                run.append(activity)
            }
            logs[part][run, default: 0] += count
            if part != 0 { logs[0][[], default: 0] += count }
        }
        return logs
    }

    private func fallThrough(_ traces: Traces, _ graph: FollowsGraph) -> ProcessTree {
        for activity in graph.activities where traces.keys.allSatisfy({ $0.count { $0 == activity } == 1 }) {
            let rest = without(activity, traces)
            return .parallel([.activity(names[activity]), mine(rest)])
        }
        for activity in graph.activities {
            let rest = without(activity, traces)
            let smaller = FollowsGraph(rest.filter { !$0.key.isEmpty })
            guard
                smaller.exclusiveCut() != nil || smaller.sequenceCut() != nil || smaller.parallelCut() != nil
                    || smaller.loopCut() != nil
            else { continue }
            var alone: Traces = [:]
            for (trace, count) in traces { alone[trace.filter { $0 == activity }, default: 0] += count }
            return .parallel([mine(alone), mine(rest)])
        }
        let strict = cut(traces) { graph.ends[$0] != nil && graph.starts[$1] != nil }
        if strict.values.reduce(0, +) > traces.values.reduce(0, +) { return .loop([mine(strict), .silent]) }
        let loose = cut(traces) { graph.starts[$1] != nil }
        if loose.values.reduce(0, +) > traces.values.reduce(0, +) { return .loop([mine(loose), .silent]) }
        return .loop([.silent] + graph.activities.map { .activity(names[$0]) })
    }

    private func without(_ activity: Int, _ traces: Traces) -> Traces {
        var rest: Traces = [:]
        for (trace, count) in traces { rest[trace.filter { $0 != activity }, default: 0] += count }
        return rest
    }

    /// Traces cut between two neighbours where `isBorder` says so.
    private func cut(_ traces: Traces, _ isBorder: (Int, Int) -> Bool) -> Traces {
        var pieces: Traces = [:]
        for (trace, count) in traces {
            var run: [Int] = []
            for activity in trace {
                if let last = run.last, isBorder(last, activity) {
                    pieces[run, default: 0] += count
                    run = []
                }
                run.append(activity)
            }
            pieces[run, default: 0] += count
        }
        return pieces
    }
}
