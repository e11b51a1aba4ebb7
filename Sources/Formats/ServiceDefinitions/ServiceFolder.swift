package import Experience
internal import Foundation

/// Reads a folder of service definitions.
package struct ServiceFolder: Sendable {
    package let path: String
    /// The ready forms a service may use by name; nil where there are none.
    package let forms: FormFolder?

    package init(path: String, forms: FormFolder? = nil) {
        self.path = path
        self.forms = forms
    }

    package struct Reading: Sendable {
        /// Those without errors, by file name.
        package var definitions: [String: ServiceDefinition]
        package var findings: [ServiceFinding]
        /// What the files were, to notice a change: name, size and time of modification.
        package var fingerprint: [String: String]
    }

    /// Names of the definition files, sorted; nil when the folder can't be read.
    package func files() -> [String]? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return nil }
        return names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }.sorted()
    }

    package func fingerprint() -> [String: String] {
        var marks: [String: String] = [:]
        for name in files() ?? [] { marks[name] = ServiceFolder.mark("\(path)/\(name)") }
        for file in forms?.files() ?? [] { marks[file] = ServiceFolder.mark(file) }
        return marks
    }

    private static func mark(_ file: String) -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        let modified = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(attributes?[.size] ?? 0)/\(modified)"
    }

    package func read(calendars: CalendarSet, today: CivilDate) -> Reading {
        let fingerprint = fingerprint()
        var definitions: [String: ServiceDefinition] = [:]
        var findings: [ServiceFinding] = []
        var fileOf: [ServiceID: String] = [:]
        guard let names = files() else {
            findings.append(
                ServiceFinding(
                    file: path, line: 0, path: "",
                    message: "the folder of service definitions can't be read; name one with --services."))
            return Reading(definitions: [:], findings: findings, fingerprint: fingerprint)
        }
        let readyForms = forms?.read(today: today)
        findings += readyForms?.findings ?? []
        let ready = readyForms?.forms ?? [:]
        for name in names {
            let file = "\(path)/\(name)"
            guard let data = FileManager.default.contents(atPath: file) else {
                findings.append(ServiceFinding(file: file, line: 0, path: "", message: "can't be opened."))
                continue
            }
            guard let text = String(data: data, encoding: .utf8) else {
                findings.append(ServiceFinding(file: file, line: 0, path: "", message: "is not UTF-8 text."))
                continue
            }
            let reading = readServiceDefinition(
                yaml: text, file: file, calendars: calendars, today: today, ready: ready)
            findings += reading.findings
            guard let definition = reading.definition else { continue }
            if let other = fileOf[definition.id] {
                findings.append(
                    ServiceFinding(
                        file: file, line: 1, path: "service",
                        message: "“\(definition.id)” is already defined in \(other); give each service its own name."))
                continue
            }
            fileOf[definition.id] = file
            definitions[name] = definition
        }
        return Reading(definitions: definitions, findings: findings, fingerprint: fingerprint)
    }

    /// The definitions of several folders; of two with one id, that of the earlier folder.
    package static func definitions(
        in paths: [String], calendars: CalendarSet, today: CivilDate, forms: FormFolder? = nil
    ) -> [ServiceDefinition] {
        ServiceCatalogue(
            paths.filter { ServiceFolder(path: $0).files() != nil }.flatMap { path in
                ServiceFolder(path: path, forms: forms).read(calendars: calendars, today: today).definitions
                    .sorted { $0.key < $1.key }.map(\.value)
            }
        ).services
    }
}
