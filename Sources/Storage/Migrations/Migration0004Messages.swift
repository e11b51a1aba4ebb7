extension Migration {
    /// The outbox of messages to people. Address, subject and body lie in `sealed`; everything else is no personal data.
    static let messages = Migration(number: 4, title: "messages") { dialect in
        [
            """
            CREATE TABLE message (
              agency TEXT NOT NULL,
              id TEXT NOT NULL,
              dedupe_key TEXT NOT NULL,
              channel TEXT NOT NULL,
              journey TEXT,
              purpose TEXT NOT NULL,
              language TEXT NOT NULL,
              key_id TEXT NOT NULL,
              sealed \(dialect.bytes) NOT NULL,
              state TEXT NOT NULL,
              attempts BIGINT NOT NULL,
              next_attempt BIGINT NOT NULL,
              lease_owner TEXT,
              lease_until BIGINT,
              queued_at BIGINT NOT NULL,
              sent_at BIGINT,
              problem TEXT,
              PRIMARY KEY (agency, id),
              UNIQUE (agency, dedupe_key)
            )\(dialect.clustered)
            """,
            "CREATE INDEX message_due ON message (next_attempt, agency, id) WHERE state IN ('queued', 'sending')",
            "CREATE INDEX message_journey ON message (agency, journey, queued_at) WHERE journey IS NOT NULL",
        ]
    }
}
