import Experience
import Foundation
import Storage

/// A record in a directory of its own, gone with the value.
final class Store: Sendable {
    let directory: String
    let record: Record

    init(_ options: RecordOptions = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys)) async throws {
        directory = Store.freshDirectory()
        record = try await Record.open(path: directory, options: options)
    }

    static func freshDirectory() -> String {
        NSTemporaryDirectory() + "/throughline-store-\(UUID().uuidString)"
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }
}
