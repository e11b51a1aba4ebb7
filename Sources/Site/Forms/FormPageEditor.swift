import Experience

/// One page: its texts, when it is shown, and where it leads.
struct FormPageEditor: Page {
    static let template = "staff/form-page"
    var title: String
    var edited: EditedForm
    var action: String
    var texts: [TextPair]
    /// Parts of the page under headings and conditions of their own; none where there is one without either.
    var groups: [Group]
    var condition: ConditionFields
    var mayFinish: Bool
    var ways: [Way]
    var problems: [FormOverviewPage.Problem]
    var layout: Layout { .staff }

    struct Group: Sendable {
        var label: String
        var texts: [TextPair]
        var condition: ConditionFields
        /// Names of its questions, to know it by.
        var questions: String
    }

    struct Way: Sendable {
        var prefix: String
        var condition: ConditionFields
        var targets: [QuestionField.Choice]
    }

    static let wayCount = 3

    init(_ entry: FormEntry, _ page: FormPage, _ format: Format) {
        let words = format.words
        let form = entry.current ?? FormDefinition(id: entry.id, title: LocalText(en: "", es: ""), pages: [page])
        title = words["form_place_page", ["id": page.id.text]]
        edited = EditedForm(entry, form, format)
        action = Paths.Staff.formPage(entry.service.id, entry.id, page: page.id)
        texts = [
            TextPair("title", words["form_part_title"], page.title),
            TextPair("text", words["form_part_text"], page.text, isLong: true),
        ]
        let isPlain = page.groups.count == 1 && page.groups.allSatisfy { $0.isPlain }
        groups = (isPlain ? [] : page.groups).enumerated().map { number, group in
            Group(
                label: words["form_group", ["n": "\(number + 1)"]],
                texts: [
                    TextPair("group\(number)_title", words["form_part_title"], group.title),
                    TextPair("group\(number)_text", words["form_part_text"], group.text, isLong: true),
                ],
                condition: ConditionFields(
                    group.showIf, form, prefix: "group\(number)", label: words["form_part_show_if"], words),
                questions: group.questions.map(\.id.text).joined(separator: ", "))
        }
        condition = ConditionFields(page.showIf, form, prefix: "show", label: words["form_part_show_if"], words)
        mayFinish = page.mayFinish
        ways = (0..<max(FormPageEditor.wayCount, page.next.count)).map { number in
            let jump = number < page.next.count ? page.next[number] : nil
            var targets = [QuestionField.Choice("", words["form_way_none"], jump == nil)]
            targets += form.pages.filter { $0.id != page.id }.map {
                QuestionField.Choice($0.id.text, "“\($0.id)”", jump?.to == .page($0.id))
            }
            targets.append(QuestionField.Choice(FormPage.Target.endWord, words["form_way_end"], jump?.to == .end))
            return Way(
                prefix: "way\(number)",
                condition: ConditionFields(
                    jump?.when, form, prefix: "way\(number)", label: words["form_way", ["n": "\(number + 1)"]], words),
                targets: targets)
        }
        let all = form.check(service: entry.service, today: format.today)
        problems = all.filter { problem in
            switch problem.place.thing {
            case .page(let id), .group(let id, _): id == page.id
            default: false
            }
        }.map { FormOverviewPage.Problem($0, entry, words) }
    }

    static func take(_ body: FormBody, into page: inout FormPage) {
        page.title = TextPair.take("title", body)
        page.text = TextPair.take("text", body)
        for number in page.groups.indices where body["group\(number)_title_en"] != nil {
            page.groups[number].title = TextPair.take("group\(number)_title", body)
            page.groups[number].text = TextPair.take("group\(number)_text", body)
            page.groups[number].showIf = ConditionFields.take(
                body, prefix: "group\(number)", old: page.groups[number].showIf)
        }
        if body["then"] == "add-group" { page.groups.append(QuestionGroup(questions: [])) }
        page.showIf = ConditionFields.take(body, prefix: "show", old: page.showIf)
        page.mayFinish = body["may_finish"] == "1"
        var next: [FormPage.Jump] = []
        for number in 0..<max(wayCount, page.next.count) {
            guard let target = body["way\(number)_to"].flatMap({ Slug($0) }) else { continue }
            let old = number < page.next.count ? page.next[number].when : nil
            next.append(
                FormPage.Jump(
                    when: ConditionFields.take(body, prefix: "way\(number)", old: old),
                    to: target.text == FormPage.Target.endWord ? .end : .page(target)))
        }
        page.next = next
    }
}
