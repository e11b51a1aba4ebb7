import Experience

/// Copies a record into another database while it goes on being used, and shows that the copy is the same.
///
/// Events and audit entries only grow, so their copy goes on where it ended, however it ended. Other tables are copied
/// when they differ. Run again after the source was stopped, it brings over the rest and the sums are equal.
package struct RecordMove: Sendable {
    package struct Table: Hashable, Sendable {
        package var name: String
        package var source: TableSum
        package var target: TableSum
        package var isEqual: Bool { source == target }
    }

    let source: Record
    let target: Record

    package init(from source: Record, to target: Record) {
        self.source = source
        self.target = target
    }

    private static let stretch = 5_000

    /// - Parameter progress: the table at work and its rows copied so far; a throw stops the copy.
    /// - Returns: every table with its sums, taken of the source on one snapshot.
    package func run(
        progress: @Sendable (String, Int) throws(StorageError) -> Void = { _, _ in }
    ) async throws(StorageError) -> [Table] {
        let shapes = try await source.read { (session) throws(StorageError) in try session.shapes() }
        try await checkTarget()
        for shape in shapes where shape.name == "event" { try await copyEvents(progress) }
        for shape in shapes where shape.name != "event" && TableShape.growing[shape.name] != nil {
            try await grow(shape, progress)
        }
        try await replace(shapes.filter { TableShape.growing[$0.name] == nil }, progress)
        try await target.write { (transaction) throws(StorageError) in
            for statement in transaction.session.dialect.afterCopy { try transaction.session.define(statement) }
        }
        return try await compare(shapes)
    }

    /// What the target holds must be the beginning of the source.
    private func checkTarget() async throws(StorageError) {
        let last = try await target.lastSequence()
        guard last > 0 else {
            // The chain of the copy is the source's own, from where that was begun.
            return try await target.write { (transaction) throws(StorageError) in
                _ = try transaction.session.run("DELETE FROM commit_digest")
            }
        }
        let (ours, theirs) = (
            try await source.tail(after: last - 1, limit: 1).first,
            try await target.tail(after: last - 1, limit: 1).first
        )
        guard ours == theirs else {
            throw .refused("the target already holds another record; name an empty database.")
        }
    }

    private func copyEvents(
        _ progress: @Sendable (String, Int) throws(StorageError) -> Void
    ) async throws(StorageError) {
        var last = try await target.lastSequence()
        while true {
            let events = try await source.tail(after: last, limit: RecordMove.stretch)
            guard let newest = events.last else { return }
            try await target.submit(weight: events.count) { (transaction) throws(StorageError) in
                try transaction.restore(events)
            }
            last = newest.sequence
            try progress("event", Int(last))
        }
    }

    private func grow(
        _ shape: TableShape, _ progress: @Sendable (String, Int) throws(StorageError) -> Void
    ) async throws(StorageError) {
        let copied = try await target.lastSequence()
        var last = try await target.read { (session) throws(StorageError) in
            try session.integer("SELECT coalesce(max(\(shape.key[0])), -1) FROM \(shape.name)")
        }
        while true {
            let after = last
            let rows = try await source.read { (session) throws(StorageError) in
                try shape.rows(session, after: [.integer(after)], limit: RecordMove.stretch)
            }.filter { row in
                // No digest of events the copy does not have yet.
                guard shape.name == "commit_digest", case .integer(let number)? = shape.key(of: row).first else {
                    return true
                }
                return number <= copied
            }
            guard let newest = rows.last, case .integer(let number)? = shape.key(of: newest).first else { return }
            try await insert(rows, shape)
            last = number
            try progress(shape.name, Int(last))
        }
    }

    private func replace(
        _ shapes: [TableShape], _ progress: @Sendable (String, Int) throws(StorageError) -> Void
    ) async throws(StorageError) {
        let different = try await compare(shapes).filter { !$0.isEqual }.map(\.name)
        guard !different.isEmpty else { return }
        // Emptied together, those that refer to others first; rows that refer to a table go with it.
        let chosen = shapes.filter { different.contains($0.name) || different.contains("account") }
        try await target.write { (transaction) throws(StorageError) in
            for shape in chosen.reversed() { try transaction.session.run("DELETE FROM \(shape.name)") }
            transaction.views.forget()
        }
        for shape in chosen {
            var last: [SQLValue]?
            var count = 0
            while true {
                let after = last
                let rows = try await source.read { (session) throws(StorageError) in
                    try shape.rows(session, after: after, limit: RecordMove.stretch)
                }
                guard let newest = rows.last else { break }
                try await insert(rows, shape)
                last = shape.key(of: newest)
                count += rows.count
                try progress(shape.name, count)
            }
        }
    }

    private func insert(_ rows: [[SQLValue]], _ shape: TableShape) async throws(StorageError) {
        try await target.submit(weight: rows.count) { (transaction) throws(StorageError) in
            let statement = try transaction.session.prepare(shape.insert)
            for row in rows {
                for (position, value) in row.enumerated() { statement.bind(Int32(position + 1), value) }
                try statement.send(changesOneRow: true)
            }
        }
    }

    private func compare(_ shapes: [TableShape]) async throws(StorageError) -> [Table] {
        let sums: @Sendable (Session) throws(StorageError) -> [TableSum] = { (session) throws(StorageError) in
            var sums: [TableSum] = []
            for shape in shapes { sums.append(try shape.sum(session)) }
            return sums
        }
        let (ours, theirs) = (try await source.read(sums), try await target.read(sums))
        return zip(shapes, zip(ours, theirs)).map { Table(name: $0.name, source: $1.0, target: $1.1) }
    }
}

extension WriteTransaction {
    /// Stores events under the numbers and times they had, without touching the views.
    func restore(_ events: [RecordedEvent]) throws(StorageError) {
        let insert = try session.prepare(session.dialect.eventInsert, together: session.dialect.eventsInsert)
        try session.makeRoom(for: events.lazy.map(\.recorded))
        for recorded in events {
            guard let prepared = PreparedEvent(restoring: recorded.event) else {
                throw .damaged("event \(recorded.sequence) can't be written")
            }
            EventColumns.bind(prepared, sequence: recorded.sequence, recorded: recorded.recorded, to: insert)
            try insert.send(changesOneRow: true)
        }
    }
}
