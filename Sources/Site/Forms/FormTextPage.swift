import Experience

/// The form as YAML: to read, to change, to put in place.
struct FormTextPage: Page {
    static let template = "staff/form-yaml"
    var title: String
    var edited: EditedForm
    var action: String
    var downloadPath: String
    var text: String
    var findings: [String]
    var hasFindings: Bool
    var canKeep: Bool
    var layout: Layout { .staff }

    init(_ entry: FormEntry, _ text: String, _ findings: [String], _ format: Format, canKeep: Bool = false) {
        title = format.words["form_yaml"]
        edited = EditedForm(entry, entry.current, format)
        action = Paths.Staff.form(entry.service.id, entry.id, "yaml")
        downloadPath = Paths.Staff.form(entry.service.id, entry.id, "download")
        self.text = text
        self.findings = findings
        hasFindings = !findings.isEmpty
        self.canKeep = canKeep
    }
}
