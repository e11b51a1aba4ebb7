extension Migration {
    /// The append-only record, and the views derived from it. The agency leads every key; times are microseconds
    /// since 1970 in UTC.
    static let record = Migration(number: 1, title: "record") { dialect in
        [
            """
            CREATE TABLE event (
              \(dialect.eventNumber),
              agency TEXT NOT NULL,
              service TEXT NOT NULL,
              journey TEXT NOT NULL,
              source TEXT NOT NULL,
              source_id TEXT NOT NULL,
              kind TEXT NOT NULL,
              activity TEXT NOT NULL,
              channel TEXT NOT NULL,
              touchpoint TEXT,
              actor_role TEXT NOT NULL,
              actor_id TEXT,
              actor_unit TEXT,
              occurred BIGINT NOT NULL,
              recorded BIGINT NOT NULL,
              attributes TEXT NOT NULL,
              \(dialect.eventKeys)
            """,
            "CREATE INDEX event_journey ON event (agency, journey, sequence)",
            """
            CREATE INDEX event_answer ON event (agency, service, sequence)
            WHERE kind IN ('response', 'outcome')
            """,
        ] + dialect.eventCompanions + dialect.appendOnly("event") + [
            """
            CREATE TABLE journey (
              agency TEXT NOT NULL,
              journey TEXT NOT NULL,
              service TEXT NOT NULL,
              opened BIGINT NOT NULL,
              last_occurred BIGINT NOT NULL,
              last_activity TEXT NOT NULL,
              last_sequence BIGINT NOT NULL,
              events BIGINT NOT NULL,
              first_channel TEXT NOT NULL,
              contacts BIGINT NOT NULL,
              failure_demand BIGINT NOT NULL,
              closed_at BIGINT,
              result TEXT,
              outcome TEXT,
              outcome_at BIGINT,
              rating BIGINT,
              responses BIGINT NOT NULL,
              cohorts TEXT NOT NULL,
              PRIMARY KEY (agency, journey)
            )\(dialect.clustered)
            """,
            "CREATE INDEX journey_opened ON journey (agency, service, opened, journey)",
            """
            CREATE INDEX journey_open ON journey (agency, service, opened, journey) WHERE closed_at IS NULL
            """,
            """
            CREATE INDEX journey_not_solved ON journey (agency, service, opened, journey)
            WHERE closed_at IS NOT NULL AND outcome = 'no'
            """,
            """
            CREATE TABLE promise (
              agency TEXT NOT NULL,
              journey TEXT NOT NULL,
              service TEXT NOT NULL,
              state TEXT NOT NULL,
              armed_at BIGINT,
              date_given BIGINT,
              first_due BIGINT,
              last_due BIGINT,
              ended_at BIGINT,
              met BIGINT NOT NULL,
              waiting_since BIGINT,
              repromises BIGINT NOT NULL,
              probability DOUBLE PRECISION,
              lines TEXT NOT NULL,
              PRIMARY KEY (agency, journey)
            )\(dialect.clustered)
            """,
            """
            CREATE INDEX promise_open ON promise (agency, service, last_due, journey) WHERE ended_at IS NULL
            """,
        ]
    }
}
