import Foundation

/// The real logs kept outside the project: where `THROUGHLINE_LOGS` points, else beside the checkout.
enum SharedLogs {
    static let folder: String? = {
        let environment = ProcessInfo.processInfo.environment["THROUGHLINE_LOGS"]
        let checkout = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let beside = checkout.deletingLastPathComponent().appendingPathComponent("shared/data/logs").path
        let path = environment ?? beside
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return nil
        }
        return path
    }()

    static func path(_ name: String) -> String { (folder ?? "") + "/" + name }
    static var arePresent: Bool { folder != nil }
    static let absence = "the shared logs are not here: set THROUGHLINE_LOGS to their folder"
}

extension String {
    var bytes: [UInt8] { Array(utf8) }
}
