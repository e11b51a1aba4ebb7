/// How often one activity came after another; in JSON the row `[from, to, count]`.
package struct PairCount: Sendable, Hashable, Codable {
    package var from: String
    package var to: String
    package var count: Int

    package init(_ from: String, _ to: String, _ count: Int) {
        self.from = from
        self.to = to
        self.count = count
    }

    package init(from decoder: any Decoder) throws {
        var row = try decoder.unkeyedContainer()
        from = try row.decode(String.self)
        to = try row.decode(String.self)
        count = try row.decode(Int.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var row = encoder.unkeyedContainer()
        try row.encode(from)
        try row.encode(to)
        try row.encode(count)
    }

    var cells: [AnswerCell] { [.text(from), .text(to), .integer(count)] }
}

/// One path and the journeys that took it; in JSON the row `[count, [activity, …]]`.
package struct VariantRow: Sendable, Hashable, Codable {
    package var count: Int
    package var path: [String]

    package init(_ count: Int, _ path: [String]) {
        self.count = count
        self.path = path
    }

    package init(from decoder: any Decoder) throws {
        var row = try decoder.unkeyedContainer()
        count = try row.decode(Int.self)
        path = try row.decode([String].self)
    }

    package func encode(to encoder: any Encoder) throws {
        var row = encoder.unkeyedContainer()
        try row.encode(count)
        try row.encode(path)
    }
}
