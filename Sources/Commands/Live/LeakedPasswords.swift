internal import Crypto
internal import Dispatch
internal import Foundation

/// Passwords that leaked somewhere: a file of the SHA-1 hashes of passwords in order, a line each, as the “Pwned
/// Passwords” list is given out (40 hexadecimal digits, then ":" and a count or nothing). Looked up where it lies, line
/// by line halved; no password and no part of a hash leaves this machine.
package struct LeakedPasswords: Sendable {
    package let path: String
    private static let queue = DispatchQueue(label: "throughline.leaked")
    private static let digitCount = 40
    /// No line is longer.
    private static let longest = 128

    package init(path: String) { self.path = path }

    /// What keeps the file from being used: named in words, thrown.
    package struct Unusable: Error, Hashable, CustomStringConvertible {
        package var description: String
    }

    package func contains(_ password: String) async throws -> Bool {
        let wanted = Self.digits(Insecure.SHA1.hash(data: Data(password.utf8)))
        return try await withCheckedThrowingContinuation { waiting in
            Self.queue.async { waiting.resume(with: Result { try search(wanted) }) }
        }
    }

    private static func digits(_ hash: some Sequence<UInt8>) -> [UInt8] {
        let signs = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in hash {
            text.append(signs[Int(byte >> 4)])
            text.append(signs[Int(byte & 15)])
        }
        return text
    }

    /// Throws where the file can't be one: not there, no hashes, or its ends out of order.
    package func check() throws {
        let file = try Lines(path: path)
        defer { file.close() }
        let first = try file.line(at: 0)
        let last = try file.line(at: file.size - 1)
        guard first.start == last.start || first.hash.lexicographicallyPrecedes(last.hash) else {
            throw Unusable(description: "its hashes are not in order; take the list ordered by hash")
        }
    }

    private func search(_ wanted: [UInt8]) throws -> Bool {
        let file = try Lines(path: path)
        defer { file.close() }
        var (low, high) = (0, file.size)
        while low < high {
            let line = try file.line(at: low + (high - low) / 2)
            if line.hash == wanted { return true }
            if line.hash.lexicographicallyPrecedes(wanted) { low = line.end } else { high = line.start }
        }
        return false
    }

    private struct Lines {
        let handle: FileHandle
        let size: Int

        init(path: String) throws {
            guard let handle = FileHandle(forReadingAtPath: path), let size = try? handle.seekToEnd(), size > 0 else {
                throw Unusable(description: "it can't be read, or is empty")
            }
            self.handle = handle
            self.size = Int(clamping: size)
        }

        func close() { try? handle.close() }

        /// The line that holds the byte at a place; `end` is where the next begins.
        func line(at place: Int) throws -> (start: Int, end: Int, hash: [UInt8]) {
            let from = max(0, place - longest)
            try handle.seek(toOffset: UInt64(from))
            let block = Array(try handle.read(upToCount: 2 * longest) ?? Data())
            let at = min(place - from, block.count)
            let before = block[..<at].lastIndex(of: 0x0A)
            guard before != nil || from == 0 else { throw Unusable(description: "it has a line that is too long") }
            let begin = before.map { $0 + 1 } ?? 0
            let end = block[begin...].firstIndex(of: 0x0A).map { $0 + 1 } ?? block.count
            let hash = block[begin..<end].prefix(digitCount).map { (0x61...0x66).contains($0) ? $0 - 0x20 : $0 }
            guard hash.count == digitCount, hash.allSatisfy(Self.isDigit),
                begin + digitCount == end || [0x0A, 0x0D, 0x3A].contains(block[begin + digitCount])
            else { throw Unusable(description: "it has a line that is no SHA-1 hash; take the list of SHA-1 hashes") }
            return (from + begin, from + end, Array(hash))
        }

        private static func isDigit(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte)
        }
    }
}
