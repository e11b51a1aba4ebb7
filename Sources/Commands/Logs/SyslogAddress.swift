/// A log server: "syslog:logs.example.gov:514" (TCP) or "syslog+tls:logs.example.gov:6514" (TLS, RFC 5425).
package struct SyslogAddress: Hashable, Sendable, CustomStringConvertible {
    package var place: HostAndPort
    package var isSecure: Bool

    package init?(_ text: String) {
        let schemes = [("syslog+tls:", true), ("syslog:", false)]
        guard let (scheme, isSecure) = schemes.first(where: { text.hasPrefix($0.0) }),
            let place = HostAndPort(text.dropFirst(scheme.count))
        else { return nil }
        self.place = place
        self.isSecure = isSecure
    }

    package var description: String { "\(isSecure ? "syslog+tls" : "syslog"):\(place)" }
}
