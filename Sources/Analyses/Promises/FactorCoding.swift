/// Which levels the model knows of each factor, and how a set of values is turned into them.
struct FactorCoding: Sendable {
    /// The attributes of each factor: one, or two for a pair.
    let factors: [[Int]]
    let names: [String]
    private let levels: [[String: Int32]]
    /// Upper edges of the bins of a numeric attribute; nil for words.
    private let edges: [[Double]?]
    private let pairs: [[UInt64: Int32]]

    /// A numeric attribute with more distinct values than this is cut into bins.
    static let mostNumericLevels = 24
    static let bins = 8
    /// Two attributes make a pair when neither has more levels than this.
    static let mostPairLevels = 50

    init(attributes: [String], values: [[String?]]) {
        var levels: [[String: Int32]] = []
        var edges: [[Double]?] = []
        for column in values {
            let cut = FactorCoding.edges(column)
            var known: [String: Int32] = [:]
            for value in column {
                guard let level = FactorCoding.level(value, cut), known[level] == nil else { continue }
                known[level] = Int32(known.count)
            }
            edges.append(cut)
            levels.append(known)
        }
        var factors = attributes.indices.map { [$0] }
        for a in attributes.indices {
            for b in attributes.indices where b > a {
                let sizes = [levels[a].count, levels[b].count]
                if sizes.allSatisfy({ (2...FactorCoding.mostPairLevels).contains($0) }) { factors.append([a, b]) }
            }
        }
        self.levels = levels
        self.edges = edges
        self.factors = factors
        names = factors.map { $0.map { attributes[$0] }.joined(separator: " × ") }
        var pairs: [[UInt64: Int32]] = []
        for factor in factors where factor.count == 2 {
            var known: [UInt64: Int32] = [:]
            for (x, y) in zip(values[factor[0]], values[factor[1]]) {
                guard let key = FactorCoding.key(x, y, factor, levels, edges), known[key] == nil else { continue }
                known[key] = Int32(known.count)
            }
            pairs.append(known)
        }
        self.pairs = pairs
    }

    /// Levels of each factor; factors beyond the single attributes are pairs.
    var sizes: [Int] { levels.map(\.count) + pairs.map(\.count) }

    /// The value behind a level of a single attribute's factor.
    func name(of level: Int32, factor: Int) -> String? {
        factor < levels.count ? levels[factor].first { $0.value == level }?.key : nil
    }

    func codes(values: [[String?]]) -> [[Int32]] {
        let count = values.first?.count ?? 0
        var columns = factors.map { _ in [Int32](repeating: -1, count: count) }
        for row in 0..<count {
            let codes = codes { values[$0][row] }
            for factor in columns.indices { columns[factor][row] = codes[factor] }
        }
        return columns
    }

    /// The level of each factor for one journey; −1 where the value is unknown or was never seen.
    func codes(_ value: (Int) -> String?) -> [Int32] {
        factors.enumerated().map { index, factor in
            if factor.count == 1 {
                let a = factor[0]
                return FactorCoding.level(value(a), edges[a]).flatMap { levels[a][$0] } ?? -1
            }
            let key = FactorCoding.key(value(factor[0]), value(factor[1]), factor, levels, edges)
            return key.flatMap { pairs[index - levels.count][$0] } ?? -1
        }
    }

    private static func key(
        _ x: String?, _ y: String?, _ factor: [Int], _ levels: [[String: Int32]], _ edges: [[Double]?]
    ) -> UInt64? {
        guard let p = level(x, edges[factor[0]]).flatMap({ levels[factor[0]][$0] }),
            let q = level(y, edges[factor[1]]).flatMap({ levels[factor[1]][$0] })
        else { return nil }
        return UInt64(UInt32(bitPattern: p)) << 32 | UInt64(UInt32(bitPattern: q))
    }

    private static func level(_ value: String?, _ edges: [Double]?) -> String? {
        guard let value, !value.isEmpty else { return nil }
        guard let edges else { return value }
        guard let number = Double(value), number.isFinite else { return nil }
        return "≤\(edges.first { number <= $0 } ?? .infinity)"
    }

    private static func edges(_ column: [String?]) -> [Double]? {
        var numbers: [Double] = []
        var present = 0
        var distinct: Set<Double> = []
        for case let value? in column where !value.isEmpty {
            present += 1
            guard let number = Double(value), number.isFinite else { continue }
            numbers.append(number)
            if distinct.count <= mostNumericLevels { distinct.insert(number) }
        }
        guard present > 0, numbers.count * 100 >= present * 95, distinct.count > mostNumericLevels else { return nil }
        numbers.sort()
        var edges: [Double] = []
        for bin in 1..<bins {
            let edge = numbers[numbers.count * bin / bins]
            if edges.last != edge { edges.append(edge) }
        }
        return edges
    }
}
