extension Migration {
    /// Published survey-quarters as they were imported, and what staff do about single answers: neither is an event.
    static let surveys = Migration(number: 9, title: "surveys and follow-up") { dialect in
        [
            """
            CREATE TABLE survey_quarter (
              agency TEXT NOT NULL,
              source TEXT NOT NULL,
              row_number BIGINT NOT NULL,
              fiscal_year BIGINT NOT NULL,
              fiscal_quarter BIGINT NOT NULL,
              body TEXT NOT NULL,
              imported_at BIGINT NOT NULL,
              PRIMARY KEY (agency, source, row_number)
            )\(dialect.clustered)
            """,
            "CREATE INDEX survey_quarter_time ON survey_quarter (fiscal_year, fiscal_quarter, agency)",
            """
            CREATE TABLE follow_up (
              agency TEXT NOT NULL,
              id TEXT NOT NULL,
              service TEXT NOT NULL,
              journey TEXT NOT NULL,
              source TEXT NOT NULL,
              source_id TEXT NOT NULL,
              cause TEXT NOT NULL,
              opened_at BIGINT NOT NULL,
              owner TEXT,
              state TEXT NOT NULL,
              changed_at BIGINT NOT NULL,
              note TEXT NOT NULL,
              PRIMARY KEY (agency, id),
              UNIQUE (agency, source, source_id)
            )\(dialect.clustered)
            """,
            "CREATE INDEX follow_up_service ON follow_up (agency, service, state, opened_at)",
            """
            CREATE TABLE said_did (
              agency TEXT NOT NULL,
              id TEXT NOT NULL,
              service TEXT NOT NULL,
              said_en TEXT NOT NULL,
              said_es TEXT NOT NULL,
              did_en TEXT NOT NULL,
              did_es TEXT NOT NULL,
              published_at BIGINT NOT NULL,
              published_by TEXT NOT NULL,
              withdrawn_at BIGINT,
              PRIMARY KEY (agency, id)
            )\(dialect.clustered)
            """,
            "CREATE INDEX said_did_service ON said_did (agency, service, published_at)",
        ]
    }
}
