internal import Foundation

/// The rows that were left out, as CSV: line, reason, the start of the row. Made only when there is one.
final class RejectFile {
    let path: String
    private(set) var count = 0
    private var handle: FileHandle?

    init(for file: String) {
        path = file + ".rejects.csv"
    }

    deinit { try? handle?.close() }

    func add(line: Int, reason: String, excerpt: String) throws {
        if handle == nil {
            guard FileManager.default.createFile(atPath: path, contents: Data("line,reason,row\n".utf8)),
                let opened = FileHandle(forWritingAtPath: path)
            else {
                throw CommandFailure.unavailable(
                    "the rejected rows can't be listed in \(path); make the folder writable.")
            }
            opened.seekToEndOfFile()
            handle = opened
        }
        count += 1
        let row = "\(line),\(quoted(reason)),\(quoted(excerpt))\n"
        do {
            try handle?.write(contentsOf: Data(row.utf8))
        } catch {
            throw CommandFailure.unavailable("\(path) can't be written; is the disk full?")
        }
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
