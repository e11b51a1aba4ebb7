import Foundation

/// A file that came with a form.
package struct Upload: Sendable, Hashable {
    package var name: String
    package var fileName: String
    package var bytes: [UInt8]
}

/// Reads `multipart/form-data` (RFC 7578): what a browser sends from a form with files.
struct MultipartBody {
    var fields: [(name: String, value: String)] = []
    var uploads: [Upload] = []

    static let partLimit = 500

    /// The boundary a content type names; nil when it is no multipart form.
    static func boundary(of contentType: String) -> String? {
        let parts = contentType.split(separator: ";")
        guard parts.first?.trimmingSpaces.lowercased() == "multipart/form-data" else { return nil }
        for part in parts.dropFirst() {
            let text = part.trimmingSpaces
            guard text.lowercased().hasPrefix("boundary=") else { continue }
            var value = text.dropFirst("boundary=".count)
            if value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 { value = value.dropFirst().dropLast() }
            return (1...70).contains(value.utf8.count) ? String(value) : nil
        }
        return nil
    }

    /// Nil for anything that is not whole: a part without its end, headers without theirs, too many parts.
    init?(_ body: Data, boundary: String) {
        let mark = Data("--\(boundary)".utf8)
        let end = Data("\r\n--\(boundary)".utf8)
        let gap = Data("\r\n\r\n".utf8)
        guard let first = body.range(of: mark), first.lowerBound == body.startIndex else { return nil }
        var at = first.upperBound
        while true {
            guard body.distance(from: at, to: body.endIndex) >= 2 else { return nil }
            // "--" ends the body, a line end begins another part.
            if body[at] == 0x2D, body[at + 1] == 0x2D { return }
            guard body[at] == 0x0D, body[at + 1] == 0x0A, fields.count + uploads.count < MultipartBody.partLimit else {
                return nil
            }
            at += 2
            guard let head = body.range(of: gap, in: at..<body.endIndex),
                let next = body.range(of: end, in: head.upperBound..<body.endIndex)
            else {
                return nil
            }
            guard body.distance(from: at, to: head.lowerBound) <= 4_096 else { return nil }
            take(String(decoding: body[at..<head.lowerBound], as: UTF8.self), body[head.upperBound..<next.lowerBound])
            at = next.upperBound
        }
    }

    private mutating func take(_ head: String, _ content: Data) {
        for line in head.split(separator: "\r\n") {
            guard line.lowercased().hasPrefix("content-disposition:") else { continue }
            guard let name = MultipartBody.parameter("name", line) else { return }
            if let fileName = MultipartBody.parameter("filename", line) {
                // A file input left empty sends a part without name or bytes.
                if fileName.isEmpty, content.isEmpty { return }
                uploads.append(
                    Upload(name: name, fileName: MultipartBody.lastPart(fileName), bytes: Array(content)))
            } else {
                let bytes = content.filter { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 || $0 == 0x0A }
                fields.append((name, String(decoding: bytes, as: UTF8.self)))
            }
            return
        }
    }

    /// `name="value"`, where the name begins a parameter. Browsers write a quote inside as %22.
    private static func parameter(_ name: String, _ line: Substring) -> String? {
        guard let start = line.range(of: "; \(name)=\""), let end = line[start.upperBound...].firstIndex(of: "\"")
        else { return nil }
        return String(line[start.upperBound..<end]).replacing("%22", with: "\"").replacing("%0D%0A", with: " ")
    }

    /// A file's own name, without folders, control characters or more length than a page shows.
    private static func lastPart(_ name: String) -> String {
        let own = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "file"
        let scalars = own.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        return String(String(String.UnicodeScalarView(scalars)).prefix(100))
    }
}
