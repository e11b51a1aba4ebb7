/// A whole sheet of answers, judged against one version of a form.
package struct JudgedSheet: Hashable, Sendable {
    /// By question, those that were shown; ``KeptAnswer/none`` where an optional question has no answer.
    package var kept: [Slug: KeptAnswer]
    /// By question, those that were shown and can't be taken.
    package var problems: [Slug: AnswerProblem]
    /// The pages passed, in order.
    package var path: [Slug]
    /// The questions shown, in order.
    package var visible: [Slug]
    /// Answered, but no longer shown: an answer of the branch that was left. Never kept.
    package var dropped: [Slug]
    /// False where the way leads on to pages not judged.
    package var reachesEnd: Bool

    package var isGood: Bool { problems.isEmpty }
    /// True where nothing at all was said.
    package var isEmpty: Bool { kept.values.allSatisfy { $0 == .none } }
}

extension FormDefinition {
    /// Judges answers by question: only those the person's way shows are kept, the others dropped.
    ///
    /// - Parameters:
    ///   - values: text as it came; a matrix as "row=choice" texts, a ranking in its order, a file as its note.
    ///   - last: the last page to judge; nil for all.
    package func judge(_ values: [Slug: [String]], through last: Slug? = nil) -> JudgedSheet {
        let walk = FormWalk(self, values, through: last)
        var dropped: [Slug] = []
        // What is shown was kept or refused.
        for at in questions.indices {
            let id = questions[at].id
            if let given = values[id], walk.kept[id] == nil, walk.problems[id] == nil,
                given.contains(where: { !trimmed($0).isEmpty })
            {
                dropped.append(id)
            }
        }
        return JudgedSheet(
            kept: walk.kept, problems: walk.problems, path: walk.path.map { pages[$0].id }, visible: walk.visible,
            dropped: dropped, reachesEnd: walk.reachesEnd)
    }
}
