import CQRencode

/// A QR code as an SVG picture: one path, no gaps between modules, four modules of quiet around it (ISO/IEC 18004).
enum QRPicture {
    /// The dark modules by row; nil for text that does not fit (about 2,300 bytes at this level of correction).
    static func modules(_ text: String) -> [[Bool]]? {
        // Level M: readable with 15 % of it covered or worn.
        guard !text.isEmpty, let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard width > 0, let data = code.pointee.data else { return nil }
        return (0..<width).map { row in (0..<width).map { data[row * width + $0] & 1 == 1 } }
    }

    /// - Parameter title: what screen readers say.
    static func svg(_ text: String, title: String) -> String? {
        guard let modules = modules(text) else { return nil }
        let side = modules.count + 8
        var path = ""
        for (y, row) in modules.enumerated() {
            var x = 0
            while x < row.count {
                guard row[x] else {
                    x += 1
                    continue
                }
                var end = x
                while end < row.count, row[end] { end += 1 }
                path += "M\(x + 4) \(y + 4)h\(end - x)v1h-\(end - x)z"
                x = end
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" role="img" \
            shape-rendering="crispEdges"><title>\(BytewiseHTML.escape(title))</title>\
            <path fill="#fff" d="M0 0h\(side)v\(side)h-\(side)z"/><path fill="#000" d="\(path)"/></svg>
            """
    }
}
