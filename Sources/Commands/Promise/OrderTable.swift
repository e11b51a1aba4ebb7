package import Analyses
internal import Experience
internal import Formats

/// Journeys of a table with one line each, as the back-test takes them: which columns hold what.
package struct OrderTable: Sendable {
    package var rows: [PromiseRow] = []
    package var milestones: [String] = []
    /// Lines left out, by reason.
    package var left: [String: Int] = [:]

    /// `milestones` nil = every column of times that lies between start and end wherever all three are known.
    init(
        _ table: DelimitedTable, from: String, to: String, by attributes: [String], own: String?,
        milestones named: [String]?
    ) throws {
        let start = try table.index(of: from)
        let end = try table.index(of: to)
        let byIndex = try attributes.map { try table.index(of: $0) }
        let ownIndex = try own.map { try table.index(of: $0) }
        let starts = table.rows.map { Self.day($0[start]) }
        let ends = table.rows.map { Self.day($0[end]) }
        let taken = Set([start, end] + byIndex + (ownIndex.map { [$0] } ?? []))
        let stops: [Int]
        if let named {
            stops = try named.map { try table.index(of: $0) }
        } else {
            stops = Self.milestones(table, starts, ends, leaving: taken)
        }
        self.milestones = stops.map { table.columns[$0] }
        if table.ragged > 0 { left["another number of fields than the header"] = table.ragged }
        for (line, row) in table.rows.enumerated() {
            guard let started = starts[line] else {
                left["no readable \(from)", default: 0] += 1
                continue
            }
            if ends[line] == nil, !row[end].isEmpty {
                left["unreadable \(to)", default: 0] += 1
                continue
            }
            if let ended = ends[line], ended < started {
                left["\(to) before \(from)", default: 0] += 1
                continue
            }
            var reached = stops.map { Self.day(row[$0]) }
            // A milestone out of order says nothing: it is read as not recorded.
            for index in reached.indices {
                guard let day = reached[index] else { continue }
                let earliest = reached[..<index].compactMap { $0 }.max() ?? started
                if day < earliest || day > ends[line] ?? day { reached[index] = nil }
            }
            rows.append(
                PromiseRow(
                    start: started, milestones: reached, end: ends[line],
                    values: byIndex.map { row[$0].isEmpty ? nil : row[$0] },
                    own: ownIndex.flatMap { Self.day(row[$0]) }))
        }
    }

    /// The local date as written: the time of day and any offset don't move it.
    static func day(_ text: String) -> Int? {
        if text.utf8.count >= 10, let date = CivilDate(text.prefix(10)) { return date.daysSince1970 }
        guard let microseconds = TimeFormat.microseconds(text) else { return nil }
        return CivilDate(utc: Instant(microseconds: microseconds)).daysSince1970
    }

    /// Columns that are times in at least 95 of 100 filled cells, filled for at least 80 of 100 ended journeys, and
    /// within start and end for 95 of 100 of those; in the order in which they usually happen.
    private static func milestones(
        _ table: DelimitedTable, _ starts: [Int?], _ ends: [Int?], leaving taken: Set<Int>
    ) -> [Int] {
        var found: [(column: Int, share: Double)] = []
        let ended = table.rows.indices.filter { starts[$0] != nil && ends[$0] != nil }
        guard ended.count >= 15 else { return [] }
        for column in table.columns.indices where !taken.contains(column) {
            var (filled, readable, between, share) = (0, 0, 0, 0.0)
            for line in ended where !table.rows[line][column].isEmpty {
                filled += 1
                guard let day = day(table.rows[line][column]), let start = starts[line], let end = ends[line] else {
                    continue
                }
                readable += 1
                guard day >= start, day <= end else { continue }
                between += 1
                share += end > start ? Double(day - start) / Double(end - start) : 0.5
            }
            guard filled * 100 >= ended.count * 80, readable * 100 >= filled * 95, between * 100 >= readable * 95 else {
                continue
            }
            found.append((column, share / Double(max(between, 1))))
        }
        return found.sorted { ($0.share, $0.column) < ($1.share, $1.column) }.map(\.column)
    }
}
