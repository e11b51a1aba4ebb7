extension Migration {
    /// Who is told of promise events (webhooks, with what is still to be delivered) and which supplier may see its card.
    static let partners = Migration(number: 5, title: "webhooks and supplier links") { dialect in
        [
            """
            CREATE TABLE webhook (
              agency TEXT NOT NULL,
              id TEXT NOT NULL,
              url TEXT NOT NULL,
              service TEXT,
              key_id TEXT NOT NULL,
              sealed \(dialect.bytes) NOT NULL,
              created_at BIGINT NOT NULL,
              after_sequence BIGINT NOT NULL,
              removed_at BIGINT,
              PRIMARY KEY (agency, id)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE webhook_delivery (
              agency TEXT NOT NULL,
              webhook TEXT NOT NULL,
              sequence BIGINT NOT NULL,
              state TEXT NOT NULL,
              attempts BIGINT NOT NULL,
              next_attempt BIGINT NOT NULL,
              lease_owner TEXT,
              lease_until BIGINT,
              status BIGINT,
              problem TEXT,
              delivered_at BIGINT,
              PRIMARY KEY (agency, webhook, sequence)
            )\(dialect.clustered)
            """,
            """
            CREATE INDEX webhook_delivery_due ON webhook_delivery (next_attempt, agency, webhook, sequence)
            WHERE state IN ('queued', 'sending')
            """,
            """
            CREATE TABLE follower (
              name TEXT PRIMARY KEY,
              sequence BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE supplier_link (
              agency TEXT NOT NULL,
              id TEXT NOT NULL,
              service TEXT NOT NULL,
              supplier TEXT NOT NULL,
              token_hash TEXT NOT NULL UNIQUE,
              language TEXT NOT NULL,
              key_id TEXT NOT NULL,
              sealed \(dialect.bytes) NOT NULL,
              created_at BIGINT NOT NULL,
              revoked_at BIGINT,
              PRIMARY KEY (agency, id)
            )\(dialect.clustered)
            """,
        ]
    }
}
