internal import Channels
internal import Foundation

/// Which carrier takes our text messages.
package enum SMSSettings: Hashable, Sendable {
    case twilio(Twilio)
    /// Carries nothing: writes each message as a line of JSON to this file, for tests and for looking.
    case sandbox(file: String)

    package struct Twilio: Hashable, Sendable {
        /// Without a path; other carriers speak the same language at addresses of their own.
        package var url: String
        package var account: String
        package var token: String
        /// Our number in E.164, or the id of a messaging service (MG…).
        package var from: String

        package init(url: String = "https://api.twilio.com", account: String, token: String, from: String) throws {
            guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
                let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil
            else {
                throw CommandFailure.usage(
                    "the carrier's address “\(url.prefix(80))” can't be read; write it as https://api.twilio.com.")
            }
            guard scheme == "https" || (scheme == "http" && ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host))
            else {
                throw CommandFailure.usage(
                    "text messages go out over https only; write the carrier's address as https://api.twilio.com.")
            }
            let isPlain = { (text: String) in
                (1...128).contains(text.utf8.count)
                    && text.utf8.allSatisfy {
                        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    }
            }
            guard isPlain(account) else {
                throw CommandFailure.usage("the carrier's account id holds letters and digits only; check it.")
            }
            guard !token.isEmpty else {
                throw CommandFailure.usage("the carrier's secret is missing; set THROUGHLINE_SMS_TOKEN.")
            }
            guard PhoneNumber(from)?.text == from || (from.hasPrefix("MG") && isPlain(from)) else {
                throw CommandFailure.usage(
                    "text messages need a sender: THROUGHLINE_SMS_FROM as +15550100199, or a messaging service's id (MG…)."
                )
            }
            self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
            self.account = account
            self.token = token
            self.from = from
        }
    }

    package func provider() throws -> any SMSProvider {
        switch self {
        case .twilio(let settings): try TwilioSMS(settings)
        case .sandbox(let file): SandboxSMS(file: file)
        }
    }
}
