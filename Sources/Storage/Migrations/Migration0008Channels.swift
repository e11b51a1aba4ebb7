extension Migration {
    /// Devices, conversations, invitations and the reviews of other sites. People are keyed hashes, secrets are hashes.
    static let channels = Migration(number: 8, title: "channels") { dialect in
        [
            """
            CREATE TABLE device (
              agency TEXT NOT NULL,
              id TEXT NOT NULL,
              service TEXT NOT NULL,
              touchpoint TEXT NOT NULL,
              name TEXT NOT NULL,
              token_hash TEXT NOT NULL UNIQUE,
              created_at BIGINT NOT NULL,
              revoked_at BIGINT,
              seen_at BIGINT,
              waiting BIGINT NOT NULL,
              presses BIGINT NOT NULL,
              day BIGINT NOT NULL,
              presses_day BIGINT NOT NULL,
              PRIMARY KEY (agency, id)
            )\(dialect.clustered)
            """,
            "CREATE INDEX device_place ON device (agency, service, touchpoint)",
            """
            CREATE TABLE conversation (
              agency TEXT NOT NULL,
              person TEXT NOT NULL,
              channel TEXT NOT NULL,
              id TEXT NOT NULL,
              service TEXT NOT NULL,
              form TEXT NOT NULL,
              touchpoint TEXT,
              language TEXT NOT NULL,
              solicited TEXT NOT NULL,
              transaction_key TEXT,
              journey TEXT,
              answers TEXT NOT NULL,
              question TEXT,
              started_at BIGINT NOT NULL,
              updated_at BIGINT NOT NULL,
              PRIMARY KEY (agency, person, channel)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE conversation_message (
              agency TEXT NOT NULL,
              message TEXT NOT NULL,
              reply TEXT NOT NULL,
              at BIGINT NOT NULL,
              PRIMARY KEY (agency, message)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE form_invitation (
              agency TEXT NOT NULL,
              token_hash TEXT NOT NULL UNIQUE,
              service TEXT NOT NULL,
              form TEXT NOT NULL,
              journey TEXT,
              transaction_key TEXT NOT NULL,
              created_at BIGINT NOT NULL,
              expires_at BIGINT NOT NULL,
              used_at BIGINT,
              PRIMARY KEY (agency, token_hash)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE review (
              agency TEXT NOT NULL,
              host TEXT NOT NULL,
              place TEXT NOT NULL,
              id TEXT NOT NULL,
              service TEXT NOT NULL,
              first_seen BIGINT NOT NULL,
              last_seen BIGINT NOT NULL,
              removed_at BIGINT,
              replied BIGINT NOT NULL,
              PRIMARY KEY (agency, host, place, id)
            )\(dialect.clustered)
            """,
        ]
    }
}
