internal import Foundation

/// Where analyses beyond memory are answered: `clickhouse:http://user:password@host:port/database?cluster=NAME`.
package struct AnalyticsAddress: Hashable, Sendable {
    package var isSecure: Bool
    package var host: String
    package var port: Int
    package var user: String
    /// Empty for none.
    package var password: String
    package var database: SQLName
    /// Nil for a server that stands alone.
    package var cluster: SQLName?

    package static let form = "clickhouse:http://user@host:8123/database?cluster=NAME"

    /// - Throws: a sentence that says which part can't be read.
    package init(_ text: String) throws(AnalyticsError) {
        guard text.hasPrefix("clickhouse:") else { throw .badAddress("it does not begin with clickhouse:") }
        var rest = text.dropFirst("clickhouse:".count)
        if rest.hasPrefix("http://") {
            isSecure = false
        } else if rest.hasPrefix("https://") {
            isSecure = true
        } else {
            throw .badAddress("after clickhouse: comes http:// or https://")
        }
        rest = rest.dropFirst(isSecure ? 8 : 7)
        var query: Substring = ""
        if let mark = rest.firstIndex(of: "?") {
            query = rest[rest.index(after: mark)...]
            rest = rest[..<mark]
        }
        var path: Substring = ""
        if let slash = rest.firstIndex(of: "/") {
            path = rest[rest.index(after: slash)...]
            rest = rest[..<slash]
        }
        (user, password) = ("default", "")
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = try AnalyticsAddress.plain(parts[0])
            if parts.count > 1 { password = try AnalyticsAddress.plain(parts[1]) }
            rest = rest[rest.index(after: at)...]
        }
        guard !(user + password).utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw .badAddress("user and password can't hold control characters")
        }
        (host, port) = try AnalyticsAddress.place(rest, isSecure ? 8443 : 8123)
        guard let name = SQLName(path.isEmpty ? "throughline" : String(path)) else {
            throw .badAddress("the database's name is letters, digits and _ only, 64 at most")
        }
        database = name
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == "cluster" else {
                throw .badAddress("“\(pair.prefix(40))” is not known; only cluster=NAME is")
            }
            guard let name = SQLName(String(parts[1])) else {
                throw .badAddress("the cluster's name is letters, digits and _ only, 64 at most")
            }
            cluster = name
        }
    }

    private static func place(_ text: Substring, _ standard: Int) throws(AnalyticsError) -> (String, Int) {
        var host = text
        var port: Int? = standard
        let isBare = text.hasPrefix("[") ? text.hasSuffix("]") : !text.contains(":")
        if !isBare, let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            port = Int(text[text.index(after: colon)...])
        }
        let allowed = host.utf8.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F: true
            default: false
            }
        }
        guard !host.isEmpty, allowed else { throw .badAddress("it names no host") }
        guard let port, (1...65_535).contains(port) else { throw .badAddress("its port does not exist") }
        return (String(host), port)
    }

    private static func plain(_ text: Substring) throws(AnalyticsError) -> String {
        guard let plain = String(text).removingPercentEncoding else {
            throw .badAddress("user or password holds a % that is no escape; write %25")
        }
        return plain
    }

    var base: String { "\(isSecure ? "https" : "http")://\(host):\(port)/" }
}

extension AnalyticsAddress: CustomStringConvertible {
    /// Without the password.
    package var description: String {
        let cluster = cluster.map { "?cluster=\($0.text)" } ?? ""
        return "clickhouse:\(isSecure ? "https" : "http")://\(user)@\(host):\(port)/\(database.text)\(cluster)"
    }

    /// What the feed is known by in the record: the same data, whoever the user is.
    package var target: String {
        "clickhouse:\(host):\(port)/\(database.text)\(cluster.map { "?cluster=\($0.text)" } ?? "")"
    }
}
