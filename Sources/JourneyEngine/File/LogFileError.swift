/// Why a saved log was not opened or written. Every case says what is wrong and where.
package enum LogFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The operating system refused; `code` is its error number.
    case system(operation: String, path: String, code: Int32)
    /// Not a saved log at all.
    case notALog(path: String)
    case unsupportedVersion(path: String, found: UInt32, supported: UInt32)
    /// Written on a machine with another byte order.
    case foreignByteOrder(path: String)
    /// Shorter or longer than it says it is.
    case wrongSize(path: String, expected: UInt64, found: UInt64)
    /// The part's bytes are not those that were written.
    case damaged(path: String, part: String, bytes: Range<UInt64>)
    /// The part's description contradicts itself or another part's.
    case inconsistent(path: String, part: String, reason: String)

    package var description: String {
        switch self {
        case .system(let operation, let path, let code):
            "Could not \(operation) \(path): system error \(code). Check that the path exists and may be used."
        case .notALog(let path):
            "\(path) is not a saved journey log. Make one with save(to:), or read it in its own format."
        case .unsupportedVersion(let path, let found, let supported):
            "\(path) is a saved journey log of version \(found); this program reads version \(supported). "
                + "Make it again from its source."
        case .foreignByteOrder(let path):
            "\(path) was saved on a machine with another byte order. Make it again from its source on this one."
        case .wrongSize(let path, let expected, let found):
            "\(path) should have \(expected) bytes and has \(found): it was cut short or added to. "
                + "Restore it or make it again from its source."
        case .damaged(let path, let part, let bytes):
            "\(path) is damaged in its \(part), in bytes \(bytes.lowerBound) to \(bytes.upperBound). "
                + "Restore it or make it again from its source."
        case .inconsistent(let path, let part, let reason):
            "\(path) is damaged in its \(part): \(reason). Restore it or make it again from its source."
        }
    }
}
