package import Foundation

/// What a backup holds, written beside it: enough to show that a copy of it is the same.
package struct BackupManifest: Codable, Hashable, Sendable {
    package struct Table: Codable, Hashable, Sendable {
        package var name: String
        package var rows: Int
        /// SHA-256 over the values of all rows in the order of the key.
        package var sha256: String
    }

    package var format = 1
    /// RFC 3339.
    package var made: String
    package var schema: Int
    package var bytes: Int
    package var events: Int
    /// The newest commit, as `throughline verify --expect` takes it.
    package var head: String
    package var tables: [Table]

    /// The names of the tables that are not as they are here.
    package func differences(_ found: [Table]) -> [String] {
        let ours = Dictionary(tables.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let theirs = Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        return Set(ours.keys).union(theirs.keys).filter { ours[$0] != theirs[$0] }.sorted()
    }

    package func text() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try encoder.encode(self)
    }
}
