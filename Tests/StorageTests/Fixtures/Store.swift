import Experience
import Foundation
import Storage
import Synchronization

/// A record of its own on the database the test runs on, gone with the process.
struct Store: Sendable {
    let address: DatabaseAddress
    let record: Record

    init(_ options: RecordOptions = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys)) async throws {
        address = try Store.freshAddress()
        record = try await Record.open(address, options: options)
    }

    /// The folder of an embedded database.
    var directory: String {
        if case .sqlite(let folder) = address { folder } else { "" }
    }

    static func freshAddress() throws -> DatabaseAddress {
        switch DatabaseKind.current {
        case .sqlite: .sqlite(folder: freshDirectory())
        case .postgres: .postgres(uri: try PostgresServer.shared.get().newSchema())
        }
    }

    private static let used = Mutex<[String]>([])
    private static let cleaning: Void = {
        atexit { Store.used.withLock { for path in $0 { try? FileManager.default.removeItem(atPath: path) } } }
    }()

    static func freshDirectory() -> String {
        _ = cleaning
        let path = NSTemporaryDirectory() + "/throughline-store-\(UUID().uuidString)"
        used.withLock { $0.append(path) }
        return path
    }
}
