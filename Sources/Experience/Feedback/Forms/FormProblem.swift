/// One thing wrong in a form: where, what, and what to do, in both languages.
package struct FormProblem: Hashable, Sendable {
    package enum Severity: String, Sendable { case error, warning }

    package var place: FormPlace
    package var what: What

    package init(_ place: FormPlace, _ what: What) {
        self.place = place
        self.what = what
    }

    package var severity: Severity { what.isWarning ? .warning : .error }

    static func question(_ id: Slug, _ part: FormPlace.Part, _ what: What) -> FormProblem {
        FormProblem(FormPlace(.question(id), part), what)
    }

    package enum What: Hashable, Sendable {
        case textMissing(Language)
        case nameTwice(Slug)
        /// A name the record uses itself.
        case nameReserved(Slug)
        case noQuestions
        case tooManyQuestions(count: Int, limit: Int)
        case tooManyAnswers(count: Int, limit: Int)
        case tooFewOptions
        case tooFewRows
        case tooManyToRank(Int)
        case outOfRange(String, String)
        case notAName(String)
        case propertyNotUsed(Question.Kind)
        case conditionTooDeep
        case unknownQuestion(String, nearest: String?)
        case unknownRow(String, nearest: String?)
        case rowNeeded
        case unknownAnswer(String, nearest: String?)
        /// The condition asks for something no person has been asked by then.
        case askedLater(Slug)
        /// The question is on a way that never leads here.
        case neverBefore(Slug)
        case notComparable(Slug)
        case isItself
        case unknownPage(String, nearest: String?)
        case cycle([Slug])
        case unreachable
        case jumpNeverTaken
        case unknownPlaceholder(String, nearest: String?)
        case brokenPlaceholder
        case approvalMissing
        case approvalExpired(CivilDate)
        case approvalEnds(CivilDate, days: Int)
        case standard(StandardRule)
    }
}

/// A place in a form: what, and which part of it.
package struct FormPlace: Hashable, Sendable {
    package enum Thing: Hashable, Sendable {
        case form
        case page(Slug)
        case group(page: Slug, number: Int)
        case question(Slug)
    }

    package enum Part: String, Hashable, Sendable {
        case whole, title, intro, thanks, text, hint, options, rows, required, driver
        case showIf = "show_if", next, approval
        case atLeast = "at_least", atMost = "at_most", accepts, maxBytes = "max_bytes", value, id, kind, standard
    }

    package var thing: Thing
    package var part: Part

    package init(_ thing: Thing, _ part: Part = .whole) {
        self.thing = thing
        self.part = part
    }
}

/// What an outside standard asks of a form.
package enum StandardRule: String, Hashable, Sendable, CaseIterable {
    case satisfactionFirst, trustFirst, commentFirst, earlySubmission, agreementOnly, driverMissing
    case trustQuestion, positiveMissing, negativeMissing, effectivenessAndEase, branchesOverlap, branchesNotAsked
    case kioskRating, outcomeQuestion, consentMissing
}
