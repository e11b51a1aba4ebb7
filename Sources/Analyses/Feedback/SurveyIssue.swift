package import Experience

/// Something in a published file that makes a number mean less than it seems. Nothing is mended: it is told with its row.
package struct SurveyIssue: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable, Codable {
        case zeroCustomers = "zero_customers"
        case zeroOffered = "zero_offered"
        case zeroRespondents = "zero_respondents"
        /// Nothing was reported, which is not zero.
        case missingCustomers = "missing_customers"
        case missingOffered = "missing_offered"
        case missingRespondents = "missing_respondents"
        case offeredAboveCustomers = "offered_above_customers"
        case respondentsAboveOffered = "respondents_above_offered"
        case answersAboveRespondents = "answers_above_respondents"
        /// Yes or no written as 5 or 1.
        case yesNoAsFive = "yes_no_as_five_points"
        /// 1 to 10 squeezed into 1 to 5.
        case tenAsFive = "ten_points_as_five"
        /// Every answer in one box: perhaps a score written where a count belongs.
        case oneBoxOnly = "one_box_only"
        /// "NONE", "No Question": words for "not asked".
        case placeholderText = "placeholder_text"
        case answersWithoutText = "answers_without_text"
        case textWithoutAnswers = "text_without_answers"
        /// Curly or straight quotes make one question two.
        case quotesDiffer = "quotes_differ"
        /// Spaces or a full stop make one question two.
        case spacingDiffers = "spacing_differs"
        /// The same quarter, service, transaction point and channel more than once.
        case repeatedKey = "repeated_key"
        /// The second question asks for something else than trust or confidence.
        case notATrustQuestion = "not_a_trust_question"
        case meanDiffers = "mean_differs"
        /// Half a hundredth exactly, rounded the other way.
        case meanHalfRounded = "mean_half_rounded"
        case meanMissing = "mean_missing"
    }

    package var kind: Kind
    /// As a spreadsheet numbers it: the header is row 1.
    package var row: Int
    package var id: String
    package var item: SurveyItem?
    /// What stands there, in one sentence.
    package var detail: String
}

extension SurveyIssue {
    /// Every issue of a file, by row and question.
    package static func all(_ rows: [(number: Int, survey: SurveyQuarter)]) -> [SurveyIssue] {
        var issues = rows.flatMap { SurveyCheck(row: $0.number, survey: $0.survey).issues }
        issues += repeatedKeys(rows) + wordingTwins(rows)
        return issues.sorted {
            ($0.row, $0.item?.rawValue ?? 0, $0.kind.rawValue) < ($1.row, $1.item?.rawValue ?? 0, $1.kind.rawValue)
        }
    }

    private static func repeatedKeys(_ rows: [(number: Int, survey: SurveyQuarter)]) -> [SurveyIssue] {
        struct Key: Hashable {
            var quarter: FiscalQuarter
            var service: String
            var point: String
            var channel: String
        }
        let groups = Dictionary(grouping: rows) { row in
            Key(
                quarter: row.survey.quarter, service: row.survey.service.id,
                point: QuestionText.folded(row.survey.transactionPoint), channel: row.survey.channel)
        }
        return groups.values.filter { $0.count > 1 }.flatMap { group in
            group.map { row in
                let others = group.map(\.number).filter { $0 != row.number }.sorted().map { String($0) }
                return SurveyIssue(
                    kind: .repeatedKey, row: row.number, id: row.survey.id, item: nil,
                    detail: "the same quarter, service, transaction point and channel as row"
                        + (others.count == 1 ? " " : "s ") + others.joined(separator: ", "))
            }
        }
    }

    /// Questions that differ from another row's in signs alone: the rarer way of writing is told.
    private static func wordingTwins(_ rows: [(number: Int, survey: SurveyQuarter)]) -> [SurveyIssue] {
        var issues: [SurveyIssue] = []
        for item in SurveyItem.allCases {
            var ways: [String: [String: [Int]]] = [:]
            for row in rows where row.survey[item].isAnswered {
                let text = row.survey[item].text
                ways[QuestionText.folded(text), default: [:]][text, default: []].append(row.number)
            }
            let numbers = Dictionary(rows.map { ($0.number, $0.survey.id) }, uniquingKeysWith: { first, _ in first })
            for variants in ways.values where variants.count > 1 {
                let order = variants.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
                let usual = order[0].key
                for (text, found) in order.dropFirst() {
                    let isQuotes = QuestionText.straightened(text) == QuestionText.straightened(usual)
                    for row in found {
                        issues.append(
                            SurveyIssue(
                                kind: isQuotes ? .quotesDiffer : .spacingDiffers, row: row, id: numbers[row] ?? "",
                                item: item,
                                detail: isQuotes
                                    ? "differs from row \(order[0].value[0]) in curly or straight quotes alone"
                                    : "differs from row \(order[0].value[0]) in spaces or end signs alone"))
                    }
                }
            }
        }
        return issues
    }
}

/// Two ways of writing one question.
package enum QuestionText {
    /// Curly quotes and apostrophes made straight.
    package static func straightened(_ text: String) -> String {
        String(
            text.map { character in
                switch character {
                case "\u{2018}", "\u{2019}", "\u{201B}", "\u{2032}": "'"
                case "\u{201C}", "\u{201D}", "\u{201F}", "\u{2033}": "\""
                default: character
                }
            })
    }

    /// Straightened, in small letters, spaces joined, end signs dropped: what two readers would call one question.
    package static func folded(_ text: String) -> String {
        var words = straightened(text).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        while let last = words.last, last == "." || last == "?" || last == " " || last == ":" { words.removeLast() }
        return words
    }

    /// Words that stand for "not asked".
    package static func isPlaceholder(_ text: String) -> Bool {
        ["none", "no question", "n/a", "na", "not asked", "null", "-"].contains(folded(text))
    }

    /// A question whose text offers 1 to 10.
    package static func isTenPoint(_ text: String) -> Bool {
        let folded = folded(text).replacing("\"", with: "")
        return ["1 to 10", "10-point", "10 point", "10=", "10 =", "1-10", "10 being", "10 means"].contains {
            folded.contains($0)
        }
    }

    /// A question that yes or no answers.
    package static func isYesNo(_ text: String) -> Bool {
        let folded = folded(text)
        if folded.contains("yes or no") || folded.contains("yes/no") { return true }
        return ["were you", "did you", "would you", "are you", "do you", "was your", "have you"].contains {
            folded.hasPrefix($0)
        }
    }

    /// A question about trust or confidence.
    package static func asksTrust(_ text: String) -> Bool {
        let folded = folded(text)
        return folded.contains("trust") || folded.contains("confiden")
    }
}
