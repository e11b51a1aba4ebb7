import Crypto
import Experience
import Foundation

/// What a form carries against floods: which form and which response it is for, when it was opened, and how much work
/// is asked for it. Signed, so that nobody makes tickets of their own; bound to the response's id, so that one ticket
/// is one answer.
struct FormTicket: Sendable, Hashable {
    /// Service, and form or touchpoint.
    var place: String
    var response: String
    var issued: Instant
    /// Leading zero bits that SHA-256 of ticket, colon and nonce must have; 0 when no work is asked.
    var bits: Int

    static let workLimit = 24

    func text(key: [UInt8]) -> String {
        let plain = "\(issued.microseconds).\(bits).\(response)"
        return "\(plain).\(FormTicket.code(plain, place, key))"
    }

    /// Nil for what we did not sign, or signed for another form.
    init?(_ text: String, place: String, key: [UInt8]) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 300, parts.count == 4, let issued = Int64(parts[0]), let bits = Int(parts[1]),
            (0...FormTicket.workLimit).contains(bits)
        else { return nil }
        let plain = "\(parts[0]).\(parts[1]).\(parts[2])"
        guard let given = Data(base64Encoded: String(parts[3])),
            HMAC<SHA256>.isValidAuthenticationCode(
                given, authenticating: FormTicket.message(plain, place), using: SymmetricKey(data: key))
        else { return nil }
        self.init(place: place, response: String(parts[2]), issued: Instant(microseconds: issued), bits: bits)
    }

    init(place: String, response: String, issued: Instant, bits: Int) {
        self.place = place
        self.response = response
        self.issued = issued
        self.bits = max(0, min(bits, FormTicket.workLimit))
    }

    private static func message(_ plain: String, _ place: String) -> Data {
        Data("ticket\n\(place.utf8.count)\n\(place)\n\(plain)".utf8)
    }

    private static func code(_ plain: String, _ place: String, _ key: [UInt8]) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: message(plain, place), using: SymmetricKey(data: key)))
            .base64EncodedString()
    }

    /// Whether a nonce does the work a ticket asks for.
    static func isWorked(_ ticket: String, nonce: String, bits: Int) -> Bool {
        guard bits > 0 else { return true }
        guard (1...20).contains(nonce.utf8.count), nonce.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        var zeros = 0
        for byte in SHA256.hash(data: Data("\(ticket):\(nonce)".utf8)) {
            zeros += byte.leadingZeroBitCount
            if byte != 0 { break }
        }
        return zeros >= bits
    }
}
