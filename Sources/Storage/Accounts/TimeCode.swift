import Crypto
package import Experience

/// Codes by the clock (RFC 6238) as authenticator apps show them: HMAC-SHA-1, six digits, a new one every 30 seconds.
/// SHA-1 is what every app understands; collisions, its weakness, are no help against HMAC (RFC 6238, section B.2).
package enum TimeCode {
    package static let period: Int64 = 30
    package static let digits = 6
    /// Clocks of phones are a little off: the code before and the one after are taken too.
    static let window: Int64 = 1

    package static func step(at now: Instant) -> Int64 {
        let seconds = now.microseconds / 1_000_000
        return (seconds < 0 ? seconds - (period - 1) : seconds) / period
    }

    /// The code of one step (RFC 4226, section 5.3).
    ///
    /// - Parameter digits: 1 to 9.
    package static func text(of secret: [UInt8], step: Int64, digits: Int = TimeCode.digits) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let at = Int(mac[mac.count - 1] & 0x0F)
        var number = UInt32(mac[at] & 0x7F) << 24
        number |= UInt32(mac[at + 1]) << 16 | UInt32(mac[at + 2]) << 8 | UInt32(mac[at + 3])
        var code: [UInt8] = []
        for _ in 0..<digits {
            code.append(0x30 + UInt8(number % 10))
            number /= 10
        }
        return String(decoding: code.reversed(), as: UTF8.self)
    }

    /// The newest step whose code this is, among those that are near and later than the last one used; nil when there
    /// is none. Every step is looked at, whatever was found before.
    static func step(of typed: String, secret: [UInt8], now: Instant, after last: Int64) -> Int64? {
        let current = step(at: now)
        var found: Int64?
        for one in current - window...current + window
        where isEqual(text(of: secret, step: one), typed) && one > last {
            found = one
        }
        return found
    }

    /// Takes as long wherever the first difference is.
    private static func isEqual(_ code: String, _ typed: String) -> Bool {
        let (code, typed) = (Array(code.utf8), Array(typed.utf8))
        guard code.count == typed.count else { return false }
        return zip(code, typed).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// What an authenticator app and we both know: 160 random bits, the length RFC 4226 recommends.
package struct SharedSecret: Hashable, Sendable {
    package let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    static func random() -> SharedSecret {
        var random = SystemRandomNumberGenerator()
        return SharedSecret(bytes: (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    /// In base 32 (RFC 4648, without padding), as apps take it.
    package var text: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var out: [UInt8] = []
        var (held, bits) = (UInt32(0), 0)
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                out.append(alphabet[Int(held >> UInt32(bits) & 31)])
            }
            held &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { out.append(alphabet[Int(held << UInt32(5 - bits) & 31)]) }
        return String(decoding: out, as: UTF8.self)
    }
}

/// What somebody typed where a code is asked for.
enum TypedCode: Hashable, Sendable {
    case time(String)
    case recovery(TrackingCode)

    /// Forgiving of spaces and hyphens; nil for what can be neither.
    init?(_ typed: String) {
        let kept = typed.filter { !$0.isWhitespace && $0 != "-" }
        if kept.utf8.count == TimeCode.digits, kept.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            self = .time(kept)
        } else if let code = TrackingCode(typed.filter { !$0.isWhitespace }) {
            self = .recovery(code)
        } else {
            return nil
        }
    }
}
