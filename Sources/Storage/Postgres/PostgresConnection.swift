import CPostgres
import Experience

/// One connection to PostgreSQL over libpq. Every call blocks the thread it is made on; one thread at a time.
final class PostgresConnection: @unchecked Sendable {
    let pointer: OpaquePointer
    /// Each statement waits for its answer, and an event that is refused is undone alone. The other way sends
    /// statements without waiting, and whoever runs the transaction begins anew, carefully, if one of them fails.
    var isCareful = true
    /// Asks, before events are stored, which of them the record has already. Without, one that it has fails the
    /// transaction by its key.
    var asksForKnown = false
    /// Something failed that only a careful run can answer for each caller.
    var isSpoiled = false
    /// Months of the event table known to be there.
    var partitions: Set<String> = []

    private var statements: [String: PostgresStatement] = [:]
    private var named = 0
    /// Statements sent whose answers have not been read.
    private var pending: [Sent] = []
    /// Rows not sent yet, in the order in which their statements were first used.
    private var gathered: [PostgresRows] = []

    /// What must become of a statement besides its being done.
    enum Expected: Equatable {
        /// So many rows are changed.
        case rows(Int)
        /// The transaction is not rolled back instead.
        case commit
    }

    private struct Sent {
        let expected: Expected?
        /// Who wants the rows.
        let asker: PostgresStatement?
    }

    /// So many answers fit into the buffers between the two ends, so that neither waits for the other for ever.
    private static let pipelineLimit = 1_000
    private static let statementLimit = 400

    /// Connects, trying the hosts of the URI in turn for one that takes writes.
    init(uri: String, name: String) throws(StorageError) {
        // What stands before the URI gives way to it, what stands after it does not.
        let settings: [(String, String)] = [
            ("connect_timeout", "5"), ("target_session_attrs", "read-write"), ("keepalives_idle", "5"),
            ("keepalives_interval", "2"), ("keepalives_count", "3"), ("tcp_user_timeout", "10000"), ("dbname", uri),
            ("application_name", name), ("client_encoding", "UTF8"),
        ]
        let made = withCStrings(settings.map(\.0)) { keys in
            withCStrings(settings.map(\.1)) { values in PQconnectdbParams(keys, values, 1) }
        }
        guard let made else { throw .unreachable("there is no memory for a connection") }
        guard PQstatus(made) == CONNECTION_OK else {
            let reason = StorageError.connectionMessage(made)
            PQfinish(made)
            throw .unreachable(reason)
        }
        pointer = made
        PQsetNoticeProcessor(made, { _, _ in }, nil)
    }

    deinit { PQfinish(pointer) }

    var isSound: Bool { !isLost && PQstatus(pointer) == CONNECTION_OK }
    /// Not all answers came, so that what became of the statements is not known: the connection is of no more use, even
    /// where libpq has not noticed yet that the server is gone.
    private var isLost = false
    /// Statements can be run in the transaction that is open.
    var isInTransaction: Bool { PQtransactionStatus(pointer) == PQTRANS_INTRANS }
    /// A transaction is open, perhaps one that only can be rolled back.
    var hasTransaction: Bool { isInTransaction || PQtransactionStatus(pointer) == PQTRANS_INERROR }

    /// - Parameter together: does the same for many rows, and fails where it can't for one of them. Only for statements
    ///   whose effect no other statement waits for that is sent without asking for an answer.
    func statement(_ sql: String, together: ManyRows? = nil) -> PostgresStatement {
        if let known = statements[sql] { return known }
        let made = PostgresStatement(self, sql: PostgresSQL.statement(sql))
        if let together { made.rows = PostgresRows(statement(together.sql), types: together.types) }
        statements[sql] = made
        return made
    }

