/// Questions asked of people at a touchpoint: pages of groups of questions, with the ways between them.
///
/// A plain value, whole in one version. What is wrong with it is told by ``check(service:today:)``; one person's way
/// through it is a ``FormWalk``; a whole sheet of answers is judged by ``judge(_:through:)``.
package struct FormDefinition: Hashable, Sendable {
    package var id: Slug
    package var title: LocalText
    /// Counts up with every publication; a published version is never changed, and an answer keeps its version.
    package var version: Int
    /// Which outside rules the form must keep.
    package var standard: Standard
    /// Said before the first question.
    package var intro: LocalText?
    /// Said after sending; the site's own words when nil.
    package var thanks: LocalText?
    package var pages: [FormPage] { didSet { questions = pages.flatMap(\.questions) } }
    /// Every question, in the order of the pages, whether a person comes to see it or not.
    package private(set) var questions: [Question]
    /// The step after which the form is offered; nil when it is only ever opened by the person.
    package var askAfter: Slug?
    /// The form's own approval; where nil, its service's collection stands on the first page.
    package var approval: FormApproval?
    /// True where people see all their answers before sending.
    package var asksReview: Bool
    /// True when staff closed it: kept so that answers can be read, never asked. Not part of the form's text.
    package var isClosed = false

    /// What a form is for, as far as rules from outside follow from it.
    package enum Standard: String, CaseIterable, Sendable, Codable {
        case own
        /// A-11 Section 280, seven items of agreement (2018 to 2023).
        case a11v1 = "a11-v1"
        /// A-11 Section 280, one trust question and what lay behind it (from 2024).
        case a11v2 = "a11-v2"
        case kiosk, outcome, recruiting

        /// The most questions the standard allows.
        package var questionLimit: Int {
            switch self {
            case .a11v1, .a11v2: 15
            case .kiosk: 1
            case .own, .outcome, .recruiting: 60
            }
        }
    }

    package init(
        id: Slug, title: LocalText, version: Int = 1, standard: Standard = .own, intro: LocalText? = nil,
        thanks: LocalText? = nil, pages: [FormPage], askAfter: Slug? = nil, approval: FormApproval? = nil,
        asksReview: Bool = false
    ) {
        self.id = id
        self.title = title
        self.version = version
        self.standard = standard
        self.intro = intro
        self.thanks = thanks
        self.pages = pages
        questions = pages.flatMap(\.questions)
        self.askAfter = askAfter
        self.approval = approval
        self.asksReview = asksReview
    }

    /// A form of one page.
    package init(id: Slug, title: LocalText, version: Int = 1, questions: [Question], askAfter: Slug? = nil) {
        self.init(
            id: id, title: title, version: version, pages: [FormPage(id: .firstPage, questions: questions)],
            askAfter: askAfter)
    }

    package func question(_ id: Slug) -> Question? {
        for page in pages {
            for group in page.groups {
                if let found = group.questions.first(where: { $0.id == id }) { return found }
            }
        }
        return nil
    }

    package func page(_ id: Slug) -> FormPage? { pages.first { $0.id == id } }

    /// The page a question is on.
    package func page(of question: Slug) -> FormPage? {
        pages.first { page in page.groups.contains { $0.questions.contains { $0.id == question } } }
    }

    package var hasFiles: Bool { questions.contains { $0.kind == .file } }
}
