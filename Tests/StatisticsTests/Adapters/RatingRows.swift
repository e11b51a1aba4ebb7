import Statistics

/// Responses as the fixtures write them: `{drivers, responses, weights}`, null for an item not answered.
extension RatingTable {
    init(_ input: JSON) throws {
        let rows = try input["responses"].array.map { row in try row.array.map { $0.isNull ? nil : try $0.int } }
        let width = rows.first?.count ?? 0
        try self.init(
            drivers: try input.optional("drivers")?.strings ?? (0..<width).map(String.init), rows: rows,
            weights: try input.optional("weights")?.doubles)
    }
}

extension RatingScore {
    static let named: [(String, RatingScore)] = [("top2", .top2), ("net", .net), ("mean", .mean)]
}
