extension FormDefinition {
    /// Everything that keeps the form from being asked, and what somebody should look at, in the form's order.
    ///
    /// - Parameters:
    ///   - service: whose collection stands in for an approval of the form's own; nil for a form of no service yet.
    ///   - today: approvals are judged by this day.
    package func check(service: ServiceDefinition? = nil, today: CivilDate) -> [FormProblem] {
        var check = FormCheck(form: self)
        check.texts()
        check.names()
        check.counts()
        for question in questions { check.problems += question.check() }
        check.ways()
        check.conditions()
        check.places()
        check.approval(service, today)
        check.standardRules()
        return check.problems
    }
}

/// Gathers what is wrong with a form; each rule is a method of its own.
struct FormCheck {
    let form: FormDefinition
    let graph: FormGraph
    var problems: [FormProblem] = []

    init(form: FormDefinition) {
        self.form = form
        graph = FormGraph(form)
    }

    mutating func report(_ thing: FormPlace.Thing, _ part: FormPlace.Part, _ what: FormProblem.What) {
        problems.append(FormProblem(FormPlace(thing, part), what))
    }

    /// Both languages everywhere.
    mutating func texts() {
        for (place, text) in form.texts {
            for language in Language.allCases where trimmed(text[language]).isEmpty {
                problems.append(FormProblem(place, .textMissing(language)))
            }
        }
    }

    mutating func names() {
        var pages: Set<Slug> = []
        for page in form.pages {
            if page.id.text == FormPage.Target.endWord { report(.page(page.id), .id, .nameReserved(page.id)) }
            if !pages.insert(page.id).inserted { report(.page(page.id), .id, .nameTwice(page.id)) }
        }
        var questions: Set<Slug> = []
        for question in form.questions where !questions.insert(question.id).inserted {
            report(.question(question.id), .id, .nameTwice(question.id))
        }
    }

    /// The most attributes a response may bring, leaving room for those every response has.
    static let answerLimit = 48

    mutating func counts() {
        let asked = form.questions.count(where: \.isAsked)
        if asked == 0 { report(.form, .whole, .noQuestions) }
        let limit = form.standard.questionLimit
        if asked > limit { report(.form, .whole, .tooManyQuestions(count: asked, limit: limit)) }
        let answers = form.questions.reduce(0) { $0 + max(1, $1.rows.count) }
        if answers > FormCheck.answerLimit {
            report(.form, .whole, .tooManyAnswers(count: answers, limit: FormCheck.answerLimit))
        }
    }

    mutating func approval(_ service: ServiceDefinition?, _ today: CivilDate) {
        guard let approval = form.approval(in: service) else {
            if service != nil, form.standard == .a11v1 || form.standard == .a11v2 {
                report(.form, .approval, .approvalMissing)
            }
            return
        }
        switch approval.standing(on: today) {
        case .inForce: break
        case .ending(let days): report(.form, .approval, .approvalEnds(approval.expires, days: days))
        case .expired: report(.form, .approval, .approvalExpired(approval.expires))
        }
    }
}

extension FormDefinition {
    /// Every text of the form with its place, in order.
    package var texts: [(FormPlace, LocalText)] {
        var texts: [(FormPlace, LocalText)] = [(FormPlace(.form, .title), title)]
        func add(_ thing: FormPlace.Thing, _ part: FormPlace.Part, _ text: LocalText?) {
            if let text { texts.append((FormPlace(thing, part), text)) }
        }
        add(.form, .intro, intro)
        add(.form, .thanks, thanks)
        for page in pages {
            add(.page(page.id), .title, page.title)
            add(.page(page.id), .text, page.text)
            for (number, group) in page.groups.enumerated() {
                add(.group(page: page.id, number: number), .title, group.title)
                add(.group(page: page.id, number: number), .text, group.text)
                for question in group.questions {
                    // A hidden question has a text for staff who read the answers.
                    add(.question(question.id), .text, question.text)
                    add(.question(question.id), .hint, question.hint)
                    for row in question.rows { add(.question(question.id), .rows, row.title) }
                    for option in question.options { add(.question(question.id), .options, option.title) }
                }
            }
        }
        return texts
    }
}
