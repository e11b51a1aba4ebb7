/// The code a person types to see their own journey: 12 characters of an alphabet without look-alikes
/// (no 0 O 1 I L U), shown as XXXX-XXXX-XXXX. About 59 bits, so it cannot be guessed within a rate limit.
package struct TrackingCode: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    private static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    package init(using random: inout some RandomNumberGenerator) {
        var bytes: [UInt8] = []
        for _ in 0..<12 {
            bytes.append(Self.alphabet[Int(random.next(upperBound: UInt64(Self.alphabet.count)))])
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Forgiving of case, spaces and hyphens; nil for anything that can't be a code.
    package init?(_ typed: some StringProtocol) {
        let kept = typed.uppercased().utf8.filter { $0 != 0x2D && $0 != 0x20 }
        guard kept.count == 12, kept.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        text = String(decoding: kept, as: UTF8.self)
    }

    package var description: String {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: 12, by: 4)
            .map { String(decoding: bytes[$0..<$0 + 4], as: UTF8.self) }
            .joined(separator: "-")
    }
}
