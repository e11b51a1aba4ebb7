/// Who passes work to whom: how often an event of one value of an attribute is straight followed by one of another.
///
/// Pairs in which either event has no value are counted apart, in ``unattributed``.
package struct Handover: Sendable, Hashable {
    package struct Edge: Sendable, Hashable {
        package var from: String
        package var to: String
        package var count: Int
    }

    /// By `from`, then `to`, in UTF-8 order.
    package var edges: [Edge] = []
    package var unattributed = 0
    package var total: Int { edges.reduce(0) { $0 + $1.count } }
    /// Pairs that stay with the same value.
    package var toSelf: Int { edges.reduce(0) { $0 + (sameText($1.from, $1.to) ? $1.count : 0) } }

    package init() {}

    package mutating func merge(_ other: Handover) {
        unattributed += other.unattributed
        edges = Self.sum(edges + other.edges)
    }

    static func sum(_ edges: [Edge]) -> [Edge] {
        let sorted = edges.sorted {
            sameText($0.from, $1.from) ? precedes($0.to, $1.to) : precedes($0.from, $1.from)
        }
        var result: [Edge] = []
        for edge in sorted {
            if let last = result.last, sameText(last.from, edge.from), sameText(last.to, edge.to) {
                result[result.count - 1].count += edge.count
            } else {
                result.append(edge)
            }
        }
        return result.filter { $0.count != 0 }
    }
}

extension EventLog {
    /// Handovers between the values of an event attribute; empty when the index is not one.
    package func handover(attribute: Int, threads: Int = 0) -> Handover {
        var result = Handover()
        guard attributes.indices.contains(attribute), attributes[attribute].level == .event else { return result }
        let alphabet = values[attribute].count + 1
        let parts = eachShare(threads) { pieces in
            var flows: [DirectlyFollows.Flow] = []
            var missing = 0
            for group in runsOfOneWidth(pieces, attribute) {
                guard let width = segments[group[0].segment].attributes[attribute]?.width else {
                    for piece in group { missing += pairCount(piece) }
                    continue
                }
                var pairs = BorderedPairs(alphabet: alphabet, width: width)
                for piece in group {
                    let segment = segments[piece.segment]
                    if let column = segment.attributes[attribute] { pairs.count(column, segment, piece.journeys) }
                }
                pairs.all.forEach { from, to, count in flows.append(.init(from: from, to: to, count: count)) }
                pairs.borders.forEach { from, to, count in flows.append(.init(from: from, to: to, count: -count)) }
            }
            return (flows, missing)
        }
        let flows = DirectlyFollows.sum(parts.flatMap(\.0))
        result.unattributed = parts.reduce(0) { $0 + $1.1 }
        var edges: [Handover.Edge] = []
        for flow in flows {
            if flow.from == 0 || flow.to == 0 {
                result.unattributed += flow.count
            } else {
                let book = values[attribute]
                edges.append(.init(from: book[flow.from], to: book[flow.to], count: flow.count))
            }
        }
        result.edges = Handover.sum(edges)
        return result
    }

    private func pairCount(_ piece: LogPiece) -> Int {
        let segment = segments[piece.segment]
        return piece.journeys.reduce(0) { $0 + max(0, segment.events($1).count - 1) }
    }

    /// Pieces in order, split where the attribute's width of code changes or the attribute is missing.
    private func runsOfOneWidth(_ pieces: [LogPiece], _ attribute: Int) -> [[LogPiece]] {
        var runs: [[LogPiece]] = []
        var last = -1
        for piece in pieces {
            let width = segments[piece.segment].attributes[attribute]?.width ?? 0
            if width == last {
                runs[runs.count - 1].append(piece)
            } else {
                runs.append([piece])
                last = width
            }
        }
        return runs
    }
}
