package import Formats
internal import Foundation

/// The server that takes our mail, and who it is from.
package struct MailSettings: Sendable {
    package enum Security: String, Sendable, CaseIterable {
        /// STARTTLS before anything is said (or TLS from the start with smtps://): the default.
        case required
        /// STARTTLS where the server offers it: the default for a server on this machine.
        case offered
        case off
    }

    /// smtp://host:587 or smtps://host:465, without user and password.
    package var url: String
    package var from: MailAddress
    package var user: String?
    package var password: String?
    package var security: Security
    /// A file of certificates to trust instead of the system's.
    package var authorities: String?

    package init(
        url: String, from: MailAddress, user: String? = nil, password: String? = nil, security: Security? = nil,
        authorities: String? = nil
    ) throws {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme, ["smtp", "smtps"].contains(scheme),
            let host = parts.host, !host.isEmpty
        else {
            throw CommandFailure.usage(
                "the mail server “\(url.prefix(80))” can't be read; write it as smtp://mail.example.gov:587 or "
                    + "smtps://mail.example.gov:465.")
        }
        guard parts.user == nil, parts.password == nil else {
            throw CommandFailure.usage(
                "the mail server's address must hold no user or password; set THROUGHLINE_SMTP_USER and "
                    + "THROUGHLINE_SMTP_PASSWORD.")
        }
        self.url = url
        self.from = from
        self.user = user
        self.password = password
        let isHere = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
        self.security = security ?? (isHere ? .offered : .required)
        self.authorities = authorities
    }
}
