/// Where the record ends: what the next commit goes on from. Known without asking while nobody else has written.
struct RecordEnd {
    /// Of the newest event; 0 when there is none.
    let sequence: Int64
    /// Of the newest commit.
    let digest: String
    /// By id: senders' keys that were looked up, and whether each stands.
    var keys: [String: Bool] = [:]
}

extension RecordEnd {
    init(_ session: Session) throws(StorageError) {
        let (newest, digest) =
            try session.row(
                """
                SELECT coalesce(max(sequence), 0),
                  (SELECT digest FROM commit_digest ORDER BY last_sequence DESC LIMIT 1)
                FROM event
                """
            ) { (row) throws(StorageError) in (row.integer(0), row.optionalText(1)) } ?? (0, nil)
        self.init(sequence: newest, digest: digest ?? CommitSeal.beginning)
    }
}
