package import Experience

/// The layout in which quarterly survey data are published: one line a survey and quarter, 104 columns.
package enum PublishedSurveys {
    package struct Reading: Sendable {
        package var rows: [Row]
        package var problems: [CellProblem]
    }

    package struct Row: Sendable, Hashable {
        /// As a spreadsheet numbers it: the header is row 1.
        package var number: Int
        package var survey: SurveyQuarter

        package init(number: Int, survey: SurveyQuarter) {
            self.number = number
            self.survey = survey
        }
    }

    private static let head = [
        "id", "type", "attributes_organization_id", "attributes_organization_name",
        "attributes_organization_abbreviation", "attributes_service_provider_id", "attributes_service_provider_name",
        "attributes_collection_id", "attributes_collection_name", "attributes_collection_year",
        "attributes_collection_quarter", "attributes_service_provided", "attributes_transaction_point",
        "attributes_channel", "attributes_volume_of_customers",
        "attributes_volume_of_customers_provided_survey_opportunity", "attributes_volume_of_respondents",
        "attributes_omb_control_number", "attributes_federal_register_url",
    ]
    private static let tail = [
        "attributes_created_at", "attributes_updated_at", "attributes_operational_metrics", "attributes_service_id",
        "attributes_service_name", "attributes_service_slug", "service_desc", "service_provider_desc",
    ]

    package static let columns: [String] =
        head
        + SurveyItem.allCases.flatMap { item in
            ["text", "1", "2", "3", "4", "5", "point_scale"].map { "attributes_q\(item.rawValue)_\($0)" }
        } + tail

    /// Reads a file. A row with a cell that can't be taken is left out and told; the others stand.
    package static func read(_ bytes: [UInt8]) throws(SurveyFileProblem) -> Reading {
        let table = try SurveyTable(bytes, columns: columns)
        guard !table.rows.isEmpty else { throw .noRows }
        let places = CellReader.places(table.columns)
        var reading = Reading(rows: [], problems: [])
        for row in table.rows {
            var cells = CellReader(row, places, width: table.columns.count)
            let survey = survey(&cells)
            if let survey, cells.problems.isEmpty {
                reading.rows.append(Row(number: row.number, survey: survey))
            } else {
                reading.problems += cells.problems
            }
        }
        return reading
    }

    private static func survey(_ cells: inout CellReader) -> SurveyQuarter? {
        let year = cells.count("attributes_collection_year")
        let quarter = cells.count("attributes_collection_quarter")
        guard let fiscal = FiscalQuarter(year: year ?? 0, quarter: quarter ?? 0) else {
            let isYear = FiscalQuarter(year: year ?? 0, quarter: 1) == nil
            cells.refuse(
                isYear ? "attributes_collection_year" : "attributes_collection_quarter",
                isYear ? "is no fiscal year like 2021" : "is no quarter from 1 to 4")
            return nil
        }
        let items = SurveyItem.allCases.map { item in
            let name = "attributes_q\(item.rawValue)_"
            return SurveyQuarter.Item(
                text: cells.text(name + "text"), counts: (1...5).map { cells.count("\(name)\($0)") ?? 0 },
                publishedMean: cells.number(name + "point_scale"))
        }
        return SurveyQuarter(
            id: cells.text("id"), kind: cells.text("type"),
            organisation: .init(
                id: cells.text("attributes_organization_id"), name: cells.text("attributes_organization_name"),
                abbreviation: cells.text("attributes_organization_abbreviation")),
            provider: .init(
                id: cells.text("attributes_service_provider_id"), name: cells.text("attributes_service_provider_name"),
                text: cells.text("service_provider_desc")),
            collection: .init(
                id: cells.text("attributes_collection_id"), name: cells.text("attributes_collection_name")),
            quarter: fiscal, serviceProvided: cells.text("attributes_service_provided"),
            transactionPoint: cells.text("attributes_transaction_point"), channel: cells.text("attributes_channel"),
            customers: cells.count("attributes_volume_of_customers"),
            offered: cells.count("attributes_volume_of_customers_provided_survey_opportunity"),
            respondents: cells.count("attributes_volume_of_respondents"),
            controlNumber: cells.text("attributes_omb_control_number"),
            registerURL: cells.text("attributes_federal_register_url"), items: items,
            createdAt: cells.text("attributes_created_at"), updatedAt: cells.text("attributes_updated_at"),
            operationalMetrics: cells.text("attributes_operational_metrics"),
            service: .init(
                id: cells.text("attributes_service_id"), name: cells.text("attributes_service_name"),
                slug: cells.text("attributes_service_slug"), text: cells.text("service_desc")))
    }

    /// The surveys as a file of the same layout, volumes and means written as published ("9707552.0", "4.7").
    package static func write(_ surveys: [SurveyQuarter]) -> String {
        var lines = CSVLines()
        lines.add(columns)
        for survey in surveys { lines.add(cells(survey)) }
        return lines.text
    }

    private static func cells(_ survey: SurveyQuarter) -> [String] {
        func volume(_ count: Int?) -> String { count.map { "\(Double($0))" } ?? "" }
        var cells = [
            survey.id, survey.kind, survey.organisation.id, survey.organisation.name,
            survey.organisation.abbreviation, survey.provider.id, survey.provider.name, survey.collection.id,
            survey.collection.name, String(survey.quarter.year), String(survey.quarter.quarter),
            survey.serviceProvided, survey.transactionPoint, survey.channel, volume(survey.customers),
            volume(survey.offered), survey.respondents.map { String($0) } ?? "", survey.controlNumber,
            survey.registerURL,
        ]
        for item in survey.items {
            cells.append(item.text)
            cells += item.counts.map { String($0) }
            cells.append(item.publishedMean.map { "\($0)" } ?? "")
        }
        cells += [
            survey.createdAt, survey.updatedAt, survey.operationalMetrics, survey.service.id, survey.service.name,
            survey.service.slug, survey.service.text, survey.provider.text,
        ]
        return cells
    }
}
