/// One person's way through a form, as far as their answers decide it.
///
/// Only answers that meet their question's rules, to questions that are shown, lead anywhere; so an answer hidden by
/// a change of mind changes nothing further on, and is never kept.
package struct FormWalk: Hashable, Sendable {
    /// The pages passed, in order, as places in the form's list.
    package private(set) var path: [Int] = []
    /// The questions shown, in order.
    package private(set) var visible: [Slug] = []
    package private(set) var kept: [Slug: KeptAnswer] = [:]
    package private(set) var problems: [Slug: AnswerProblem] = [:]
    /// What conditions see.
    package private(set) var given: [Slug: [String]] = [:]
    /// True where the last page of the path is the last of the form.
    package private(set) var reachesEnd = false

    /// - Parameter last: stop after this page, even where the way leads on.
    package init(_ form: FormDefinition, _ values: [Slug: [String]], through last: Slug? = nil) {
        kept.reserveCapacity(form.questions.count)
        given.reserveCapacity(min(values.count, form.questions.count))
        visible.reserveCapacity(form.questions.count)
        var place: Int? = form.pages.isEmpty ? nil : 0
        var passed: Set<Int> = []
        // A checked form has no circle; one that isn't must still end.
        while let at = place, passed.insert(at).inserted {
            let page = form.pages[at]
            guard page.showIf?.holds(given) ?? true else {
                // A page that is left out is not jumped from either.
                place = at + 1 < form.pages.count ? at + 1 : nil
                continue
            }
            path.append(at)
            for group in page.groups where group.showIf?.holds(given) ?? true {
                for question in group.questions where question.showIf?.holds(given) ?? true {
                    take(question, values[question.id] ?? [])
                }
            }
            if page.id == last { break }
            place = form.place(after: at, given)
        }
        reachesEnd = path.last.map { form.place(after: $0, given) == nil || !form.leadsOn(from: $0, given) } ?? true
    }

    private mutating func take(_ question: Question, _ values: [String]) {
        visible.append(question.id)
        var values = values
        if question.kind == .hidden, values.allSatisfy({ Slug($0) == nil }) {
            values = question.value.map { [$0] } ?? []
        }
        do throws(AnswerProblem) {
            let answer = try question.keep(values)
            kept[question.id] = answer
            let plain = answer.plainValues
            if !plain.isEmpty { given[question.id] = plain }
        } catch { problems[question.id] = error }
    }
}

extension FormDefinition {
    /// The place of the page after the one at `place`, or nil at the end.
    fileprivate func place(after place: Int, _ given: [Slug: [String]]) -> Int? {
        for jump in pages[place].next where jump.when?.holds(given) ?? true {
            switch jump.to {
            case .end: return nil
            case .page(let id):
                // A jump to a page that isn't there is refused by the check; here it is as if it weren't written.
                if let found = pages.firstIndex(where: { $0.id == id }) { return found }
            }
        }
        return place + 1 < pages.count ? place + 1 : nil
    }

    /// Whether any page will be shown after this one, as far as is known now.
    fileprivate func leadsOn(from place: Int, _ given: [Slug: [String]]) -> Bool {
        var next = self.place(after: place, given)
        var passed: Set<Int> = [place]
        while let at = next, passed.insert(at).inserted {
            if pages[at].showIf?.holds(given) ?? true { return true }
            next = at + 1 < pages.count ? at + 1 : nil
        }
        return false
    }
}
