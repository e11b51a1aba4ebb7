internal import Foundation

/// Standard error, written to as well as it goes: a log on a full or failing disk loses its lines, and a program that
/// serves people must not end for that (`FileHandle.write(_:)` ends it).
package enum StandardError {
    package static func write(_ text: String) { write(text, to: STDERR_FILENO) }

    package static func write(_ text: String, to file: Int32) {
        var left = Array(text.utf8)[...]
        while !left.isEmpty {
            let written = left.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            left = left.dropFirst(written)
        }
    }
}
