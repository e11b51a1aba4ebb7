import Foundation

/// What a browser sends from a form or a query: names with one or more values, in the order sent.
package struct FormBody: Sendable, Hashable {
    package private(set) var pairs: [Pair]
    /// The files of a form that has any.
    package private(set) var uploads: [Upload] = []

    package struct Pair: Sendable, Hashable {
        package var name: String
        package var value: String
    }

    package static let pairLimit = 500

    /// Reads `application/x-www-form-urlencoded`; nil when there are more than 500 pairs.
    package init?(urlEncoded text: some StringProtocol) {
        pairs = []
        for part in text.split(separator: "&") {
            guard pairs.count < FormBody.pairLimit else { return nil }
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first else { continue }
            pairs.append(
                Pair(name: FormBody.decode(name), value: halves.count > 1 ? FormBody.decode(halves[1]) : ""))
        }
    }

    /// Reads `multipart/form-data`; nil when it is not whole.
    init?(multipart body: Data, boundary: String) {
        guard let read = MultipartBody(body, boundary: boundary) else { return nil }
        pairs = read.fields.map { Pair(name: $0.name, value: $0.value) }
        uploads = read.uploads
    }

    package static let empty = FormBody()
    private init() { pairs = [] }

    package subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }
    package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// Percent-decoding with "+" as space; bytes that are no UTF-8 become the replacement character, control
    /// characters other than tab and line ends are dropped.
    private static func decode(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var source = Array(text.utf8)[...]
        while let byte = source.popFirst() {
            switch byte {
            case 0x2B: bytes.append(0x20)
            case 0x25:
                guard let high = source.first.flatMap(digit), source.count >= 2,
                    let low = digit(source[source.startIndex + 1])
                else {
                    bytes.append(byte)
                    continue
                }
                bytes.append(high << 4 | low)
                source.removeFirst(2)
            default: bytes.append(byte)
            }
        }
        bytes.removeAll { ($0 < 0x20 && $0 != 0x09 && $0 != 0x0A) || $0 == 0x7F }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
