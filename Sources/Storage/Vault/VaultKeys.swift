import Crypto
import Foundation

/// A 256-bit key of the vault. Its id is derived from it and tells keys apart without telling anything about them.
package struct VaultKey: Sendable {
    package let id: String
    let secret: SymmetricKey

    /// Nil unless there are exactly 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        secret = SymmetricKey(data: Array(bytes))
        let mark = HMAC<SHA256>.authenticationCode(for: Array("throughline vault key".utf8), using: secret)
        id = Hex.encode(mark.prefix(6))
    }

    /// A key in the text of a key file or an environment variable: 64 hex digits, spaces and line ends around
    /// them ignored.
    package init?(text: String) {
        guard let bytes = Hex.decode(text.filter { !$0.isWhitespace }) else { return nil }
        self.init(bytes: bytes)
    }

    /// The text ``init(text:)`` reads. Secret.
    package var text: String { secret.withUnsafeBytes { Hex.encode($0) } }

    package static func random() -> VaultKey {
        let secret = SymmetricKey(size: .bits256)
        let bytes = secret.withUnsafeBytes { Array($0) }
        guard let key = VaultKey(bytes: bytes) else { preconditionFailure("256 bits are 32 bytes") }
        return key
    }
}

/// The key new words are sealed with, and the keys that older words may still be sealed with.
package struct VaultKeys: Sendable {
    package let current: VaultKey
    private let byID: [String: VaultKey]
    /// For the keyed hashes of tracking codes and sign-in names: derived from the oldest key, so that it outlives a
    /// rotation as long as that key stays configured.
    let hashing: SymmetricKey

    /// - Parameter previous: newest first; keep the oldest as long as tracking codes made under it are to work.
    package init(current: VaultKey, previous: [VaultKey] = []) {
        self.current = current
        var byID: [String: VaultKey] = [:]
        for key in [current] + previous { byID[key.id] = key }
        self.byID = byID
        hashing = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: (previous.last ?? current).secret, info: Array("throughline lookup hash".utf8),
            outputByteCount: 32)
    }

    package subscript(id: String) -> VaultKey? { byID[id] }
}

enum Hex {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var out: [UInt8] = []
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    static func decode(_ text: String) -> [UInt8]? {
        func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x41...0x46: byte - 0x37
            case 0x61...0x66: byte - 0x57
            default: nil
            }
        }
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var out: [UInt8] = []
        for at in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digit(digits[at]), let low = digit(digits[at + 1]) else { return nil }
            out.append(high << 4 | low)
        }
        return out
    }
}
