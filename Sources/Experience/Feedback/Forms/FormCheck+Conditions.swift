extension FormCheck {
    /// A place of a condition or of a text: its page, and the questions of that page that stand before it.
    private struct Standpoint {
        var thing: FormPlace.Thing
        var part: FormPlace.Part
        var page: Int
        var earlier: Set<Slug> = []
        var own: Slug?
    }

    /// Conditions test only what people were asked by then, with answers that exist.
    mutating func conditions() {
        for (place, page) in form.pages.enumerated() {
            check(page.showIf, Standpoint(thing: .page(page.id), part: .showIf, page: place))
            var earlier: Set<Slug> = []
            for (number, group) in page.groups.enumerated() {
                check(
                    group.showIf,
                    Standpoint(
                        thing: .group(page: page.id, number: number), part: .showIf, page: place, earlier: earlier))
                for question in group.questions {
                    check(
                        question.showIf,
                        Standpoint(
                            thing: .question(question.id), part: .showIf, page: place, earlier: earlier,
                            own: question.id))
                    earlier.insert(question.id)
                }
            }
            for jump in page.next {
                check(jump.when, Standpoint(thing: .page(page.id), part: .next, page: place, earlier: earlier))
            }
        }
    }

    private mutating func check(_ condition: Condition?, _ here: Standpoint) {
        guard let condition else { return }
        if condition.depth > Condition.depthLimit { report(here.thing, here.part, .conditionTooDeep) }
        for test in condition.tests {
            guard let question = form.question(test.question), question.kind != .info else {
                let names = form.questions.filter { $0.kind != .info }.map(\.id.text)
                report(
                    here.thing, here.part,
                    .unknownQuestion(test.question.text, nearest: nearestName(to: test.question.text, in: names)))
                continue
            }
            if question.id == here.own {
                report(here.thing, here.part, .isItself)
                continue
            }
            if let late = lateness(of: question.id, here) { report(here.thing, here.part, late) }
            check(test, question, here)
        }
    }

    /// Nil where some way passes the question before this place.
    private func lateness(of question: Slug, _ here: Standpoint) -> FormProblem.What? {
        if here.earlier.contains(question) { return nil }
        guard let page = form.pages.firstIndex(where: { $0.questions.contains { $0.id == question } }) else {
            return nil
        }
        if page == here.page { return .askedLater(question) }
        if graph.before[here.page].contains(page) { return nil }
        return graph.before[page].contains(here.page) || page > here.page
            ? .askedLater(question) : .neverBefore(question)
    }

    private mutating func check(_ test: Condition.Test, _ question: Question, _ here: Standpoint) {
        if question.kind == .matrix {
            let rows = question.rows.map(\.id)
            if let row = test.row {
                if !rows.contains(row) {
                    report(
                        here.thing, here.part,
                        .unknownRow(row.text, nearest: nearestName(to: row.text, in: rows.map(\.text))))
                }
            } else if test.check != .answered, test.check != .unanswered {
                report(here.thing, here.part, .rowNeeded)
            }
        }
        switch test.check {
        case .answered, .unanswered: break
        case .isOne(let values), .isNone(let values):
            guard let possible = question.kind.type.possibleAnswers(question) else { break }
            for value in values where !possible.contains(value) {
                report(here.thing, here.part, .unknownAnswer(value, nearest: nearestName(to: value, in: possible)))
            }
        case .atLeast(let bound), .atMost(let bound):
            switch question.kind {
            case .number: break
            case .faces, .stars, .agreement:
                if !(1...5).contains(bound) { report(here.thing, here.part, .outOfRange("1", "5")) }
            default: report(here.thing, here.part, .notComparable(question.id))
            }
        }
    }

    /// Places in texts: known names, and answers given on an earlier page.
    mutating func places() {
        for (place, text) in form.texts {
            for language in Language.allCases {
                let piped = PipedText(text[language])
                if !piped.isWhole { problems.append(FormProblem(place, .brokenPlaceholder)) }
                for name in piped.places { check(placeholder: name, place) }
            }
        }
    }

    private mutating func check(placeholder name: String, _ place: FormPlace) {
        if name == PipedText.service || name == PipedText.agency { return }
        guard let question = Slug(name).flatMap({ form.question($0) }), question.isAsked else {
            let known = [PipedText.service, PipedText.agency] + form.questions.filter(\.isAsked).map(\.id.text)
            problems.append(
                FormProblem(place, .unknownPlaceholder(name, nearest: nearestName(to: name, in: known))))
            return
        }
        let page: Int?
        switch place.thing {
        case .form: page = nil
        case .page(let id), .group(let id, _): page = form.pages.firstIndex { $0.id == id }
        case .question(let id): page = form.pages.firstIndex { $0.questions.contains { $0.id == id } }
        }
        guard let page else {
            problems.append(FormProblem(place, .askedLater(question.id)))
            return
        }
        // What is asked on the same page isn't known when the page is shown.
        let here = Standpoint(thing: place.thing, part: place.part, page: page)
        if let late = lateness(of: question.id, here) { problems.append(FormProblem(place, late)) }
    }
}
