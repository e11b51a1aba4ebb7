internal import CCurl
internal import Foundation

/// Where a webhook may lead: checked when it is added, and again with the very address at every connection.
package enum WebhookAddress {
    /// The address as it will be used; throws what is wrong with it.
    ///
    /// - Parameter allowsPrivate: for tests and for receivers inside the agency's own network, by the operator's choice.
    package static func check(_ text: String, allowsPrivate: Bool = false) throws -> String {
        if let problem = problem(of: text, allowsPrivate: allowsPrivate) {
            throw CommandFailure.usage(problem.message(text))
        }
        return text
    }

    package enum Problem: String, Sendable, CaseIterable {
        case unreadable, credentials, unencrypted
        case privateNetwork = "private"

        func message(_ text: String) -> String {
            switch self {
            case .unreadable: "“\(text.prefix(80))” is no address; write it as https://hooks.example.gov/path."
            case .credentials: "a webhook's address holds no user, password or #fragment; leave them out."
            case .unencrypted: "a webhook's address begins with https://; unencrypted ones are refused."
            case .privateNetwork:
                "“\(text.prefix(80))” lies in a private network; a webhook must lead to a public address."
            }
        }
    }

    /// What is wrong with an address; nil when it may be used.
    package static func problem(of text: String, allowsPrivate: Bool = false) -> Problem? {
        guard text.utf8.count <= 2_000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
            !host.isEmpty
        else { return .unreadable }
        guard parts.user == nil, parts.password == nil, parts.fragment == nil else { return .credentials }
        guard scheme == "https" || (scheme == "http" && allowsPrivate) else { return .unencrypted }
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let isNamedPrivate = bare == "localhost" || bare.hasSuffix(".localhost") || bare.hasSuffix(".internal")
        return !allowsPrivate && (isPrivate(bare) == true || isNamedPrivate) ? .privateNetwork : nil
    }

    /// Whether an address in digits belongs to no public host; nil for a name.
    package static func isPrivate(_ host: String) -> Bool? {
        switch curl_is_private_text(host) {
        case 0: false
        case 1: true
        default: nil
        }
    }
}
