import Foundation

/// What counts as one place in what is held back: an IPv4 address, or the /64 network of an IPv6 address, which one
/// household or office has to itself and can take any number of addresses from.
enum NetworkPlace {
    static func of(_ address: String) -> String {
        guard address.contains(":") else { return address }
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address.split(separator: "%").first.map(String.init) ?? address, &bytes) == 1 else {
            return address
        }
        let all = withUnsafeBytes(of: &bytes) { Array($0) }
        // An IPv4 address in IPv6 clothes is that address.
        if all.prefix(10).allSatisfy({ $0 == 0 }), all[10] == 0xFF, all[11] == 0xFF {
            return all[12...].map(String.init).joined(separator: ".")
        }
        return all.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "/64"
    }
}
