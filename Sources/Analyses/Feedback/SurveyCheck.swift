import Experience

/// What is wrong with one row, looked at alone.
struct SurveyCheck {
    let row: Int
    let survey: SurveyQuarter

    var issues: [SurveyIssue] { volumes + SurveyItem.allCases.flatMap { questions($0) } }

    private func issue(_ kind: SurveyIssue.Kind, _ item: SurveyItem? = nil, _ detail: String) -> SurveyIssue {
        SurveyIssue(kind: kind, row: row, id: survey.id, item: item, detail: detail)
    }

    private var volumes: [SurveyIssue] {
        var found: [SurveyIssue] = []
        let volumes: [(Int?, SurveyIssue.Kind, SurveyIssue.Kind, String)] = [
            (survey.customers, .zeroCustomers, .missingCustomers, "customers"),
            (survey.offered, .zeroOffered, .missingOffered, "customers offered the survey"),
            (survey.respondents, .zeroRespondents, .missingRespondents, "respondents"),
        ]
        for (count, zero, missing, name) in volumes {
            if count == nil {
                found.append(issue(missing, nil, "the number of \(name) is empty: not reported, not zero"))
            }
            if count == 0 { found.append(issue(zero, nil, "0 \(name)")) }
        }
        if let offered = survey.offered, let customers = survey.customers, offered > customers {
            found.append(issue(.offeredAboveCustomers, nil, "\(offered) offered of \(customers) customers"))
        }
        if let respondents = survey.respondents, let offered = survey.offered, respondents > offered {
            found.append(issue(.respondentsAboveOffered, nil, "\(respondents) respondents of \(offered) offered"))
        }
        return found
    }

    private func questions(_ item: SurveyItem) -> [SurveyIssue] {
        let asked = survey[item]
        let n = asked.n
        var found: [SurveyIssue] = []
        let isPlaceholder = QuestionText.isPlaceholder(asked.text)
        let isBlank = QuestionText.folded(asked.text).isEmpty
        if isPlaceholder { found.append(issue(.placeholderText, item, "“\(asked.text)” stands for no question")) }
        if n == 0 {
            if !isBlank, !isPlaceholder {
                found.append(issue(.textWithoutAnswers, item, "a question is given and nobody answered it"))
            }
            return found
        }
        if isBlank || isPlaceholder { found.append(issue(.answersWithoutText, item, "\(n) answers to no question")) }
        if let respondents = survey.respondents, n > respondents {
            found.append(issue(.answersAboveRespondents, item, "\(n) answers from \(respondents) respondents"))
        }
        found += scale(item, asked)
        if item == .trust, !isBlank, !isPlaceholder, !QuestionText.asksTrust(asked.text) {
            found.append(issue(.notATrustQuestion, item, "the wording asks for neither trust nor confidence"))
        }
        found += mean(item, asked)
        return found
    }

    private func scale(_ item: SurveyItem, _ asked: SurveyQuarter.Item) -> [SurveyIssue] {
        var found: [SurveyIssue] = []
        let ends = [asked.counts[0], asked.counts[4]]
        let isEndsOnly = ends[0] + ends[1] == asked.n
        if QuestionText.isTenPoint(asked.text) {
            found.append(issue(.tenAsFive, item, "the wording offers 1 to 10; five counts are given"))
        }
        if isEndsOnly, ends[0] > 0, ends[1] > 0 {
            found.append(
                issue(.yesNoAsFive, item, "only 1 and 5 occur, in \(asked.n) answers: yes and no as five points"))
        } else if isEndsOnly, QuestionText.isYesNo(asked.text) {
            found.append(issue(.yesNoAsFive, item, "a question for yes or no, counted as 1 or 5"))
        } else if asked.counts.contains(asked.n), asked.n >= 20 {
            found.append(
                issue(.oneBoxOnly, item, "all \(asked.n) answers in one box: perhaps a score where a count belongs"))
        }
        return found
    }

    private func mean(_ item: SurveyItem, _ asked: SurveyQuarter.Item) -> [SurveyIssue] {
        guard let mean = asked.mean else { return [] }
        guard let published = asked.publishedMean else {
            return [issue(.meanMissing, item, "no mean is published for \(asked.n) answers")]
        }
        let gap = abs(published - mean)
        if gap > 0.005 + 1e-9 {
            return [issue(.meanDiffers, item, "published \(published), counted \((mean * 10_000).rounded() / 10_000)")]
        }
        // Both neighbours are half a hundredth away: which of them is printed is a habit of the publisher.
        if abs(gap - 0.005) < 1e-9 {
            return [
                issue(.meanHalfRounded, item, "\(mean) lies exactly between two hundredths; published \(published)")
            ]
        }
        return []
    }
}
