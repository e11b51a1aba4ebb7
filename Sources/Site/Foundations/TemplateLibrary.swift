package import Foundation
import Mustache

/// The templates, words and assets of the site, read once at start from one directory.
package struct TemplateLibrary: Sendable {
    let templates: MustacheLibrary
    let words: [String: [String: String]]
    package let assets: AssetCatalogue

    /// Reads `pages`, `staff`, `components` (*.mustache), `words` (*.json) and `assets` under a directory.
    package init(directory: URL) throws(TemplateProblem) {
        guard TemplateLibrary.isLibrary(directory) else { throw .notFound(tried: [directory.path]) }
        let files = try TemplateLibrary.files(under: directory)
        MustacheContentTypes.register(BytewiseHTML(), named: BytewiseHTML.name)
        var templates = MustacheLibrary()
        var words: [String: [String: String]] = [:]
        var assets: [String: Data] = [:]
        for (path, file) in files {
            guard let data = try? Data(contentsOf: file) else { throw .unreadable(path) }
            if path.hasSuffix(".mustache") {
                do {
                    // Every file starts with the pragma: a partial doesn't inherit it.
                    let text = "{{% CONTENT_TYPE:\(BytewiseHTML.name)}}" + String(decoding: data, as: UTF8.self)
                    try templates.register(text, named: String(path.dropLast(".mustache".count)))
                } catch { throw .malformed(path, "\(error)") }
            } else if path.hasPrefix("words/"), path.hasSuffix(".json") {
                guard let table = try? JSONDecoder().decode([String: String].self, from: data) else {
                    throw .malformed(path, "it is not one JSON object of texts")
                }
                words[String(path.dropFirst("words/".count).dropLast(".json".count))] = table
            } else if path.hasPrefix("assets/") {
                assets[String(path.dropFirst("assets/".count))] = data
            }
        }
        self.templates = templates
        self.words = words
        self.assets = AssetCatalogue(assets)
    }

    /// The directory to read: the configured one, else the first `Templates` found beside the program, in
    /// `../share/throughline`, above the program (a package being built), or in the working directory.
    package static func locate(configured: String?) throws(TemplateProblem) -> URL {
        if let configured {
            let url = URL(fileURLWithPath: configured, isDirectory: true)
            guard isLibrary(url) else { throw .notFound(tried: [url.path]) }
            return url
        }
        var candidates: [URL] = []
        let program = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments.first ?? "."))
            .resolvingSymlinksInPath().deletingLastPathComponent()
        candidates.append(program.appendingPathComponent("Templates", isDirectory: true))
        candidates.append(
            program.deletingLastPathComponent().appendingPathComponent("share/throughline/Templates", isDirectory: true)
        )
        var above = program
        for _ in 0..<6 {
            above.deleteLastPathComponent()
            candidates.append(above.appendingPathComponent("Templates", isDirectory: true))
        }
        candidates.append(
            URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
                .appendingPathComponent("Templates", isDirectory: true))
        guard let found = candidates.first(where: isLibrary) else { throw .notFound(tried: candidates.map(\.path)) }
        return found
    }

    private static func isLibrary(_ url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.appendingPathComponent("layout.mustache").path)
    }

    private static func files(under directory: URL) throws(TemplateProblem) -> [(path: String, file: URL)] {
        let root = directory.resolvingSymlinksInPath().path
        guard let names = FileManager.default.enumerator(atPath: root) else { throw .notFound(tried: [root]) }
        var found: [(String, URL)] = []
        for case let name as String in names {
            let file = URL(fileURLWithPath: root).appendingPathComponent(name)
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue {
                found.append((name, file))
            }
        }
        return found.sorted { $0.0 < $1.0 }
    }
}

/// Why the templates can't be used; each says what to do.
package enum TemplateProblem: Error, CustomStringConvertible {
    case notFound(tried: [String])
    case unreadable(String)
    case malformed(String, String)
    case missing(String)

    package var description: String {
        switch self {
        case .notFound(let tried):
            "the page templates were not found; set `templates` to the directory that holds layout.mustache "
                + "(looked in \(tried.joined(separator: ", ")))."
        case .unreadable(let path): "the template file \(path) can't be read; check its permissions."
        case .malformed(let path, let why): "the template file \(path) is malformed: \(why)."
        case .missing(let name): "there is no template called \(name); restore the file from the release."
        }
    }
}
