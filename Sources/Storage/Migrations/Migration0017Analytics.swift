extension Migration {
    /// How far each analytics server was fed. A position is enough in place of a queue of events: numbers of events
    /// have no gaps and never show up late. `pending` is the end of a batch under way: after a crash the same batch is
    /// sent again, so that servers know it for the same.
    static let analytics = Migration(number: 17, title: "analytics") { dialect in
        [
            """
            CREATE TABLE analytics_feed (
              target TEXT PRIMARY KEY,
              revision BIGINT NOT NULL,
              through BIGINT NOT NULL,
              pending BIGINT,
              events BIGINT NOT NULL,
              sequences BIGINT NOT NULL,
              since BIGINT NOT NULL,
              journeys_through BIGINT NOT NULL,
              edition BIGINT NOT NULL,
              lease_owner TEXT,
              lease_until BIGINT,
              changed_at BIGINT NOT NULL,
              problem TEXT
            )\(dialect.clustered)
            """
        ]
    }
}
