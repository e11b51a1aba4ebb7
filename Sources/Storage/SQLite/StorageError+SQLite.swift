import GRDB
import GRDBSQLite

extension StorageError {
    init(code: Int32, message: String) {
        switch code & 0xFF {
        case SQLITE_FULL: self = .full
        case SQLITE_READONLY, SQLITE_PERM: self = .readOnly
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
        case SQLITE_CORRUPT: self = .damaged(message)
        case SQLITE_NOTADB: self = .damaged(message)
        case SQLITE_INTERRUPT: self = .cancelled
        case SQLITE_CONSTRAINT: self = .refused("the database refuses this (\(message)); send valid values.")
        default: self = .database(code: code, message: message)
        }
    }

    /// The last error of a connection.
    init(connection: OpaquePointer?) {
        guard let connection else {
            self = .closed
            return
        }
        self.init(
            code: sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)))
    }

    /// Whatever a database access threw, in the store's words.
    init(_ error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case let error as DatabaseError:
            self.init(code: error.extendedResultCode.rawValue, message: error.message ?? "")
        case is CancellationError: self = .cancelled
        default: self = .database(code: -1, message: "\(type(of: error))")
        }
    }
}
