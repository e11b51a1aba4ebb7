internal import Foundation

/// Random bytes for signing: THROUGHLINE_SITE_KEY, which nodes on one database share, or a file made at the first
/// start that only its owner may read.
struct SecretFile {
    var path: String

    func readOrCreate() throws -> [UInt8] {
        if let text = ProcessInfo.processInfo.environment["THROUGHLINE_SITE_KEY"] {
            let digits = Array(text.utf8)
            let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { at in
                UInt8(String(decoding: digits[at...at + 1], as: UTF8.self), radix: 16)
            }
            guard digits.count >= 64, bytes.count * 2 == digits.count else {
                throw CommandFailure.usage("THROUGHLINE_SITE_KEY is not a key; set it to 64 hexadecimal digits.")
            }
            return bytes
        }
        // An empty file is what a crash left of an older version's first start.
        if let data = FileManager.default.contents(atPath: path), !data.isEmpty {
            guard data.count >= 32 else {
                throw CommandFailure.badData(
                    "\(path) is damaged; restore it from the backup: tracking codes are read with it.")
            }
            return Array(data)
        }
        var source = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &source) }
        guard let kept = DurableFile.create(path, Data(bytes)) else {
            throw CommandFailure.unavailable("\(path) can't be written; make the folder writable.")
        }
        return Array(kept)
    }
}
