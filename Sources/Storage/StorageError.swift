/// Why the store could not do what was asked. Each says what to do; none repeats personal data.
package enum StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    case cannotOpen(path: String, why: String)
    case notADatabase(path: String)
    case newerSchema(found: Int, known: Int)
    case full
    case readOnly
    case busy
    /// Others wrote at the same moment, again and again.
    case contended
    /// The database server can't be reached, or was lost before it was known whether this was stored.
    case unreachable(String)
    case damaged(String)
    case closed
    case cancelled
    /// What was asked breaks a rule of the store; nothing was written.
    case refused(String)
    /// The API key an append came under was revoked; nothing was written.
    case keyRevoked
    case noVaultKey
    case unknownVaultKey(id: String)
    case wrongVaultKey(id: String)
    /// Anything else the database reports, with its code.
    case database(code: Int32, message: String)

    package var description: String {
        switch self {
        case .cannotOpen(let path, let why):
            "the data directory \(path) can't be opened (\(why)); name a directory this user may write to."
        case .notADatabase(let path):
            "\(path) is not a Throughline database; name another data directory or restore this file from a backup."
        case .newerSchema(let found, let known):
            "the data were written by a newer version (schema \(found), this one knows \(known)); run that version."
        case .full: "the disk is full and nothing was stored; free some space and send it again."
        case .readOnly: "the data can't be written to; check the owner and rights of the data directory."
        case .busy: "another program holds the database; stop it or try again in a moment."
        case .contended: "others wrote at the same moment; send it again, nothing is stored twice."
        case .unreachable(let why): "the database can't be reached (\(why)); send it again, nothing is stored twice."
        case .damaged(let detail): "the database is damaged (\(detail)); stop and restore the latest backup."
        case .closed: "the store is closed; start the server again."
        case .cancelled: "the request was cancelled before it was stored; send it again."
        case .refused(let reason): reason
        case .keyRevoked: "the API key was revoked and nothing was stored; ask an administrator for a new one."
        case .noVaultKey: "no vault key is configured, so words and contacts can't be kept; set the vault key."
        case .unknownVaultKey(let id):
            "these words are sealed with vault key \(id), which is not configured; add it as a previous key."
        case .wrongVaultKey(let id):
            "vault key \(id) does not open what it sealed; check the configured key or restore the backup."
        case .database(let code, let message) where code & 0xFF == 10:
            "the disk refuses (\(code): \(message)) and nothing was stored; check the disk, then send it again."
        case .database(let code, let message):
            "the database reports an error (\(code): \(message)); see the log and try again."
        }
    }
}
