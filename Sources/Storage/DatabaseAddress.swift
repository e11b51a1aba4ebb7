/// Where a record is kept: a folder with an embedded database, or a PostgreSQL server.
package enum DatabaseAddress: Hashable, Sendable, CustomStringConvertible {
    /// The folder that holds ``Record/fileName``.
    case sqlite(folder: String)
    /// A connection URI as libpq reads it; several hosts may be named: `postgres://one,two/throughline`.
    case postgres(uri: String)

    /// Reads `sqlite:FOLDER`, `postgres://…` and `postgresql://…`; nil for anything else.
    package init?(_ text: String) {
        if let folder = text.dropping(prefix: "sqlite:"), !folder.isEmpty {
            self = .sqlite(folder: folder)
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(uri: text)
        } else {
            return nil
        }
    }

    /// Without the password.
    package var description: String {
        switch self {
        case .sqlite(let folder): return "sqlite:\(folder)"
        case .postgres(let uri):
            // Parameters may hold a password too.
            let place = uri.prefix { $0 != "?" }
            guard let at = place.lastIndex(of: "@"), let scheme = place.range(ofText: "://") else {
                return String(place)
            }
            let user = place[scheme..<at].prefix { $0 != ":" }
            return String(place[..<scheme]) + user + place[at...]
        }
    }
}

extension String {
    fileprivate func dropping(prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}

extension Substring {
    /// The end of the first occurrence.
    fileprivate func range(ofText text: String) -> Index? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(text) { return index(at, offsetBy: text.count) }
            at = index(after: at)
        }
        return nil
    }
}
