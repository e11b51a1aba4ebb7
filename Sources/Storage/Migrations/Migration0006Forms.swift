extension Migration {
    /// Forms as staff write them, the versions people are asked, and answers not yet sent.
    static let forms = Migration(number: 6, title: "forms") { dialect in
        [
            """
            CREATE TABLE form (
              agency TEXT NOT NULL,
              service TEXT NOT NULL,
              form TEXT NOT NULL,
              stage TEXT,
              draft TEXT,
              version BIGINT NOT NULL,
              closed_at BIGINT,
              revision BIGINT NOT NULL,
              changed_at BIGINT NOT NULL,
              changed_by TEXT NOT NULL,
              PRIMARY KEY (agency, service, form)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE form_version (
              agency TEXT NOT NULL,
              service TEXT NOT NULL,
              form TEXT NOT NULL,
              version BIGINT NOT NULL,
              definition TEXT NOT NULL,
              published_at BIGINT NOT NULL,
              published_by TEXT NOT NULL,
              PRIMARY KEY (agency, service, form, version)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE unsent_answers (
              agency TEXT NOT NULL,
              code_hash TEXT NOT NULL,
              field TEXT NOT NULL,
              key_id TEXT NOT NULL,
              sealed \(dialect.bytes) NOT NULL,
              expires_at BIGINT NOT NULL,
              PRIMARY KEY (agency, code_hash, field)
            )\(dialect.clustered)
            """,
            "CREATE INDEX unsent_answers_expiry ON unsent_answers (expires_at)",
        ] + dialect.appendOnly("form_version")
    }
}
