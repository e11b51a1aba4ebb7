import Crypto
import Experience

/// Random secrets: handed out once, kept only as a hash. 256 random bits need no salt and no slow hash.
enum Secret {
    static func random() -> String {
        var random = SystemRandomNumberGenerator()
        return Hex.encode((0..<32).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    static func hash(_ secret: String) -> String { Hex.encode(SHA256.hash(data: Array(secret.utf8))) }

    static func id(at now: Instant) -> String {
        var random = SystemRandomNumberGenerator()
        return TimeOrderedID(at: now, using: &random).description
    }
}
