package import Experience

/// The header file of the first version: one line a survey, 16 columns.
package struct SurveyHeader: Sendable, Hashable {
    package var comment: String
    package var instrument: String
    package var contactName: String
    package var contactEmail: String
    package var department: String
    package var bureau: String
    package var service: String
    package var transactionPoint: String
    package var mode: String
    package var startDate: CivilDate
    package var endDate: CivilDate
    package var customers: Int?
    package var offered: Int?
    package var responses: Int?
    package var controlNumber: String
    package var registerURL: String

    /// The header of a survey; contact and comment are the sender's to add.
    package init(
        _ survey: SurveyQuarter, comment: String = "", instrument: String = "", contactName: String = "",
        contactEmail: String = ""
    ) {
        self.comment = comment
        self.instrument = instrument
        self.contactName = contactName
        self.contactEmail = contactEmail
        department = survey.organisation.name
        bureau = survey.provider.name
        service = survey.serviceProvided
        transactionPoint = survey.transactionPoint
        mode = survey.channel
        startDate = survey.quarter.firstDay
        endDate = survey.quarter.lastDay
        customers = survey.customers
        offered = survey.offered
        responses = survey.respondents
        controlNumber = survey.controlNumber
        registerURL = survey.registerURL
    }

    package static let columns = [
        "submission_comment", "survey_instrument_reference", "agency_poc_name", "agency_poc_email", "department",
        "bureau", "service", "transaction_point", "mode", "start_date", "end_date", "total_volume",
        "survey_opp_volume", "response_count", "OMB_control_number", "federal_register_url",
    ]

    package static func write(_ headers: [SurveyHeader]) -> String {
        var lines = CSVLines()
        lines.add(columns)
        func count(_ number: Int?) -> String { number.map { String($0) } ?? "" }
        for header in headers {
            lines.add([
                header.comment, header.instrument, header.contactName, header.contactEmail, header.department,
                header.bureau, header.service, header.transactionPoint, header.mode, header.startDate.description,
                header.endDate.description, count(header.customers), count(header.offered), count(header.responses),
                header.controlNumber, header.registerURL,
            ])
        }
        return lines.text
    }

    package static func read(
        _ bytes: [UInt8]
    ) throws(SurveyFileProblem) -> (headers: [SurveyHeader], problems: [CellProblem]) {
        let table = try SurveyTable(bytes, columns: columns)
        let places = CellReader.places(table.columns)
        var headers: [SurveyHeader] = []
        var problems: [CellProblem] = []
        for row in table.rows {
            var cells = CellReader(row, places, width: table.columns.count)
            if let header = SurveyHeader(&cells), cells.problems.isEmpty {
                headers.append(header)
            } else {
                problems += cells.problems
            }
        }
        return (headers, problems)
    }

    private init?(_ cells: inout CellReader) {
        guard let start = cells.date("start_date"), let end = cells.date("end_date") else { return nil }
        comment = cells.text("submission_comment")
        instrument = cells.text("survey_instrument_reference")
        contactName = cells.text("agency_poc_name")
        contactEmail = cells.text("agency_poc_email")
        department = cells.text("department")
        bureau = cells.text("bureau")
        service = cells.text("service")
        transactionPoint = cells.text("transaction_point")
        mode = cells.text("mode")
        startDate = start
        endDate = end
        customers = cells.count("total_volume")
        offered = cells.count("survey_opp_volume")
        responses = cells.count("response_count")
        controlNumber = cells.text("OMB_control_number")
        registerURL = cells.text("federal_register_url")
    }
}

extension CellReader {
    /// A day written 2021-03-31.
    mutating func date(_ column: String) -> CivilDate? {
        guard let date = CivilDate(text(column).stripped) else {
            refuse(column, "is no day written like 2021-03-31")
            return nil
        }
        return date
    }
}