    /// Runs statements without parameters; gives what the last of them answers as its command tag.
    @discardableResult
    func execute(_ sql: String) throws(StorageError) -> String {
        try drain()
        guard let result = PQexec(pointer, sql) else { throw StorageError(connection: pointer, result: nil) }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return String(cString: PQcmdStatus(result))
        default: throw StorageError(connection: pointer, result: result)
        }
    }

    /// The server's process for this connection.
    var backend: Int32 { PQbackendPID(pointer) }

    /// Undoes whatever is open, as far as the connection still stands.
    func rollBack() {
        for rows in gathered { rows.forget() }
        gathered.removeAll()
        _ = try? drain()
        if hasTransaction { _ = try? execute("ROLLBACK") }
    }

    /// Between transactions: forgets prepared statements once there are very many.
    func tidy() {
        guard statements.count > PostgresConnection.statementLimit else { return }
        statements.removeAll()
        _ = try? execute("DEALLOCATE ALL")
    }

    func nextName() -> String {
        named += 1
        return "s\(named)"
    }

    // MARK: The pipeline

    func beginSending() throws(StorageError) {
        if pending.count >= PostgresConnection.pipelineLimit { try drain() }
        if pending.isEmpty, PQenterPipelineMode(pointer) != 1 { throw lost() }
    }

    /// Gives the connection up; what was sent may have been done or not.
    func lost() -> StorageError {
        isLost = true
        isSpoiled = true
        return .unreachable(StorageError.connectionMessage(pointer))
    }

    func sent(expecting expected: Expected?, for asker: PostgresStatement?) {
        pending.append(Sent(expected: expected, asker: asker))
    }

    /// Ends the transaction. In haste together with what was sent before, without a wait in between: where one of those
    /// fails, the server does not come to the end.
    func commit() throws(StorageError) {
        try sendGathered()
        // Rows are counted here, which must be before the end.
        if isCareful || pending.contains(where: { $0.expected != nil }) { try drain() }
        try statement("COMMIT").sendNow(expecting: .commit)
        try drain()
    }

    private func sendGathered() throws(StorageError) {
        // One by one: where one can't be sent, the others are still known to be undone.
        while !gathered.isEmpty { try gathered.removeFirst().send() }
    }

    /// Remembers rows that go with the next question at the latest.
    func gather(_ rows: PostgresRows) throws(StorageError) {
        if rows.count == 1 { gathered.append(rows) }
        if rows.count >= PostgresRows.limit {
            gathered.removeAll { $0 === rows }
            try rows.send()
        }
    }

    /// Reads the answers to everything sent; throws the first failure.
    func drain() throws(StorageError) {
        try sendGathered()
        guard !pending.isEmpty else { return }
        let waiting = pending
        pending.removeAll(keepingCapacity: true)
        var failure: StorageError?
        if PQpipelineSync(pointer) != 1 { throw lost() }
        for sent in waiting where isSound {
            while let result = PQgetResult(pointer) {
                let status = PQresultStatus(result)
                if status == PGRES_TUPLES_OK, let asker = sent.asker {
                    asker.take(result)
                    continue
                }
                if failure == nil {
                    failure =
                        status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
                        ? sent.expected.flatMap { PostgresConnection.failure(of: result, expecting: $0) }
                        : StorageError(connection: pointer, result: result)
                }
                PQclear(result)
            }
        }
        var isWhole = false
        while isSound, !isWhole, let result = PQgetResult(pointer) {
            isWhole = PQresultStatus(result) == PGRES_PIPELINE_SYNC
            PQclear(result)
        }
        guard isWhole, isSound, PQexitPipelineMode(pointer) == 1 else { throw lost() }
        if let failure {
            isSpoiled = true
            throw failure
        }
    }
}

extension PostgresConnection {
    private static func failure(of result: OpaquePointer, expecting expected: Expected) -> StorageError? {
        switch expected {
        case .rows(let count): PostgresStatement.changes(result) == count ? nil : .contended
        // A transaction that failed somewhere is rolled back by COMMIT without an error.
        case .commit:
            PQcmdStatus(result).map { String(cString: $0) } == "COMMIT"
                ? nil : .database(code: -1, message: "the transaction was rolled back")
        }
    }
}

/// Calls the body with a null-terminated array of C strings.
private func withCStrings<T>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for text in texts {
        starts.append(bytes.count)
        bytes.append(contentsOf: text.utf8.map { CChar(bitPattern: $0) })
        bytes.append(0)
    }
    return bytes.withUnsafeBufferPointer { all in
        let pointers: [UnsafePointer<CChar>?] = starts.map { start in all.baseAddress.map { $0 + start } } + [nil]
        return pointers.withUnsafeBufferPointer { list in
            // Never empty: it ends with nil.
            guard let base = list.baseAddress else { preconditionFailure("an array of C strings has no memory") }
            return body(base)
        }
    }
}
