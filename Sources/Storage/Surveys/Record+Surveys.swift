package import Experience
import FoundationEssentials

/// A survey-quarter that came from a published file, and where in the file it stands.
package struct ImportedSurvey: Sendable, Hashable {
    package var agency: AgencyID
    /// The file's name.
    package var source: String
    /// As a spreadsheet numbers it: the header is row 1.
    package var row: Int
    package var survey: SurveyQuarter

    package init(agency: AgencyID, source: String, row: Int, survey: SurveyQuarter) {
        self.agency = agency
        self.source = source
        self.row = row
        self.survey = survey
    }
}

extension Record {
    /// Keeps the surveys of one file. The same source again replaces what it brought before, so that a mended file leaves
    /// nothing of the old one behind. All or nothing.
    package func keepSurveys(_ surveys: [ImportedSurvey], source: String) async throws(StorageError) {
        var bodies: [String] = []
        for one in surveys {
            guard let data = try? JSONEncoder().encode(one.survey) else {
                throw .refused("row \(one.row) can't be kept; export it again.")
            }
            bodies.append(String(decoding: data, as: UTF8.self))
        }
        let kept = bodies
        try await write(weight: surveys.count) { (transaction) throws(StorageError) in
            let session = transaction.session
            try session.run("DELETE FROM survey_quarter WHERE source = ?1", .text(source))
            for (one, body) in zip(surveys, kept) {
                try session.run(
                    """
                    INSERT INTO survey_quarter
                      (agency, source, row_number, fiscal_year, fiscal_quarter, body, imported_at)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                    """, .text(one.agency.text), .text(source), .integer(Int64(one.row)),
                    .integer(Int64(one.survey.quarter.year)), .integer(Int64(one.survey.quarter.quarter)), .text(body),
                    .integer(transaction.now.microseconds))
            }
        }
    }

    /// Imported survey-quarters, all or those of one quarter, by quarter, agency, file and row.
    package func importedSurveys(quarter: FiscalQuarter? = nil) async throws(StorageError) -> [ImportedSurvey] {
        let found = try await read { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT agency, source, row_number, body FROM survey_quarter
                WHERE (fiscal_year = ?1 OR ?1 = 0) AND (fiscal_quarter = ?2 OR ?2 = 0)
                ORDER BY fiscal_year, fiscal_quarter, agency, source, row_number
                """, [.integer(Int64(quarter?.year ?? 0)), .integer(Int64(quarter?.quarter ?? 0))]
            ) { (row) throws(StorageError) in
                (agency: row.text(0), source: row.text(1), number: Int(row.integer(2)), body: row.text(3))
            }
        }
        return try found.map { (one) throws(StorageError) in
            guard let agency = AgencyID(one.agency),
                let survey = try? JSONDecoder().decode(SurveyQuarter.self, from: Data(one.body.utf8))
            else { throw .damaged("row \(one.number) of survey file \(one.source) can't be read") }
            return ImportedSurvey(agency: agency, source: one.source, row: one.number, survey: survey)
        }
    }
}
