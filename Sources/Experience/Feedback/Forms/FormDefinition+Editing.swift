extension FormDefinition {
    /// Changes a question where it stands; nothing when there is none of that name.
    package mutating func change(question id: Slug, _ change: (inout Question) -> Void) {
        for page in pages.indices {
            for group in pages[page].groups.indices {
                if let at = pages[page].groups[group].questions.firstIndex(where: { $0.id == id }) {
                    change(&pages[page].groups[group].questions[at])
                    return
                }
            }
        }
    }

    package mutating func change(page id: Slug, _ change: (inout FormPage) -> Void) {
        if let at = pages.firstIndex(where: { $0.id == id }) { change(&pages[at]) }
    }

    /// Puts a question at the end of a page.
    package mutating func add(_ question: Question, to page: Slug) {
        change(page: page) { page in
            if page.groups.isEmpty { page.groups = [QuestionGroup(questions: [])] }
            page.groups[page.groups.count - 1].questions.append(question)
        }
    }

    /// Removes a question with its place; conditions on it are left to be found by the check.
    @discardableResult
    package mutating func remove(question id: Slug) -> Question? {
        for page in pages.indices {
            for group in pages[page].groups.indices {
                if let at = pages[page].groups[group].questions.firstIndex(where: { $0.id == id }) {
                    return pages[page].groups[group].questions.remove(at: at)
                }
            }
        }
        return nil
    }

    /// One place up or down, over the ends of groups and pages.
    package mutating func move(question id: Slug, down: Bool) {
        // Every slot a question can be in, as one list with the gaps between groups.
        var places: [(page: Int, group: Int)] = []
        for page in pages.indices {
            if pages[page].groups.isEmpty { pages[page].groups = [QuestionGroup(questions: [])] }
            for group in pages[page].groups.indices { places.append((page, group)) }
        }
        guard
            let here = places.firstIndex(where: { place in
                pages[place.page].groups[place.group].questions.contains { $0.id == id }
            })
        else { return }
        let (page, group) = places[here]
        let questions = pages[page].groups[group].questions
        guard let at = questions.firstIndex(where: { $0.id == id }) else { return }
        let to = down ? at + 1 : at - 1
        if questions.indices.contains(to) {
            pages[page].groups[group].questions.swapAt(at, to)
        } else if places.indices.contains(down ? here + 1 : here - 1) {
            let next = places[down ? here + 1 : here - 1]
            let moved = pages[page].groups[group].questions.remove(at: at)
            let count = pages[next.page].groups[next.group].questions.count
            pages[next.page].groups[next.group].questions.insert(moved, at: down ? 0 : count)
        }
    }

    package mutating func move(page id: Slug, down: Bool) {
        guard let at = pages.firstIndex(where: { $0.id == id }) else { return }
        let to = down ? at + 1 : at - 1
        if pages.indices.contains(to) { pages.swapAt(at, to) }
    }

    /// Gives a question another name, wherever it is named: in conditions, and in texts that repeat its answer.
    package mutating func rename(question old: Slug, to new: Slug) {
        change(question: old) { $0.id = new }
        func named(_ text: inout LocalText) { text = text.renaming(old, new) }
        func named(_ text: inout LocalText?) { text = text?.renaming(old, new) }
        named(&title)
        named(&intro)
        named(&thanks)
        for page in pages.indices {
            named(&pages[page].title)
            named(&pages[page].text)
            pages[page].showIf = pages[page].showIf?.renaming(old, new)
            for jump in pages[page].next.indices {
                pages[page].next[jump].when = pages[page].next[jump].when?.renaming(old, new)
            }
            for group in pages[page].groups.indices {
                named(&pages[page].groups[group].title)
                named(&pages[page].groups[group].text)
                pages[page].groups[group].showIf = pages[page].groups[group].showIf?.renaming(old, new)
                for at in pages[page].groups[group].questions.indices {
                    var question = pages[page].groups[group].questions[at]
                    question.showIf = question.showIf?.renaming(old, new)
                    named(&question.text)
                    named(&question.hint)
                    for option in question.options.indices { named(&question.options[option].title) }
                    for row in question.rows.indices { named(&question.rows[row].title) }
                    pages[page].groups[group].questions[at] = question
                }
            }
        }
    }

    /// A name no question has yet.
    package func freshQuestionName(_ stem: String) -> Slug {
        let taken = Set(questions.map(\.id.text))
        return Self.fresh(stem, taken)
    }

    package func freshPageName() -> Slug { Self.fresh("page", Set(pages.map(\.id.text))) }

    private static func fresh(_ stem: String, _ taken: Set<String>) -> Slug {
        var number = taken.count + 1
        while taken.contains("\(stem)-\(number)") { number += 1 }
        return Slug("\(stem)-\(number)") ?? .firstPage
    }
}

extension Condition {
    func renaming(_ old: Slug, _ new: Slug) -> Condition {
        switch self {
        case .test(var test):
            if test.question == old { test.question = new }
            return .test(test)
        case .all(let parts): return .all(parts.map { $0.renaming(old, new) })
        case .any(let parts): return .any(parts.map { $0.renaming(old, new) })
        case .not(let part): return .not(part.renaming(old, new))
        }
    }
}

extension LocalText {
    func renaming(_ old: Slug, _ new: Slug) -> LocalText {
        LocalText(
            en: PipedText.renaming(old.text, new.text, in: en), es: PipedText.renaming(old.text, new.text, in: es))
    }
}
