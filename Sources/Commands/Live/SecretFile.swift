internal import Foundation

/// Random bytes for signing, made at the first start; only its owner may read it.
struct SecretFile {
    var path: String

    func readOrCreate() throws -> [UInt8] {
        if let data = FileManager.default.contents(atPath: path) {
            guard data.count >= 32 else {
                throw CommandFailure.badData(
                    "\(path) is damaged; delete it, and people will only have to sign in again.")
            }
            return Array(data)
        }
        var source = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &source) }
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure.unavailable("\(path) can't be written; make the folder writable.") }
        return bytes
    }
}
