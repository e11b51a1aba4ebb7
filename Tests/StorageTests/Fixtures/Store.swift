import Experience
import Foundation
import Storage
import Synchronization

/// A record in a directory of its own, gone with the process.
struct Store: Sendable {
    let directory: String
    let record: Record

    init(_ options: RecordOptions = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys)) async throws {
        directory = Store.freshDirectory()
        record = try await Record.open(path: directory, options: options)
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
