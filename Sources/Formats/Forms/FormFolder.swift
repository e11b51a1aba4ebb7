package import Experience
internal import Foundation

/// A folder of ready forms, one YAML file each.
package struct FormFolder: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    package struct Reading: Sendable {
        /// Those without errors, by id.
        package var forms: [Slug: FormDefinition]
        package var findings: [ServiceFinding]
        package var files: Int
    }

    /// The whole names of the files, sorted; nil when the folder can't be read.
    package func files() -> [String]? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return nil }
        return names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }.sorted()
            .map { "\(path)/\($0)" }
    }

    package func read(today: CivilDate) -> Reading {
        guard let files = files() else {
            let finding = ServiceFinding(
                file: path, line: 0, path: "", message: "the folder of forms can't be read; name one with --forms.")
            return Reading(forms: [:], findings: [finding], files: 0)
        }
        var reading = Reading(forms: [:], findings: [], files: 0)
        var fileOf: [Slug: String] = [:]
        for file in files {
            reading.files += 1
            guard let data = FileManager.default.contents(atPath: file), let text = String(data: data, encoding: .utf8)
            else {
                reading.findings.append(ServiceFinding(file: file, line: 0, path: "", message: "is not UTF-8 text."))
                continue
            }
            let one = readForm(yaml: text, file: file, today: today)
            reading.findings += one.findings
            guard let form = one.form, one.isSound else { continue }
            if let other = fileOf[form.id] {
                reading.findings.append(
                    ServiceFinding(
                        file: file, line: 1, path: "form",
                        message: "“\(form.id)” is already defined in \(other); give each form its own name."))
                continue
            }
            fileOf[form.id] = file
            reading.forms[form.id] = form
        }
        return reading
    }
}
