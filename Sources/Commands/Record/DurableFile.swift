internal import Foundation

/// A small file that is there whole and for good, or not at all: keys, without which what they sealed is lost. Written
/// beside its place, brought to the disk, then named; who comes second finds the first one's.
enum DurableFile {
    /// - Returns: what the file holds now, the data or what another program put there first; nil when it can't be made.
    static func create(_ path: String, _ data: Data) -> Data? {
        guard place(path, data) else { return nil }
        return FileManager.default.contents(atPath: path)
    }

    private static func place(_ path: String, _ data: Data) -> Bool {
        let part = "\(path).\(getpid()).part"
        unlink(part)
        let file = open(part, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { return false }
        defer { unlink(part) }
        let written = data.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        let isWhole = written == data.count && fsync(file) == 0
        guard close(file) == 0, isWhole else { return false }
        // A link does not replace what is there, and not every file system has links.
        if link(part, path) != 0 {
            let isEmpty = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) == 0
            guard errno != EEXIST || isEmpty else { return true }
            guard rename(part, path) == 0 else { return false }
        }
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }
}
