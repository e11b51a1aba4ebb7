internal import ArgumentParser
internal import Experience
internal import Formats
internal import Foundation

/// Where the definitions are: `--services`, THROUGHLINE_SERVICES, `./services`, or beside the program.
struct ServicesPlace: ParsableArguments {
    @Option(name: .customLong("services"), help: "Folder of service definitions.")
    var path: String?

    @Option(name: .customLong("forms"), help: "Folder of ready forms (default: forms beside the services).")
    var forms: String?

    /// The ready forms: `--forms`, THROUGHLINE_FORMS, else `forms` beside the folder of services; nil where none is.
    func formFolder() throws -> FormFolder? {
        if let forms {
            guard fileKind(forms) == .folder else {
                throw CommandFailure.noInput(
                    "--forms \(forms) is not a folder; name the folder that holds the forms' YAML files.")
            }
            return FormFolder(path: forms)
        }
        var candidates: [String] = []
        if let named = ProcessInfo.processInfo.environment["THROUGHLINE_FORMS"] { candidates.append(named) }
        if let services = try? folder() {
            let beside = URL(fileURLWithPath: services).standardizedFileURL.deletingLastPathComponent().path
            candidates.append((services.hasPrefix("/") ? beside + "/" : "") + "forms")
            if !services.hasPrefix("/") { candidates.append(beside + "/forms") }
        }
        return candidates.first { fileKind($0) == .folder }.map { FormFolder(path: $0) }
    }

    func folder() throws -> String {
        if let path {
            guard fileKind(path) == .folder else {
                throw CommandFailure.noInput(
                    "--services \(path) is not a folder; name the folder that holds the YAML files.")
            }
            return path
        }
        var candidates: [String] = []
        if let named = ProcessInfo.processInfo.environment["THROUGHLINE_SERVICES"] { candidates.append(named) }
        candidates.append("services")
        candidates.append(
            URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
                + "/../share/throughline/services")
        for candidate in candidates where fileKind(candidate) == .folder { return candidate }
        throw CommandFailure.noInput("no folder of service definitions was found; name one with --services FOLDER.")
    }
}

enum FileKind { case file, folder, missing }

func fileKind(_ path: String) -> FileKind {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .missing }
    return isFolder.boolValue ? .folder : .file
}

func textOfFile(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).flatMap { String(data: $0, encoding: .utf8) }
}
