package import Experience

/// The detail file of the first version: one line a question, 12 columns.
package struct SurveyDetail: Sendable, Hashable {
    package var item: SurveyItem
    package var text: String
    package var counts: [Int]
    package var notes: String
    package var startDate: CivilDate
    package var endDate: CivilDate

    package init(
        item: SurveyItem, text: String, counts: [Int], notes: String, startDate: CivilDate, endDate: CivilDate
    ) {
        self.item = item
        self.text = text
        self.counts = counts
        self.notes = notes
        self.startDate = startDate
        self.endDate = endDate
    }

    /// The lines of one survey: every question that was asked.
    package static func lines(of survey: SurveyQuarter) -> [SurveyDetail] {
        SurveyItem.allCases.compactMap { item in
            let asked = survey[item]
            guard asked.isAnswered || !asked.text.isEmpty else { return nil }
            return SurveyDetail(
                item: item, text: asked.text, counts: asked.counts, notes: "", startDate: survey.quarter.firstDay,
                endDate: survey.quarter.lastDay)
        }
    }

    package static let columns = [
        "standardized_question_number", "standardized_question_identifier", "customized_question_text",
        "likert_scale_1", "likert_scale_2", "likert_scale_3", "likert_scale_4", "likert_scale_5", "response_volume",
        "notes", "start_date", "end_date",
    ]

    /// "answer_01" to "answer_11".
    private static func identifier(_ item: SurveyItem) -> String {
        item.rawValue < 10 ? "answer_0\(item.rawValue)" : "answer_\(item.rawValue)"
    }

    package static func write(_ details: [SurveyDetail]) -> String {
        var lines = CSVLines()
        lines.add(columns)
        for detail in details {
            lines.add(
                [String(detail.item.rawValue), identifier(detail.item), detail.text]
                    + detail.counts.map { String($0) }
                    + [
                        String(detail.counts.reduce(0, +)), detail.notes, detail.startDate.description,
                        detail.endDate.description,
                    ])
        }
        return lines.text
    }

    package static func read(
        _ bytes: [UInt8]
    ) throws(SurveyFileProblem) -> (details: [SurveyDetail], problems: [CellProblem]) {
        let table = try SurveyTable(bytes, columns: columns)
        let places = CellReader.places(table.columns)
        var details: [SurveyDetail] = []
        var problems: [CellProblem] = []
        for row in table.rows {
            var cells = CellReader(row, places, width: table.columns.count)
            if let detail = detail(&cells), cells.problems.isEmpty {
                details.append(detail)
            } else {
                problems += cells.problems
            }
        }
        return (details, problems)
    }

    private static func detail(_ cells: inout CellReader) -> SurveyDetail? {
        let number = cells.count("standardized_question_number")
        guard let item = number.flatMap({ SurveyItem(rawValue: $0) }) else {
            cells.refuse("standardized_question_number", "is no question from 1 to 11")
            return nil
        }
        if cells.text("standardized_question_identifier") != identifier(item) {
            cells.refuse("standardized_question_identifier", "does not fit question \(item.rawValue)")
        }
        let counts = (1...5).map { cells.count("likert_scale_\($0)") ?? 0 }
        if let volume = cells.count("response_volume"), volume != counts.reduce(0, +) {
            cells.refuse("response_volume", "is not the sum of the five counts, \(counts.reduce(0, +))")
        }
        guard let start = cells.date("start_date"), let end = cells.date("end_date") else { return nil }
        return SurveyDetail(
            item: item, text: cells.text("customized_question_text"), counts: counts, notes: cells.text("notes"),
            startDate: start, endDate: end)
    }
}
