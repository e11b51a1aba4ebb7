package import Experience

/// What one service reports for one fiscal quarter: its surveys of the first version, those of the second with the rows of
/// their answers, and what is still missing. Counted from the answers in the record; held answers are left out and counted.
package struct QuarterReport: Sendable {
    package var service: ServiceID
    package var quarter: FiscalQuarter
    /// Surveys with items on five points.
    package var surveys: [SurveyQuarter]
    /// Surveys of trust and what lay behind it.
    package var trust: [Trust]
    package var respondents: Int
    package var held: Int
    package var gaps: [Gap]

    package struct Trust: Sendable {
        package var survey: TrustSurvey
        package var scale: TrustScale
        /// Places in ``ResponseColumns/surveys`` that are this survey.
        package var places: Set<Int>
        /// Answers to the trust question, and those that trust (thumbs up, or 4 and 5).
        package var answers: Int
        package var positive: Int
        /// The question whose answers are "question_4"; nil where nothing is asked in words.
        package var comment: String?
    }

    /// What is missing before the report is whole.
    package enum Gap: Sendable, Hashable {
        /// The quarter is still running.
        case open
        /// Nobody answered in the quarter.
        case noAnswers
        /// No form of the service asks about trust.
        case noTrustQuestion
        /// Nobody recorded whom this form was offered to, so there is no response rate.
        case noOffers(form: Slug)
        /// A form without a control number.
        case noControlNumber
        /// The approval ended within the quarter or before.
        case approvalEnded(CivilDate)
        /// Answers wait for somebody to look at them.
        case held(Int)
        /// Answers whose form is no longer defined: only their overall rating could be counted.
        case unknownForm(Slug)
    }

    /// - Parameters:
    ///   - customers: people the service served in the quarter; nil where it is not known.
    ///   - now: the moment of the report.
    package init(
        _ definition: ServiceDefinition, _ columns: ResponseColumns, quarter: FiscalQuarter, bounds: Range<Instant>,
        customers: Int?, now: Instant
    ) {
        service = definition.id
        self.quarter = quarter
        let range = bounds.lowerBound.microseconds..<bounds.upperBound.microseconds
        let tallies = columns.tallies(in: range)
        respondents = tallies.reduce(0) { $0 + $1.respondents }
        held = tallies.reduce(0) { $0 + $1.held }
        surveys = []
        trust = []
        let maker = SurveyMaker(
            definition: definition, columns: columns, quarter: quarter, range: range, customers: customers, now: now)
        let groups = Dictionary(grouping: columns.surveys.indices) { maker.key(columns.surveys[$0]) }
        for (key, places) in groups.sorted(by: { $0.key < $1.key }) {
            let tally = places.reduce(SurveyTally()) { $0 + tallies[$1] }
            guard tally.respondents > 0 else { continue }
            let form = columns.forms[columns.surveys[places[0]].form]
            if form.asksMentions {
                trust.append(maker.trust(key, form, tally, places))
            } else {
                surveys.append(maker.survey(key, form, tally))
            }
        }
        gaps = maker.gaps(respondents: respondents, held: held, columns: columns, tallies: tallies)
    }
}

/// Builds the lines of a report.
struct SurveyMaker {
    let definition: ServiceDefinition
    let columns: ResponseColumns
    let quarter: FiscalQuarter
    let range: Range<Int64>
    let customers: Int?
    let now: Instant
    /// By form, whether in the quarter or not: how many were offered it in the quarter over a channel, and answered.
    let offers: [Slug: [Channel: (offered: Int, answered: Int)]]

    init(
        definition: ServiceDefinition, columns: ResponseColumns, quarter: FiscalQuarter, range: Range<Int64>,
        customers: Int?, now: Instant
    ) {
        (self.definition, self.columns, self.quarter, self.range) = (definition, columns, quarter, range)
        (self.customers, self.now) = (customers, now)
        offers = columns.offersByForm(in: range)
    }

    /// What makes answers one survey: form, its wordings, channel and place. Versions that ask the same go together.
    struct Key: Hashable, Comparable {
        var form: String
        var wordings: [String]
        var channel: String
        var touchpoint: String

        static func < (a: Key, b: Key) -> Bool {
            (a.form, a.touchpoint, a.channel, a.wordings.joined()) < (
                b.form, b.touchpoint, b.channel, b.wordings.joined()
            )
        }
    }

    func key(_ survey: ResponseColumns.Survey) -> Key {
        let form = columns.forms[survey.form]
        return Key(
            form: form.id.text,
            wordings: SurveyItem.allCases.map { form.wordings[$0]?.en ?? "" } + [form.asksMentions ? "v2" : "v1"],
            channel: survey.channel.rawValue, touchpoint: survey.touchpoint)
    }

    private func id(_ key: Key) -> String {
        [definition.id.text, key.form, key.touchpoint, key.channel].filter { !$0.isEmpty }.joined(separator: "/")
    }

    private func point(_ key: Key, _ form: AskedForm) -> String {
        let place = definition.touchpoints.first { $0.id.text == key.touchpoint }?.title.en ?? key.touchpoint
        return place.isEmpty ? form.title.en : "\(form.title.en) (\(place))"
    }

