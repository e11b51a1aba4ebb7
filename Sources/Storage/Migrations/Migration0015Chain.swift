extension Migration {
    /// A digest for each commit, which covers its events and the digest of the commit before. A record that has events
    /// already gets its chain from here on: the first row says up to which number nothing is covered.
    static let chain = Migration(number: 15, title: "chain") { dialect in
        [
            """
            CREATE TABLE commit_digest (
              last_sequence BIGINT PRIMARY KEY,
              first_sequence BIGINT NOT NULL,
              kind TEXT NOT NULL,
              recorded BIGINT NOT NULL,
              digest TEXT NOT NULL,
              marks \(dialect.bytes)
            )\(dialect.clustered)
            """,
            """
            INSERT INTO commit_digest (last_sequence, first_sequence, kind, recorded, digest)
            SELECT coalesce(max(sequence), 0), 1, 'start', 0, '\(CommitSeal.beginning)' FROM event
            """,
        ]
    }
}
