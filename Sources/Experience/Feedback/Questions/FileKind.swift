/// What a file can be: told by its first bytes, never by its name or by what the browser says.
package enum FileKind: String, CaseIterable, Sendable, Codable {
    case pdf, jpeg, png

    /// In bytes.
    package static let usualLimit = 5 << 20
    package static let largestLimit = 10 << 20

    package init?(bytes: some Collection<UInt8>) {
        let kinds: [(FileKind, [UInt8])] = [
            (.pdf, Array("%PDF-".utf8)), (.jpeg, [0xFF, 0xD8, 0xFF]),
            (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ]
        guard let found = kinds.first(where: { bytes.starts(with: $0.1) }) else { return nil }
        self = found.0
    }

    /// "5 MB", "500 KB": rounded down, so that what is said to be allowed is.
    package static func sizeText(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MB" : "\(max(1, bytes >> 10)) KB"
    }

    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        }
    }

    package var ending: String {
        switch self {
        case .pdf: "pdf"
        case .jpeg: "jpg"
        case .png: "png"
        }
    }
}

/// A file given as an answer, as it is written among the answers; its bytes are kept apart, sealed.
package struct FileNote: Hashable, Sendable {
    package var kind: FileKind
    package var size: Int
    /// As the person called it: personal, so it goes to the vault.
    package var name: String

    package init(kind: FileKind, size: Int, name: String) {
        self.kind = kind
        self.size = size
        self.name = name
    }

    /// "pdf:1832:letter.pdf"
    package var text: String { "\(kind.rawValue):\(size):\(name)" }

    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = FileKind(rawValue: String(parts[0])), let size = Int(parts[1]), size >= 0
        else { return nil }
        self.init(kind: kind, size: size, name: String(parts[2].prefix(120)))
    }
}
