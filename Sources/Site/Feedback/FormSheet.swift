import Experience

/// One page of a form with what was answered so far: what handlers decide by and pages show.
struct FormSheet: Sendable {
    let service: ServiceDefinition
    let form: FormDefinition
    var values: [Slug: [String]]

    init(_ service: ServiceDefinition, _ form: FormDefinition, values: [Slug: [String]] = [:]) {
        self.service = service
        self.form = form
        self.values = values
    }

    /// The first page anybody sees.
    var firstPage: Slug? { form.judge([:]).path.first }

    /// Takes what a page sent: its own questions, and hidden ones wherever they stand.
    mutating func take(_ body: FormBody, page: FormPage) {
        for question in page.questions where question.isAsked && question.kind != .file {
            values[question.id] = AnswerSheet.values(of: question, body)
        }
        for question in form.questions where question.kind == .hidden {
            let given = body.all(AnswerSheet.field(question.id))
            if !given.isEmpty { values[question.id] = given }
        }
    }

    /// Takes the files a page sent; gives the bytes of those of a kind we know, by question.
    mutating func take(_ uploads: [Upload], page: FormPage) -> [Slug: [UInt8]] {
        var files: [Slug: [UInt8]] = [:]
        for question in page.questions where question.kind == .file {
            guard let upload = uploads.first(where: { $0.name == AnswerSheet.field(question.id) }) else { continue }
            guard let kind = FileKind(bytes: upload.bytes) else {
                values[question.id] = ["unknown:\(upload.bytes.count):\(upload.fileName)"]
                continue
            }
            values[question.id] = [FileNote(kind: kind, size: upload.bytes.count, name: upload.fileName).text]
            files[question.id] = upload.bytes
        }
        return files
    }

    func judge(through page: Slug? = nil) -> JudgedSheet { form.judge(values, through: page) }

    /// The questions of a page that are shown with these answers.
    func visible(on page: FormPage) -> [Question] {
        let visible = Set(judge(through: page.id).visible)
        return page.questions.filter { visible.contains($0.id) }
    }

    /// Where a page stands: its number from 1, and how many there are at most as far as can be told now.
    func progress(_ page: Slug) -> (number: Int, total: Int)? {
        let path = judge().path
        guard let at = path.firstIndex(of: page), form.pages.count > 1 else { return nil }
        var total = path.count
        // An answer still open on this page may lead to more pages than none does.
        let tested = Set(
            form.pages.flatMap { page in
                [page.showIf].compactMap { $0 } + page.next.compactMap(\.when)
            }.flatMap(\.tests).map(\.question))
        for question in form.page(page)?.questions ?? [] where tested.contains(question.id) {
            guard (values[question.id] ?? []).isEmpty, question.kind != .matrix else { continue }
            for answer in question.kind.type.possibleAnswers(question) ?? [] {
                var tried = values
                tried[question.id] = [answer]
                total = max(total, form.judge(tried).path.count)
            }
        }
        return (at + 1, total)
    }
}
