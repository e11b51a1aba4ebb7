import CArgon2

/// Passwords as Argon2id (RFC 9106) in PHC strings, which carry their own parameters, so that raising the cost later
/// leaves old passwords working and tells which to hash again.
struct PasswordCost: Sendable, Hashable {
    var kibibytes: UInt32
    var passes: UInt32
    var lanes: UInt32

    /// 19 MiB, two passes: the minimum of OWASP's Password Storage Cheat Sheet, 2026; about 30 ms on one core.
    static let standard = PasswordCost(kibibytes: 19_456, passes: 2, lanes: 1)

    /// How every hash made at this cost begins.
    var prefix: String { "$argon2id$v=19$m=\(kibibytes),t=\(passes),p=\(lanes)$" }
}

enum PasswordHash {
    private static let hashLength = 32
    private static let saltLength = 16

    /// Blocks for the time the cost asks.
    static func make(_ password: String, cost: PasswordCost = .standard) throws(StorageError) -> String {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<saltLength).map { _ in UInt8.random(in: 0...255, using: &random) }
        let size = argon2_encodedlen(
            cost.passes, cost.kibibytes, cost.lanes, UInt32(saltLength), UInt32(hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: size)
        let bytes = Array(password.utf8)
        let code = argon2id_hash_encoded(
            cost.passes, cost.kibibytes, cost.lanes, bytes, bytes.count, salt, salt.count, hashLength, &encoded,
            encoded.count)
        guard code == ARGON2_OK.rawValue else {
            throw .refused("the password could not be hashed (Argon2 \(code)); free some memory and try again.")
        }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func verify(_ password: String, against hash: String) -> Bool {
        let bytes = Array(password.utf8)
        return argon2id_verify(hash, bytes, bytes.count) == ARGON2_OK.rawValue
    }
}
