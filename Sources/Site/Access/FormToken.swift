import Crypto
import Foundation

/// The token every form carries: an HMAC over the session, or over the visit cookie of somebody not signed in.
/// Another site can send our cookies but can't read them, so it can't make the token.
struct FormToken: Sendable {
    let key: SymmetricKey

    init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    func make(visit: String, session: String?) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: message(visit, session), using: key)
        return Data(code).base64EncodedString()
    }

    /// Compared in constant time.
    func isValid(_ token: String, visit: String, session: String?) -> Bool {
        guard let code = Data(base64Encoded: token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message(visit, session), using: key)
    }

    /// Lengths first, so that no two pairs make the same message.
    private func message(_ visit: String, _ session: String?) -> Data {
        Data("form\n\(visit.utf8.count)\n\(visit)\n\(session ?? "")".utf8)
    }
}
