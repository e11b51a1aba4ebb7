import Experience

/// A form's own texts, approval and standard.
struct FormSettingsPage: Page {
    static let template = "staff/form-settings"
    var title: String
    var edited: EditedForm
    var action: String
    var texts: [TextPair]
    var standards: [QuestionField.Choice]
    var steps: [QuestionField.Choice]
    var control: String
    var expires: String
    var minutes: String
    var warnDays: String
    var asksReview: Bool
    var problem: String?
    var layout: Layout { .staff }

    /// - Parameter failed: the form as it was sent, where its approval could not be read.
    init(_ entry: FormEntry, _ failed: FormDefinition?, _ format: Format) {
        let (words, language) = (format.words, format.language)
        let form = failed ?? entry.current ?? FormDefinition(id: entry.id, title: LocalText(en: "", es: ""), pages: [])
        title = words["form_settings"]
        edited = EditedForm(entry, form, format)
        action = Paths.Staff.form(entry.service.id, entry.id, "settings")
        texts = [
            TextPair("title", words["form_part_title"], form.title),
            TextPair("intro", words["form_part_intro"], form.intro, isLong: true),
            TextPair("thanks", words["form_part_thanks"], form.thanks, isLong: true),
        ]
        standards = FormDefinition.Standard.allCases.map {
            QuestionField.Choice($0.rawValue, words["form_standard_\($0.rawValue)"], $0 == form.standard)
        }
        steps =
            [QuestionField.Choice("", words["form_ask_any"], form.askAfter == nil)]
            + entry.service.steps.map { QuestionField.Choice($0.id.text, $0.title[language], $0.id == form.askAfter) }
        control = form.approval?.controlNumber ?? ""
        expires = form.approval?.expires.description ?? ""
        minutes = form.approval?.minutes.map { AttributeValue.number($0).plain } ?? ""
        warnDays = "\(form.approval?.warnDays ?? FormApproval.usualWarning)"
        asksReview = form.asksReview
        problem = failed == nil ? nil : words["form_approval_problem"]
    }

    /// False where a control number has no date, or the date can't be read.
    static func take(_ body: FormBody, into form: inout FormDefinition, _ service: ServiceDefinition) -> Bool {
        form.title = TextPair.take("title", body) ?? LocalText(en: "", es: "")
        form.intro = TextPair.take("intro", body)
        form.thanks = TextPair.take("thanks", body)
        form.standard = body["standard"].flatMap(FormDefinition.Standard.init(rawValue:)) ?? form.standard
        form.askAfter = body["ask_after"].flatMap { Slug($0) }.flatMap { step in
            service.steps.contains { $0.id == step } ? step : nil
        }
        form.asksReview = body["review"] == "1"
        let control = String((body["control"] ?? "").trimmingEnds.prefix(40))
        let expires = (body["expires"] ?? "").trimmingEnds
        form.approval = nil
        if control.isEmpty, expires.isEmpty { return true }
        guard !control.isEmpty, let date = CivilDate(expires) else { return false }
        let minutes = body["minutes"].flatMap { Double($0.trimmingEnds) }.flatMap {
            (0...10_000).contains($0) ? $0 : nil
        }
        let days = body["warn_days"].flatMap { Int($0.trimmingEnds) }.flatMap { (0...3_650).contains($0) ? $0 : nil }
        form.approval = FormApproval(
            controlNumber: control, expires: date, minutes: minutes, warnDays: days ?? FormApproval.usualWarning)
        return true
    }
}
