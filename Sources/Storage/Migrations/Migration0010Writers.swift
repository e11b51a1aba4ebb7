extension Migration {
    /// For several programs on one record: how many commits there were, so that each notices those of others, and the
    /// last one of each program, so that it knows after a lost connection whether it went through.
    static let writers = Migration(number: 10, title: "writers") { dialect in
        [
            """
            CREATE TABLE commit_head (
              id BIGINT PRIMARY KEY,
              number BIGINT NOT NULL
            )
            """,
            "INSERT INTO commit_head (id, number) VALUES (1, 0)",
            """
            CREATE TABLE commit_mark (
              writer TEXT PRIMARY KEY,
              mark BIGINT NOT NULL,
              at BIGINT NOT NULL
            )\(dialect.clustered)
            """,
        ]
    }
}
