package import Experience

/// The survey file of the second version: one line a survey, in the 28 columns its readers know.
package enum TrustSurveyFile {
    package static let columns = [
        "id", "organization_id", "organization_abbreviation", "organization_name", "cx_collection_id",
        "cx_collection_fiscal_year", "cx_collection_quarter", "cx_collection_name",
        "cx_collection_service_provider_id", "cx_collection_service_provider_name",
        "cx_collection_service_provider_slug", "service_id", "service_name", "transaction_point", "channel",
        "service_stage_id", "service_stage_name", "service_stage_position", "service_stage_count",
        "volume_of_customers", "volume_of_customers_provided_survey_opportunity", "volume_of_respondents",
        "omb_control_number", "survey_type", "survey_title", "trust_question_text", "created_at", "updated_at",
    ]

    package static func write(_ surveys: [TrustSurvey]) -> String {
        var lines = CSVLines()
        lines.add(columns)
        func count(_ number: Int?) -> String { number.map { String($0) } ?? "" }
        for survey in surveys {
            lines.add([
                survey.id, survey.organisation.id, survey.organisation.abbreviation, survey.organisation.name,
                survey.collection.id, String(survey.quarter.year), String(survey.quarter.quarter),
                survey.collection.name, survey.providerID, survey.providerName, survey.providerSlug, survey.serviceID,
                survey.serviceName, survey.transactionPoint, survey.channel, survey.stage.id, survey.stage.name,
                survey.stage.position, survey.stage.count, count(survey.customers), count(survey.offered),
                count(survey.respondents), survey.controlNumber, survey.surveyType, survey.surveyTitle,
                survey.trustQuestion, survey.createdAt, survey.updatedAt,
            ])
        }
        return lines.text
    }

    package static func read(
        _ bytes: [UInt8]
    ) throws(SurveyFileProblem) -> (surveys: [TrustSurvey], problems: [CellProblem]) {
        let table = try SurveyTable(bytes, columns: columns)
        let places = CellReader.places(table.columns)
        var surveys: [TrustSurvey] = []
        var problems: [CellProblem] = []
        for row in table.rows {
            var cells = CellReader(row, places, width: table.columns.count)
            if let survey = survey(&cells), cells.problems.isEmpty {
                surveys.append(survey)
            } else {
                problems += cells.problems
            }
        }
        return (surveys, problems)
    }

    private static func survey(_ cells: inout CellReader) -> TrustSurvey? {
        let year = cells.count("cx_collection_fiscal_year")
        let number = cells.count("cx_collection_quarter")
        guard let quarter = FiscalQuarter(year: year ?? 0, quarter: number ?? 0) else {
            cells.refuse("cx_collection_quarter", "is, with its year, no fiscal quarter")
            return nil
        }
        return TrustSurvey(
            id: cells.text("id"),
            organisation: .init(
                id: cells.text("organization_id"), name: cells.text("organization_name"),
                abbreviation: cells.text("organization_abbreviation")),
            collection: .init(id: cells.text("cx_collection_id"), name: cells.text("cx_collection_name")),
            quarter: quarter, providerID: cells.text("cx_collection_service_provider_id"),
            providerName: cells.text("cx_collection_service_provider_name"),
            providerSlug: cells.text("cx_collection_service_provider_slug"), serviceID: cells.text("service_id"),
            serviceName: cells.text("service_name"), transactionPoint: cells.text("transaction_point"),
            channel: cells.text("channel"),
            stage: .init(
                id: cells.text("service_stage_id"), name: cells.text("service_stage_name"),
                position: cells.text("service_stage_position"), count: cells.text("service_stage_count")),
            customers: cells.count("volume_of_customers"),
            offered: cells.count("volume_of_customers_provided_survey_opportunity"),
            respondents: cells.count("volume_of_respondents"), controlNumber: cells.text("omb_control_number"),
            surveyType: cells.text("survey_type"), surveyTitle: cells.text("survey_title"),
            trustQuestion: cells.text("trust_question_text"), createdAt: cells.text("created_at"),
            updatedAt: cells.text("updated_at"))
    }
}
