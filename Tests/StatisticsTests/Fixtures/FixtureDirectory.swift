import Foundation

/// Where fixture files are looked for.
enum FixtureDirectory {
    /// The root of the project, found from this file also when the tests are reached through a symbolic link.
    static let projectRoot: URL = {
        var url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url
    }()

    /// The compact set that comes with the project.
    static let own: URL? = existing(projectRoot.appendingPathComponent("Tests/Fixtures/stats"))

    /// The full set: THROUGHLINE_FIXTURES (or its folder `stats`), else `../shared/oracles/stats` beside the project.
    static let full: URL? = {
        if let path = ProcessInfo.processInfo.environment["THROUGHLINE_FIXTURES"], !path.isEmpty {
            let url = URL(fileURLWithPath: path)
            if let found = existing(url.appendingPathComponent("stats")) ?? existing(url) { return found }
        }
        return existing(projectRoot.appendingPathComponent("../shared/oracles/stats").standardizedFileURL)
    }()

    private static func existing(_ url: URL) -> URL? {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
        return exists && isDirectory.boolValue ? url : nil
    }
}
