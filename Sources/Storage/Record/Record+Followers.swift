extension Record {
    /// How far a follower of the record has come; nil before its first step.
    package func followed(by name: String) async throws(StorageError) -> Int64? {
        try await read { (session) throws(StorageError) in
            try session.row("SELECT sequence FROM follower WHERE name = ?1", [.text(name)]) {
                (row) throws(StorageError) in row.integer(0)
            }
        }
    }

    /// Notes how far a follower has come; never back.
    package func follow(_ name: String, to sequence: Int64) async throws(StorageError) {
        _ = try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                """
                INSERT INTO follower (name, sequence) VALUES (?1, ?2)
                ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence
                WHERE follower.sequence < excluded.sequence
                """, .text(name), .integer(sequence))
        }
    }
}
