extension Migration {
    /// A second factor of accounts: its secret sealed, recovery codes hashed, and the way between password and code,
    /// which is a table of its own so that it can never be taken for a session. Sessions remember the kind of browser.
    static let secondFactor = Migration(number: 18, title: "second factor") { dialect in
        [
            """
            CREATE TABLE account_factor (
              account TEXT NOT NULL REFERENCES account (id),
              stage TEXT NOT NULL,
              id TEXT NOT NULL,
              key_id TEXT NOT NULL,
              sealed \(dialect.bytes) NOT NULL,
              last_step BIGINT NOT NULL,
              created_at BIGINT NOT NULL,
              PRIMARY KEY (account, stage)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE recovery_code (
              account TEXT NOT NULL REFERENCES account (id),
              head TEXT NOT NULL,
              hash TEXT NOT NULL,
              created_at BIGINT NOT NULL,
              used_at BIGINT,
              PRIMARY KEY (account, head)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE half_sign_in (
              token_hash TEXT PRIMARY KEY,
              account TEXT NOT NULL REFERENCES account (id),
              visit_hash TEXT NOT NULL,
              name_hash TEXT NOT NULL,
              origin TEXT NOT NULL,
              created_at BIGINT NOT NULL
            )
            """,
            "ALTER TABLE sign_in_session ADD COLUMN browser TEXT",
        ]
    }
}
