/// What is shown at once: groups of questions, and where the way leads next.
package struct FormPage: Hashable, Sendable {
    package var id: Slug
    package var title: LocalText?
    package var text: LocalText?
    /// The page is left out unless this holds.
    package var showIf: Condition?
    package var groups: [QuestionGroup]
    /// Tried in order when the page is done; without one that holds, the next page in the list follows.
    package var next: [Jump]
    /// True where a person may send what there is and be done: A-11's "early submission".
    package var mayFinish: Bool

    /// A way out of a page.
    package struct Jump: Hashable, Sendable {
        /// Nil: always.
        package var when: Condition?
        package var to: Target

        package init(when: Condition? = nil, to: Target) {
            self.when = when
            self.to = to
        }
    }

    package enum Target: Hashable, Sendable {
        case page(Slug)
        case end

        /// How the end is written, and so no page's name.
        package static let endWord = "end"
    }

    package init(
        id: Slug, title: LocalText? = nil, text: LocalText? = nil, showIf: Condition? = nil, groups: [QuestionGroup],
        next: [Jump] = [], mayFinish: Bool = false
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.showIf = showIf
        self.groups = groups
        self.next = next
        self.mayFinish = mayFinish
    }

    /// A page of one group without a title.
    package init(
        id: Slug, title: LocalText? = nil, text: LocalText? = nil, showIf: Condition? = nil, questions: [Question],
        next: [Jump] = [], mayFinish: Bool = false
    ) {
        self.init(
            id: id, title: title, text: text, showIf: showIf, groups: [QuestionGroup(questions: questions)],
            next: next, mayFinish: mayFinish)
    }

    package var questions: [Question] { groups.flatMap(\.questions) }
}

/// Questions that belong together under one heading and one condition.
package struct QuestionGroup: Hashable, Sendable {
    package var title: LocalText?
    package var text: LocalText?
    /// The whole group is left out unless this holds.
    package var showIf: Condition?
    package var questions: [Question]

    package init(
        title: LocalText? = nil, text: LocalText? = nil, showIf: Condition? = nil, questions: [Question]
    ) {
        self.title = title
        self.text = text
        self.showIf = showIf
        self.questions = questions
    }

    /// Nothing but questions.
    package var isPlain: Bool { title == nil && text == nil && showIf == nil }
}

extension Slug {
    /// The name of the only page of a form written without pages.
    package static let firstPage = Slug("page-1")!
}
