import Crypto
package import Foundation

/// Stylesheet and scripts, each under a URL that holds the hash of its content, so that it may be kept for ever.
package struct AssetCatalogue: Sendable {
    package struct Asset: Sendable {
        package let name: String
        package let hash: String
        package let contentType: String
        package let bytes: Data
    }

    private let byName: [String: Asset]

    init(_ files: [String: Data]) {
        var byName: [String: Asset] = [:]
        for (name, bytes) in files {
            let hash = SHA256.hash(data: bytes).prefix(8).map {
                String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
            }
            .joined()
            byName[name] = Asset(name: name, hash: hash, contentType: AssetCatalogue.contentType(name), bytes: bytes)
        }
        self.byName = byName
    }

    package subscript(name: String) -> Asset? { byName[name] }

    /// `/assets/<hash>/<name>`; the bare name when there is no such file, which then answers 404.
    package func path(_ name: String) -> String {
        guard let asset = byName[name] else { return "/assets/missing/\(name)" }
        return "/assets/\(asset.hash)/\(asset.name)"
    }

    private static func contentType(_ name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "json", "webmanifest": "application/manifest+json"
        case "woff2": "font/woff2"
        default: "application/octet-stream"
        }
    }
}
