package import Experience

/// The upload file of the second version: one line a respondent, 17 columns.
///
/// An indicator is 0 for not ticked, 1 for ticked, "null" for a list this person was not asked: three different things.
package enum TrustAnswerFile {
    package static let columns: [String] =
        ["external_id", "question_1"] + MentionedDriver.allCases.map { "positive_\($0.rawValue)" }
        + MentionedDriver.allCases.map { "negative_\($0.rawValue)" } + ["question_4"]

    package static func write(_ answers: [TrustAnswer]) -> String {
        func mark(_ tick: Bool?) -> String { tick.map { $0 ? "1" : "0" } ?? "null" }
        var lines = CSVLines()
        lines.add(columns)
        for answer in answers {
            lines.add(
                [answer.externalID, String(answer.trust)] + answer.positive.map(mark) + answer.negative.map(mark)
                    + [answer.comment])
        }
        return lines.text
    }

    package struct Reading: Sendable {
        package var answers: [TrustAnswer]
        /// Nil when no row could be read.
        package var scale: TrustScale?
        package var problems: [CellProblem]
    }

    /// Reads and checks an upload.
    ///
    /// Refused with row and column: text where a value belongs, a trust answer off the scale, a list that is partly asked,
    /// the list of the other side ticked, an empty or repeated id. A column of 0 and 1 only is read as thumbs.
    package static func read(_ bytes: [UInt8]) throws(SurveyFileProblem) -> Reading {
        let table = try SurveyTable(bytes, columns: columns)
        guard !table.rows.isEmpty else { throw .noRows }
        let places = CellReader.places(table.columns)
        let trust = table.rows.map { row in
            let place = places["question_1"] ?? 0
            return row.cells.indices.contains(place) ? CellReader.whole(row.cells[place].stripped) : nil
        }
        let scale: TrustScale = trust.allSatisfy { $0.map { $0 <= 1 } ?? true } ? .thumbs : .agreement
        var reading = Reading(answers: [], scale: nil, problems: [])
        var seen: Set<String> = []
        for (row, value) in zip(table.rows, trust) {
            var cells = CellReader(row, places, width: table.columns.count)
            let answer = answer(&cells, value, scale)
            if !seen.insert(answer.externalID).inserted { cells.refuse("external_id", "stands in an earlier row too") }
            if cells.problems.isEmpty {
                reading.answers.append(answer)
                reading.scale = scale
            } else {
                reading.problems += cells.problems
            }
        }
        return reading
    }

    private static func answer(_ cells: inout CellReader, _ trust: Int?, _ scale: TrustScale) -> TrustAnswer {
        let id = cells.text("external_id").stripped
        if id.isEmpty { cells.refuse("external_id", "is empty; give every answer an id of its own") }
        if trust.map({ !scale.values.contains($0) }) ?? true {
            cells.refuse(
                "question_1",
                scale == .thumbs ? "must be 0 or 1 (or 1 to 5 in every row)" : "must be 1 to 5, as in the other rows")
        }
        func side(_ name: String) -> [Bool?] {
            let ticks = MentionedDriver.allCases.map { driver -> Bool? in
                let column = "\(name)_\(driver.rawValue)"
                switch cells.text(column).stripped.lowercased() {
                case "0": return false
                case "1": return true
                case "null": return nil
                case "":
                    cells.refuse(column, "is empty; write 0, 1, or null where it was not asked")
                    return nil
                default:
                    cells.refuse(column, "must be 0, 1 or null")
                    return nil
                }
            }
            return ticks
        }
        let positive = side("positive")
        let negative = side("negative")
        if let trust, scale.values.contains(trust) {
            let isPositive = scale.isPositive(trust)
            let other = isPositive ? negative : positive
            if let place = other.firstIndex(where: { $0 == true }) {
                let driver = MentionedDriver.allCases[place].rawValue
                cells.refuse(
                    isPositive ? "negative_\(driver)" : "positive_\(driver)",
                    "belongs to the other side of the trust answer in question_1; it must be null")
            }
        }
        return TrustAnswer(
            externalID: id, trust: trust ?? 0, positive: positive, negative: negative,
            comment: cells.text("question_4"))
    }
}
