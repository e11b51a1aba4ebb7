extension Migration {
    /// Who may sign in or send, and who read or wrote personal data. Accounts belong to the installation, so the
    /// agency they may see is a column, not the head of the key. Only hashes of secrets are kept.
    static let accounts = Migration(number: 3, title: "accounts") { dialect in
        [
            """
            CREATE TABLE account (
              id TEXT PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              agency TEXT,
              role TEXT NOT NULL,
              password TEXT NOT NULL,
              created_at BIGINT NOT NULL,
              disabled_at BIGINT
            )
            """,
            """
            CREATE TABLE sign_in_session (
              token_hash TEXT PRIMARY KEY,
              account TEXT NOT NULL REFERENCES account (id),
              created_at BIGINT NOT NULL,
              seen_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX sign_in_session_account ON sign_in_session (account)",
            """
            CREATE TABLE known_device (
              token_hash TEXT PRIMARY KEY,
              account TEXT NOT NULL REFERENCES account (id),
              created_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE sign_in_failure (
              name_hash TEXT NOT NULL,
              origin TEXT NOT NULL,
              failures BIGINT NOT NULL,
              last_at BIGINT NOT NULL,
              PRIMARY KEY (name_hash, origin)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE one_time_link (
              token_hash TEXT PRIMARY KEY,
              purpose TEXT NOT NULL,
              created_at BIGINT NOT NULL,
              expires_at BIGINT NOT NULL,
              used_at BIGINT
            )
            """,
            """
            CREATE TABLE api_key (
              agency TEXT NOT NULL,
              id TEXT NOT NULL,
              source TEXT NOT NULL,
              key_hash TEXT NOT NULL UNIQUE,
              created_at BIGINT NOT NULL,
              revoked_at BIGINT,
              PRIMARY KEY (agency, id)
            )\(dialect.clustered)
            """,
            """
            CREATE TABLE audit (
              number INTEGER PRIMARY KEY,
              at BIGINT NOT NULL,
              account TEXT NOT NULL,
              action TEXT NOT NULL,
              agency TEXT,
              subject TEXT NOT NULL,
              detail TEXT NOT NULL
            )
            """,
            "CREATE INDEX audit_subject ON audit (agency, subject, number)",
        ] + dialect.appendOnly("audit")
    }
}
