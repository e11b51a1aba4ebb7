extension Migration {
    /// Personal data, sealed; and what leads from a tracking code to a journey.
    static let vault = Migration(number: 2, title: "vault") { dialect in
        [
            """
            CREATE TABLE vault (
              agency TEXT NOT NULL,
              subject TEXT NOT NULL,
              field TEXT NOT NULL,
              key_id TEXT NOT NULL,
              sealed \(dialect.bytes) NOT NULL,
              stored_at BIGINT NOT NULL,
              PRIMARY KEY (agency, subject, field)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE vault_key (
              key_id TEXT PRIMARY KEY,
              proof \(dialect.bytes) NOT NULL,
              first_used BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE tracking (
              agency TEXT NOT NULL,
              code_hash TEXT NOT NULL,
              journey TEXT NOT NULL,
              PRIMARY KEY (agency, code_hash)
            )\(dialect.clustered)
            """,
            "CREATE INDEX tracking_code ON tracking (code_hash)",
        ]
    }
}
