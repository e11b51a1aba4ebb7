/// One respondent of the second version of the survey, as the upload file holds it: 17 columns.
package struct TrustAnswer: Sendable, Hashable, Codable {
    package var externalID: String
    /// 0 or 1 where trust was asked by thumbs, 1 to 5 where by agreement.
    package var trust: Int
    /// By ``MentionedDriver``: ticked, not ticked, or nil where the list was not asked of this person.
    package var positive: [Bool?]
    package var negative: [Bool?]
    package var comment: String

    package init(externalID: String, trust: Int, positive: [Bool?], negative: [Bool?], comment: String = "") {
        self.externalID = externalID
        self.trust = trust
        self.positive = positive
        self.negative = negative
        self.comment = comment
    }
}

/// What the numbers of ``TrustAnswer/trust`` mean in one file: one file holds one scale.
package enum TrustScale: String, Sendable, Codable, CaseIterable {
    /// 0 no, 1 yes.
    case thumbs
    /// 1 strongly disagree to 5 strongly agree.
    case agreement

    package var values: ClosedRange<Int> { self == .thumbs ? 0...1 : 1...5 }

    /// Whether a person who answered so is asked what went well; the others what could be better.
    package func isPositive(_ trust: Int) -> Bool { self == .thumbs ? trust == 1 : trust >= 4 }
}

/// One survey of the second version in one quarter: the line that goes with an upload of answers.
package struct TrustSurvey: Sendable, Hashable, Codable {
    package var id: String
    package var organisation: SurveyQuarter.Organisation
    package var collection: SurveyQuarter.Collection
    package var quarter: FiscalQuarter
    package var providerID: String
    package var providerName: String
    package var providerSlug: String
    package var serviceID: String
    package var serviceName: String
    package var transactionPoint: String
    package var channel: String
    package var stage: Stage
    package var customers: Int?
    package var offered: Int?
    package var respondents: Int?
    package var controlNumber: String
    package var surveyType: String
    package var surveyTitle: String
    package var trustQuestion: String
    package var createdAt: String
    package var updatedAt: String

    package struct Stage: Sendable, Hashable, Codable {
        package var id: String
        package var name: String
        package var position: String
        package var count: String

        package init(id: String = "", name: String = "", position: String = "", count: String = "") {
            self.id = id
            self.name = name
            self.position = position
            self.count = count
        }
    }

    package init(
        id: String, organisation: SurveyQuarter.Organisation, collection: SurveyQuarter.Collection,
        quarter: FiscalQuarter, providerID: String, providerName: String, providerSlug: String, serviceID: String,
        serviceName: String, transactionPoint: String, channel: String, stage: Stage = .init(), customers: Int?,
        offered: Int?, respondents: Int?, controlNumber: String, surveyType: String, surveyTitle: String,
        trustQuestion: String, createdAt: String = "", updatedAt: String = ""
    ) {
        self.id = id
        self.organisation = organisation
        self.collection = collection
        self.quarter = quarter
        self.providerID = providerID
        self.providerName = providerName
        self.providerSlug = providerSlug
        self.serviceID = serviceID
        self.serviceName = serviceName
        self.transactionPoint = transactionPoint
        self.channel = channel
        self.stage = stage
        self.customers = customers
        self.offered = offered
        self.respondents = respondents
        self.controlNumber = controlNumber
        self.surveyType = surveyType
        self.surveyTitle = surveyTitle
        self.trustQuestion = trustQuestion
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
