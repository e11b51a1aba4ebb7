extension Migration {
    /// Who was asked, and what stands against an answer. `offer` is a view of the record's events; who was passed over
    /// and the marks of senders and texts are not in the record, and are forgotten with time.
    static let offers = Migration(number: 7, title: "offers and trust") { dialect in
        [
            """
            CREATE TABLE offer (
              agency TEXT NOT NULL,
              service TEXT NOT NULL,
              transaction_key TEXT NOT NULL,
              person TEXT,
              form TEXT NOT NULL,
              channel TEXT NOT NULL,
              touchpoint TEXT NOT NULL,
              solicited TEXT NOT NULL,
              probability DOUBLE PRECISION NOT NULL,
              plan TEXT NOT NULL,
              offered_at BIGINT NOT NULL,
              answered_at BIGINT,
              PRIMARY KEY (agency, service, transaction_key)
            )\(dialect.clustered)
            """,
            "CREATE INDEX offer_person ON offer (agency, person, offered_at) WHERE person IS NOT NULL",
            "CREATE INDEX offer_time ON offer (agency, service, offered_at)",
            """
            CREATE TABLE offer_passed (
              agency TEXT NOT NULL,
              service TEXT NOT NULL,
              transaction_key TEXT NOT NULL,
              form TEXT NOT NULL,
              channel TEXT NOT NULL,
              reason TEXT NOT NULL,
              passed_at BIGINT NOT NULL,
              PRIMARY KEY (agency, service, transaction_key)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE contact_stop (
              agency TEXT NOT NULL,
              person TEXT NOT NULL,
              stopped_at BIGINT NOT NULL,
              PRIMARY KEY (agency, person)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE intake_mark (
              agency TEXT NOT NULL,
              source TEXT NOT NULL,
              source_id TEXT NOT NULL,
              service TEXT NOT NULL,
              form TEXT NOT NULL,
              channel TEXT NOT NULL,
              touchpoint TEXT,
              at BIGINT NOT NULL,
              rating BIGINT,
              sender TEXT,
              sketch \(dialect.bytes),
              state TEXT NOT NULL,
              reasons TEXT NOT NULL,
              redactions BIGINT NOT NULL,
              decided_at BIGINT,
              decided_by TEXT,
              PRIMARY KEY (agency, source, source_id)
            )\(dialect.clustered)
            """,
            "CREATE INDEX intake_mark_time ON intake_mark (agency, service, at)",
            "CREATE INDEX intake_mark_held ON intake_mark (agency, service, at) WHERE state IN ('held', 'left_out')",
        ]
    }
}
