extension Migration {
    /// What was erased because its time was over, provable: certificates only grow, and each holds the seal of the one
    /// before. Certificates over all agencies carry "*". A day's run is claimed once, whichever node is first.
    static let retention = Migration(number: 14, title: "retention") { dialect in
        [
            """
            CREATE TABLE erasure_certificate (
              agency TEXT NOT NULL,
              id TEXT NOT NULL,
              at BIGINT NOT NULL,
              account TEXT NOT NULL,
              rule TEXT NOT NULL,
              cutoff BIGINT NOT NULL,
              subjects BIGINT NOT NULL,
              items BIGINT NOT NULL,
              oldest BIGINT NOT NULL,
              newest BIGINT NOT NULL,
              digest TEXT NOT NULL,
              seal TEXT NOT NULL,
              PRIMARY KEY (agency, id)
            )\(dialect.clustered)
            """,
            "CREATE INDEX erasure_certificate_id ON erasure_certificate (id)",
            """
            CREATE TABLE retention_run (
              day BIGINT PRIMARY KEY,
              at BIGINT NOT NULL,
              items BIGINT,
              problem TEXT
            )
            """,
        ] + dialect.appendOnly("erasure_certificate")
    }
}
