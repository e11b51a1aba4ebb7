internal import Foundation
internal import Storage

/// The vault's key: THROUGHLINE_VAULT_KEY, or a file only its owner may read, made at the first start.
struct VaultKeyFile {
    var path: String

    func readOrCreate() throws -> VaultKeys {
        if let text = ProcessInfo.processInfo.environment["THROUGHLINE_VAULT_KEY"] {
            guard let key = VaultKey(text: text) else {
                throw CommandFailure.usage("THROUGHLINE_VAULT_KEY is not a key; set it to 64 hexadecimal digits.")
            }
            return VaultKeys(current: key)
        }
        // An empty file is what a crash left of an older version's first start: nothing was sealed with it.
        if let data = FileManager.default.contents(atPath: path), !data.isEmpty {
            // The first line is the key in use; further lines are earlier keys, newest first.
            let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
            let keys = lines.compactMap { VaultKey(text: $0) }
            guard let current = keys.first, keys.count == lines.count else {
                throw CommandFailure.badData("\(path) does not hold a vault key; restore it from the backup.")
            }
            return VaultKeys(current: current, previous: Array(keys.dropFirst()))
        }
        if fileKind(path) == .file, !FileManager.default.isReadableFile(atPath: path) {
            throw CommandFailure.unavailable("\(path) can't be read; it must belong to the user who runs this.")
        }
        let key = VaultKey.random()
        guard let kept = DurableFile.create(path, Data((key.text + "\n").utf8)) else {
            throw CommandFailure.unavailable(
                "\(path) can't be written; make the folder writable or set THROUGHLINE_VAULT_KEY.")
        }
        guard let first = VaultKey(text: String(decoding: kept.prefix { $0 != 0x0A }, as: UTF8.self)) else {
            throw CommandFailure.badData("\(path) does not hold a vault key; restore it from the backup.")
        }
        return VaultKeys(current: first)
    }
}
