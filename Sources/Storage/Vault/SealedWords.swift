import Crypto
import Experience

/// Words sealed with AES-256-GCM: a nonce of their own, and the place they belong to as authenticated data, so that
/// a sealed text moved to another person or field does not open.
struct SealedWords: Sendable {
    let agency: String
    let subject: String
    let field: String
    let keyID: String
    let sealed: [UInt8]

    init(_ entry: VaultEntry, key: VaultKey) throws(StorageError) {
        agency = entry.subject.agency.text
        subject = entry.subject.key
        field = entry.field
        keyID = key.id
        sealed = try SealedWords.seal(
            Array(entry.text.utf8), key: key, place: SealedWords.place(agency, subject, field))
    }

    static func place(_ agency: String, _ subject: String, _ field: String) -> [UInt8] {
        // Lengths first, so that no two places share a spelling.
        Array("\(agency.utf8.count):\(subject.utf8.count):\(agency)\(subject)\(field)".utf8)
    }

    static func seal(_ bytes: [UInt8], key: VaultKey, place: [UInt8]) throws(StorageError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(bytes, using: key.secret, authenticating: place)
            guard let combined = box.combined else { throw StorageError.wrongVaultKey(id: key.id) }
            return Array(combined)
        } catch {
            throw .wrongVaultKey(id: key.id)
        }
    }

    static func open(_ sealed: [UInt8], key: VaultKey, place: [UInt8]) throws(StorageError) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return Array(try AES.GCM.open(box, using: key.secret, authenticating: place))
        } catch {
            throw .wrongVaultKey(id: key.id)
        }
    }
}