    /// Offers that lead to answers over a channel: an invitation by e-mail is answered on the web. Nil where none was
    /// recorded for the form at all, which is not zero.
    private func offers(_ form: Slug, _ channel: Channel) -> (offered: Int, answered: Int)? {
        offers[form].map { $0[channel] ?? (0, 0) }
    }

    private var organisation: SurveyQuarter.Organisation {
        .init(id: definition.agency.text, name: definition.agencyName.en, abbreviation: definition.agency.text)
    }

    func survey(_ key: Key, _ form: AskedForm, _ tally: SurveyTally) -> SurveyQuarter {
        let channel = Channel(rawValue: key.channel) ?? .unknown
        let offers = self.offers(form.id, channel)
        var survey = SurveyQuarter(
            id: id(key), organisation: organisation,
            provider: .init(id: definition.agency.text, name: definition.agencyName.en),
            collection: .init(id: quarter.description), quarter: quarter, serviceProvided: definition.title.en,
            transactionPoint: point(key, form), channel: channel.publishedName,
            customers: key.touchpoint.isEmpty ? customers : nil, offered: offers?.offered,
            respondents: tally.respondents, controlNumber: definition.collection?.controlNumber ?? "",
            createdAt: now.rfc3339, updatedAt: now.rfc3339,
            operationalMetrics: tally.held > 0 ? "\(tally.held) answers held back and not counted" : "",
            service: .init(
                id: definition.id.text, name: definition.title.en, slug: "\(definition.agency)-\(definition.id)",
                text: definition.summary.en))
        survey.answeredOffers = offers?.answered
        for item in SurveyItem.allCases {
            let counts = tally[item]
            let n = counts.reduce(0, +)
            guard n > 0 || form.wordings[item] != nil else { continue }
            survey[item] = .init(text: form.wordings[item]?.en ?? form.title.en, counts: counts)
            survey[item].publishedMean = survey[item].mean.map { ($0 * 100).rounded() / 100 }
        }
        return survey
    }

    func trust(_ key: Key, _ form: AskedForm, _ tally: SurveyTally, _ places: [Int]) -> QuarterReport.Trust {
        let channel = Channel(rawValue: key.channel) ?? .unknown
        let asksAtEnd = definition.forms.first { $0.id == form.id }?.askAfter.flatMap { step in
            definition.steps.first { $0.id == step }?.closes
        }
        return QuarterReport.Trust(
            survey: TrustSurvey(
                id: id(key), organisation: organisation,
                collection: .init(id: quarter.description, name: "CX Quarterly Data Collection"), quarter: quarter,
                providerID: definition.agency.text, providerName: definition.agencyName.en,
                providerSlug: definition.agency.text, serviceID: definition.id.text,
                serviceName: definition.title.en, transactionPoint: point(key, form),
                channel: channel.publishedName, customers: key.touchpoint.isEmpty ? customers : nil,
                offered: offers(form.id, channel)?.offered, respondents: tally.respondents,
                controlNumber: definition.collection?.controlNumber ?? "",
                surveyType: asksAtEnd == true ? "post_service_journey" : "post_interaction",
                surveyTitle: form.title.en, trustQuestion: form.wordings[.trust]?.en ?? "", createdAt: now.rfc3339,
                updatedAt: now.rfc3339), scale: form.thumbs == nil ? .agreement : .thumbs, places: Set(places),
            answers: form.thumbs == nil ? tally[.trust].reduce(0, +) : tally.thumbsUp + tally.thumbsDown,
            positive: form.thumbs == nil ? tally[.trust].suffix(2).reduce(0, +) : tally.thumbsUp,
            comment: form.comment)
    }

    func gaps(
        respondents: Int, held: Int, columns: ResponseColumns, tallies: [SurveyTally]
    ) -> [QuarterReport.Gap] {
        var gaps: [QuarterReport.Gap] = []
        if now.microseconds < range.upperBound { gaps.append(.open) }
        if respondents == 0 { gaps.append(.noAnswers) }
        let asked = definition.forms.map { AskedForm($0) }
        if !asked.contains(where: { $0.wordings[.trust] != nil }) { gaps.append(.noTrustQuestion) }
        if let collection = definition.collection {
            if collection.expires < quarter.lastDay { gaps.append(.approvalEnded(collection.expires)) }
        } else {
            gaps.append(.noControlNumber)
        }
        let answered = Set(
            columns.surveys.indices.filter { tallies[$0].respondents > 0 }.map { columns.surveys[$0].form })
        var told: Set<Slug> = []
        for place in answered.sorted() {
            let form = columns.forms[place]
            guard told.insert(form.id).inserted else { continue }
            if form.items.isEmpty, form.thumbs == nil { gaps.append(.unknownForm(form.id)) }
            let isSent = definition.forms.first { $0.id == form.id }?.askAfter != nil
            if isSent, offers[form.id] == nil {
                gaps.append(.noOffers(form: form.id))
            }
        }
        if held > 0 { gaps.append(.held(held)) }
        return gaps
    }
}

extension Channel {
    /// The word published files use.
    package var publishedName: String {
        switch self {
        case .web: "computer"
        case .phone: "phone"
        case .inPerson: "in_person"
        case .mail: "paper"
        default: rawValue
        }
    }
}
