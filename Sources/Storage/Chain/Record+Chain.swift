import Experience

extension Record {
    /// Computes the digest of every event and commit again, in the order of the record, until something is not as it
    /// was. Reads one snapshot of the whole record; writers go on.
    ///
    /// - Parameters:
    ///   - expected: a commit noted before, which must be in the chain as it was.
    ///   - progress: events checked so far.
    package func verify(
        expecting expected: ChainHead? = nil, progress: (@Sendable (Int) -> Void)? = nil
    ) async throws(StorageError) -> ChainReport {
        try await read { (session) throws(StorageError) in
            try session.verify(expecting: expected, progress: progress)
        }
    }
}

extension Session {
    private static let stretch = 200

    fileprivate func verify(
        expecting expected: ChainHead?, progress: (@Sendable (Int) -> Void)?
    ) throws(StorageError) -> ChainReport {
        var walk = ChainWalk(expected: expected)
        var last: Int64 = -1
        var isFirst = true
        while !walk.isOver {
            let (kinds, commits) = try commits(after: last)
            guard let kind = kinds.first, let newest = commits.last else { break }
            var rest = commits[...]
            if isFirst {
                if kind != "commit", let anchor = rest.popFirst() {
                    walk.anchor(last: anchor.last, digest: anchor.digest, isDropped: kind == "dropped")
                    let before = kind == "dropped" ? anchor.last + 1 : 1
                    let stray = try row(
                        "SELECT sequence FROM event WHERE sequence < ?1 ORDER BY sequence LIMIT 1", [.integer(before)]
                    ) { (row) throws(StorageError) in row.integer(0) }
                    if let stray { walk.fail(.added(stray)) }
                    last = anchor.last
                }
                isFirst = false
            }
            if let odd = zip(kinds, commits).dropFirst().first(where: { $0.0 != "commit" }) {
                walk.fail(.commitAltered(min(odd.1.first, odd.1.last)...max(odd.1.first, odd.1.last)))
            }
            walk.add(Array(rest))
            try forEach(
                "SELECT \(EventColumns.list) FROM event WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence",
                [.integer(last + 1), .integer(newest.last)]
            ) { (row) throws(StorageError) in
                if !walk.isOver { walk.take(row.integer(0), recorded: row.integer(14), EventDigest(row)) }
            }
            walk.settle()
            last = newest.last
            progress?(walk.report.checked)
        }
        let beyond = try row(
            "SELECT sequence FROM event WHERE sequence > ?1 ORDER BY sequence LIMIT 1", [.integer(last)]
        ) { (row) throws(StorageError) in row.integer(0) }
        if let beyond { walk.fail(isFirst ? .commitMissing(1...max(1, beyond)) : .added(beyond)) }
        walk.finish()
        return walk.report
    }

    private func commits(after last: Int64) throws(StorageError) -> ([String], [ChainWalk.Commit]) {
        var kinds: [String] = []
        let commits = try rows(
            """
            SELECT kind, first_sequence, last_sequence, recorded, digest, marks FROM commit_digest
            WHERE last_sequence > ?1 ORDER BY last_sequence LIMIT ?2
            """, [.integer(last), .integer(Int64(Session.stretch))]
        ) { (row) throws(StorageError) in
            kinds.append(row.text(0))
            return ChainWalk.Commit(
                first: row.integer(1), last: row.integer(2), recorded: row.integer(3), digest: row.text(4),
                marks: row.isNull(5) ? [] : row.bytes(5))
        }
        return (kinds, commits)
    }

    /// Lets the chain hang on the commit that ends with `last`: what it covers was dropped.
    func dropChain(through last: Int64) throws(StorageError) {
        let changed = try run(
            """
            UPDATE commit_digest SET kind = 'dropped', first_sequence = 1, marks = NULL
            WHERE last_sequence = ?1
            """, .integer(last))
        guard changed == 1 else { return }
        try run("DELETE FROM commit_digest WHERE last_sequence < ?1", .integer(last))
    }
}
