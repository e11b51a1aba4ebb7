/// One of several.
struct SingleChoiceType: QuestionType {
    var properties: Set<QuestionProperty> { [.required, .options] }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        guard question.options.contains(where: { $0.id.text == given[0] }) else {
            throw .notOneOf(question.options.map(\.id.text))
        }
        return .value(.text(given[0]))
    }

    func check(_ question: Question) -> [FormProblem] { question.checkOptions() }
    func possibleAnswers(_ question: Question) -> [String]? { question.options.map(\.id.text) }

    func reading(_ answer: KeptAnswer, _ question: Question, _ language: Language) -> String {
        answer.plainValues.first.map { question.optionTitle($0, language) } ?? ""
    }
}

/// Any of several, as few and as many as the question says.
struct MultipleChoiceType: QuestionType {
    var properties: Set<QuestionProperty> { [.required, .options, .atLeast, .atMost] }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        let known = question.options.map(\.id.text)
        guard given.allSatisfy(known.contains) else { throw .notOneOf(known) }
        let chosen = known.filter(given.contains)
        if let least = question.atLeast, Double(chosen.count) < least {
            throw .tooFewChoices(question.options.count(upTo: least))
        }
        if let most = question.atMost, Double(chosen.count) > most {
            throw .tooManyChoices(question.options.count(upTo: most))
        }
        return .choices(chosen)
    }

    func check(_ question: Question) -> [FormProblem] {
        question.checkOptions() + question.checkBounds(within: 0...Double(max(question.options.count, 1)), whole: true)
    }

    func possibleAnswers(_ question: Question) -> [String]? { question.options.map(\.id.text) }
}

/// All options in the person's own order, best first.
struct RankingType: QuestionType {
    var properties: Set<QuestionProperty> { [.required, .options] }

    /// Options in order, each once. A page may send "option=place" instead.
    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        let known = question.options.map(\.id.text)
        var order = given
        if given.contains(where: { $0.contains("=") }) {
            var places: [(place: Int, option: String)] = []
            for one in given {
                guard let pair = RowAnswer(one), let place = Int(pair.choice) else { throw .notARanking }
                places.append((place, pair.row.text))
            }
            guard Set(places.map(\.place)).count == places.count else { throw .notARanking }
            order = places.sorted { $0.place < $1.place }.map(\.option)
        }
        guard order.allSatisfy(known.contains) else { throw .notOneOf(known) }
        guard order.count == known.count, Set(order).count == known.count else { throw .notARanking }
        return .choices(order)
    }

    func check(_ question: Question) -> [FormProblem] {
        question.checkOptions()
            + (question.options.count > 12
                ? [.question(question.id, .options, .tooManyToRank(question.options.count))] : [])
    }

    func possibleAnswers(_ question: Question) -> [String]? { question.options.map(\.id.text) }

    func reading(_ answer: KeptAnswer, _ question: Question, _ language: Language) -> String {
        answer.plainValues.enumerated().map { "\($0.offset + 1). \(question.optionTitle($0.element, language))" }
            .joined(separator: ", ")
    }
}

/// Lines, each answered with one of the columns.
struct MatrixType: QuestionType {
    var properties: Set<QuestionProperty> { [.required, .options, .rows] }

    /// "row=column", one a line; a line may be left out unless the question is required.
    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        let columns = question.options.map(\.id.text)
        var chosen: [Slug: String] = [:]
        for one in given {
            guard let answer = RowAnswer(one), question.rows.contains(where: { $0.id == answer.row }) else {
                throw .notOneOf(question.rows.map(\.id.text))
            }
            guard columns.contains(answer.choice) else { throw .notOneOf(columns) }
            guard chosen.updateValue(answer.choice, forKey: answer.row) == nil else { throw .tooMany }
        }
        let missing = question.rows.map(\.id).filter { chosen[$0] == nil }
        if question.required, !missing.isEmpty { throw .rowsMissing(missing) }
        return .rows(
            question.rows.compactMap { row in chosen[row.id].map { RowAnswer(row: row.id, choice: $0) } })
    }

    func check(_ question: Question) -> [FormProblem] {
        question.checkOptions() + question.checkRows()
    }

    func possibleAnswers(_ question: Question) -> [String]? { question.options.map(\.id.text) }
}

extension [Question.Option] {
    /// A bound as a number of options: a form that isn't sound may hold any number.
    func count(upTo bound: Double) -> Int { bound >= 0 && bound <= Double(count) ? Int(bound) : count }
}
