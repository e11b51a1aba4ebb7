extension Question {
    func checkOptions() -> [FormProblem] {
        var problems: [FormProblem] = []
        if options.count < 2 { problems.append(.question(id, .options, .tooFewOptions)) }
        var seen: Set<Slug> = []
        for option in options {
            if !seen.insert(option.id).inserted { problems.append(.question(id, .options, .nameTwice(option.id))) }
        }
        return problems
    }

    func checkRows() -> [FormProblem] {
        var problems: [FormProblem] = []
        if rows.isEmpty { problems.append(.question(id, .rows, .tooFewRows)) }
        var seen: Set<Slug> = []
        for row in rows where !seen.insert(row.id).inserted {
            problems.append(.question(id, .rows, .nameTwice(row.id)))
        }
        return problems
    }

    /// Whether the bounds lie in a range, are whole where they must be, and leave room between them.
    func checkBounds(within range: ClosedRange<Double>, whole: Bool) -> [FormProblem] {
        func shown(_ number: Double) -> String {
            number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        }
        var problems: [FormProblem] = []
        for (part, bound) in [(FormPlace.Part.atLeast, atLeast), (.atMost, atMost)] {
            guard let bound else { continue }
            let low = part == .atMost ? max(range.lowerBound, atLeast ?? range.lowerBound) : range.lowerBound
            let isGood = bound.isFinite && bound >= low && bound <= range.upperBound
            if !isGood || (whole && bound != bound.rounded()) {
                problems.append(.question(id, part, .outOfRange(shown(low), shown(range.upperBound))))
            }
        }
        return problems
    }

    /// What is wrong with the question by itself, whatever stands around it.
    package func check() -> [FormProblem] {
        var problems: [FormProblem] = []
        let uses = kind.type.properties
        func unused(_ part: FormPlace.Part, _ property: QuestionProperty, _ isGiven: Bool) {
            if isGiven, !uses.contains(property) {
                problems.append(.question(id, part, .propertyNotUsed(kind)))
            }
        }
        unused(.required, .required, required)
        unused(.options, .options, !options.isEmpty)
        unused(.rows, .rows, !rows.isEmpty)
        unused(.driver, .driver, driver != nil)
        unused(.atLeast, .atLeast, atLeast != nil)
        unused(.atMost, .atMost, atMost != nil)
        unused(.accepts, .accepts, !accepts.isEmpty)
        unused(.maxBytes, .maxBytes, maxBytes != nil)
        unused(.value, .value, value != nil)
        if Question.reservedNames.contains(id.text) { problems.append(.question(id, .id, .nameReserved(id))) }
        return problems + kind.type.check(self)
    }

    /// Names of attributes every response has, and of places in texts.
    static let reservedNames: Set<String> = [
        ResponseShape.formKey, ResponseShape.versionKey, ResponseShape.languageKey, PipedText.service,
        PipedText.agency, FormPage.Target.endWord,
    ]
}
