/// Where a clamd listens: a host and a port, or a socket of this machine.
package enum ScannerAddress: Hashable, Sendable, CustomStringConvertible {
    case host(String, port: Int)
    case socket(path: String)

    /// "clamd:HOST:PORT", "clamd:[::1]:3310" or "clamd:unix:/run/clamav/clamd.ctl"; nil for anything else.
    package init?(_ text: String) {
        guard text.hasPrefix("clamd:") else { return nil }
        let rest = text.dropFirst("clamd:".count)
        if rest.hasPrefix("unix:") {
            let path = rest.dropFirst("unix:".count)
            // As long as a socket's address may be, with its ending zero.
            guard path.hasPrefix("/"), (2...107).contains(path.utf8.count), !path.utf8.contains(0) else { return nil }
            self = .socket(path: String(path))
            return
        }
        guard let place = HostAndPort(rest) else { return nil }
        self = .host(place.host, port: place.port)
    }

    package var description: String {
        switch self {
        case .host(let host, let port): "clamd:\(HostAndPort(host: host, port: port))"
        case .socket(let path): "clamd:unix:\(path)"
        }
    }
}
