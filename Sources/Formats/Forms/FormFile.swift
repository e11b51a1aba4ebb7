package import Experience
internal import Yams

/// What came of reading one form: the form if its shape can be read, and every finding either way.
package struct FormReading: Sendable {
    /// Nil only when the text is no form at all; a form with errors is there to be mended, and ``isSound`` is false.
    package var form: FormDefinition?
    package var findings: [ServiceFinding]
    /// Those findings that are about the form's sense, with their places.
    package var problems: [FormProblem]

    /// True where the form may be published.
    package var isSound: Bool { form != nil && !findings.contains { $0.severity == .error } }
}

/// Reads a form from YAML text.
///
/// - Parameters:
///   - file: the name to print in findings.
///   - service: the service it belongs to, whose steps and collection it may lean on; nil for a ready form.
package func readForm(
    yaml: String, file: String, service: ServiceDefinition? = nil, today: CivilDate
) -> FormReading {
    func failure(_ line: Int, _ message: String) -> FormReading {
        FormReading(
            form: nil, findings: [ServiceFinding(file: file, line: line, path: "", message: message)], problems: [])
    }
    guard yaml.utf8.count <= 1 << 20 else { return failure(0, "is larger than 1 MiB; a form is a few hundred lines.") }
    let root: Node
    do {
        guard let node = try Yams.compose(yaml: yaml) else { return failure(1, "is empty.") }
        root = node
    } catch let error as YamlError {
        let (line, message) = explain(error)
        return failure(line, message)
    } catch {
        return failure(0, "could not be read as YAML.")
    }
    var reader = FormReader(DefinitionReader(file: file))
    let form = reader.form(.init(node: root, path: ""), name: "form", steps: service?.steps.map(\.id))
    var findings = reader.reader.findings
    var problems: [FormProblem] = []
    if let form, !findings.contains(where: { $0.severity == .error }) {
        problems = form.check(service: service, today: today)
        findings += problems.map { reader.finding($0, file: file) }
    }
    return FormReading(
        form: form, findings: findings.sorted { ($0.line, $0.column) < ($1.line, $1.column) }, problems: problems)
}
