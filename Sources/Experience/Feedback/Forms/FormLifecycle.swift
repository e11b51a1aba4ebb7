/// Where a form stands between being written and being answered.
package enum FormState: String, CaseIterable, Sendable, Codable {
    case draft, review, published, closed
}

/// The states of one form: what is answered now, and what is being written beside it.
///
/// draft → review → published → closed. Writing on after a publication makes a new draft beside the published
/// version, which goes on being answered until the new one replaces it.
package struct FormLifecycle: Hashable, Sendable {
    /// The stage of the text being written: draft or review; nil when nothing is.
    package private(set) var writing: FormState?
    /// The newest published version; 0 before the first.
    package private(set) var version: Int
    /// True when the published version takes no more answers.
    package private(set) var isClosed: Bool

    package init(writing: FormState? = .draft, version: Int = 0, isClosed: Bool = false) {
        self.writing = writing == .review ? .review : writing.map { _ in .draft }
        self.version = max(0, version)
        self.isClosed = isClosed
    }

    package enum Step: String, CaseIterable, Sendable {
        /// Write: begins a draft beside what is published, or takes one back from review.
        case write
        case submit
        case sendBack = "send_back"
        case publish
        /// Throw away what is being written.
        case discard
        case close
        case reopen
    }

    package enum Refusal: Error, Hashable, Sendable {
        case notNow(Step)
        /// The form has errors, and only a form without any is reviewed or published.
        case hasErrors(Int)
    }

    /// What can be done now.
    package var steps: [Step] {
        var steps: [Step] = []
        switch writing {
        case .draft: steps += [.submit] + (version > 0 ? [.discard] : [])
        case .review: steps += [.publish, .sendBack]
        default: steps += [.write]
        }
        if version > 0 { steps.append(isClosed ? .reopen : .close) }
        return steps
    }

    /// How the form is shown in a list: what people meet first, then what is being written.
    package var state: FormState {
        if version == 0 { return writing ?? .draft }
        return isClosed ? .closed : .published
    }

    package mutating func take(_ step: Step, errors: Int = 0) throws(Refusal) {
        guard steps.contains(step) else { throw .notNow(step) }
        if step == .submit || step == .publish, errors > 0 { throw .hasErrors(errors) }
        switch step {
        case .write, .sendBack: writing = .draft
        case .submit: writing = .review
        case .publish:
            writing = nil
            version += 1
            isClosed = false
        case .discard: writing = nil
        case .close: isClosed = true
        case .reopen: isClosed = false
        }
    }
}
