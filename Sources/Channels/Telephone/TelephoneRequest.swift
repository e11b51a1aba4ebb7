internal import Crypto
internal import Foundation

/// What a telephone carrier sends to a webhook: form fields in the shape Twilio documents (`MessageSid`, `From`, `Body`;
/// `CallSid`, `Digits`).
package struct TelephoneRequest: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var fields: [Field]

    package init(fields: [Field]) { self.fields = fields }

    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The message's or the call's id; nil for a request without a usable one.
    package var id: String? {
        let id = self["MessageSid"] ?? self["SmsSid"] ?? self["CallSid"]
        guard let id, (8...64).contains(id.utf8.count), id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        return id
    }

    /// The person's number; nil for one nobody could answer to.
    package var from: String? {
        guard let from = self["From"], (3...64).contains(from.utf8.count),
            from.utf8.contains(where: { (0x30...0x39).contains($0) })
        else { return nil }
        return from
    }
}

/// The signature carriers put in `X-Twilio-Signature`: base 64 of HMAC-SHA1, keyed with the account's token, over the
/// address asked for and every field's name and value, sorted by name.
///
/// - Reference: Twilio, "Validating requests are coming from Twilio". SHA-1 is theirs to choose; as a keyed code it is
///   not known to be broken.
package enum TelephoneSignature {
    package static func make(token: String, url: String, fields: [TelephoneRequest.Field]) -> String {
        Data(code(token, url, fields)).base64EncodedString()
    }

    /// Compared in constant time.
    package static func isValid(
        _ signature: String, token: String, url: String, fields: [TelephoneRequest.Field]
    ) -> Bool {
        guard let given = Data(base64Encoded: signature) else { return false }
        let key = SymmetricKey(data: Array(token.utf8))
        return HMAC<Insecure.SHA1>.isValidAuthenticationCode(given, authenticating: message(url, fields), using: key)
    }

    private static func code(_ token: String, _ url: String, _ fields: [TelephoneRequest.Field]) -> [UInt8] {
        Array(
            HMAC<Insecure.SHA1>.authenticationCode(
                for: message(url, fields), using: SymmetricKey(data: Array(token.utf8))))
    }

    private static func message(_ url: String, _ fields: [TelephoneRequest.Field]) -> [UInt8] {
        let sorted = fields.sorted { (Array($0.name.utf8), $0.value) < (Array($1.name.utf8), $1.value) }
        return Array((url + sorted.map { $0.name + $0.value }.joined()).utf8)
    }
}

private func < (a: ([UInt8], String), b: ([UInt8], String)) -> Bool {
    a.0 == b.0 ? a.1 < b.1 : a.0.lexicographicallyPrecedes(b.0)
}
