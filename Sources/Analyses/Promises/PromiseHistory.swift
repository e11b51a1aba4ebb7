/// One journey as the promise model sees it: days since 1970-01-01, attribute values as text.
package struct PromiseRow: Sendable, Hashable {
    package var start: Int
    /// One entry a milestone, in the order of the history's milestones; nil = not (yet) reached.
    package var milestones: [Int?]
    /// Nil = still open when the data were taken.
    package var end: Int?
    /// One entry an attribute; nil or empty = not known.
    package var values: [String?]
    /// The organisation's own promised day, where it gave one.
    package var own: Int?
    /// Working days in which the promise's clock stood still: its date moves by them.
    package var still: Int

    package init(
        start: Int, milestones: [Int?] = [], end: Int?, values: [String?], own: Int? = nil, still: Int = 0
    ) {
        self.start = start
        self.milestones = milestones
        self.end = end
        self.values = values
        self.own = own
        self.still = still
    }
}

/// Journeys to learn from, in columns, ordered by start.
///
/// A factor is what the model has an effect for: an attribute, or a pair of attributes with few values (from where to
/// where). Numeric attributes with many values are cut into bins of equal counts.
package struct PromiseHistory: Sendable {
    package static let never = Int32.max

    package let attributes: [String]
    package let milestones: [String]
    package let start: [Int32]
    /// For each stage boundary after the start (milestones, then the end) the day it was reached, or `never`.
    package let reached: [[Int32]]
    package let own: [Int32]
    /// Working days in which the clock stood still; empty where it never did.
    let still: [Int32]
    /// The position of each journey in the rows it was made from.
    package let origin: [Int32]
    /// For each factor the level of every journey, −1 = not known.
    let codes: [[Int32]]
    let coding: FactorCoding

    package var count: Int { start.count }
    package var stages: Int { reached.count }

    /// Rows whose end or milestones precede their start must be left out by the caller.
    package init(rows: [PromiseRow], attributes: [String], milestones: [String] = []) {
        self.attributes = attributes
        self.milestones = milestones
        let order = rows.indices.sorted { (rows[$0].start, $0) < (rows[$1].start, $1) }
        origin = order.map { Int32($0) }
        start = order.map { PromiseHistory.day(rows[$0].start) }
        own = order.map { PromiseHistory.day(rows[$0].own) }
        still =
            rows.contains { $0.still > 0 } ? order.map { Int32(clamping: min(max(0, rows[$0].still), 100_000)) } : []
        var reached: [[Int32]] = milestones.indices.map { m in
            order.map { PromiseHistory.day(m < rows[$0].milestones.count ? rows[$0].milestones[m] : nil) }
        }
        reached.append(order.map { PromiseHistory.day(rows[$0].end) })
        self.reached = reached
        let values = attributes.indices.map { a in
            order.map { a < rows[$0].values.count ? rows[$0].values[a] : nil }
        }
        coding = FactorCoding(attributes: attributes, values: values)
        codes = coding.codes(values: values)
    }

    private static func day(_ day: Int?) -> Int32 {
        guard let day else { return never }
        return Int32(min(max(day, -40_000), 160_000))
    }

    /// The day on which a journey entered a stage (0 = its start); `never` when it has not.
    @inline(__always)
    func entered(_ stage: Int, _ row: Int) -> Int32 { stage == 0 ? start[row] : reached[stage - 1][row] }

    var ends: [Int32] { reached[reached.count - 1] }

    /// The last day anything is known of.
    package var lastDay: Int {
        var last = start.last.map { Int($0) } ?? 0
        for column in reached {
            for day in column where day != PromiseHistory.never { last = max(last, Int(day)) }
        }
        return last
    }
}
