/// One survey in one fiscal quarter, as agencies publish it: whom it went to, what was asked, how many gave each answer.
///
/// The value behind every layout of the first version, whether read from a published file or counted from the record.
package struct SurveyQuarter: Sendable, Hashable, Codable {
    package var id: String
    /// The kind of line in the published file ("omb_cx_reporting_collections").
    package var kind: String
    package var organisation: Organisation
    package var provider: Provider
    package var collection: Collection
    package var quarter: FiscalQuarter
    package var serviceProvided: String
    package var transactionPoint: String
    package var channel: String
    /// People served. Nil where nothing was reported, which is not zero.
    package var customers: Int?
    /// People the survey was put to.
    package var offered: Int?
    package var respondents: Int?
    /// Of the offers, those that were answered: fewer than ``respondents`` where people also answered unasked. Nil where
    /// only the two totals are known, as in a published file.
    package var answeredOffers: Int?
    package var controlNumber: String
    package var registerURL: String
    /// Eleven, in the order of ``SurveyItem``.
    package var items: [Item]
    package var createdAt: String
    package var updatedAt: String
    package var operationalMetrics: String
    package var service: Service

    package struct Organisation: Sendable, Hashable, Codable {
        package var id: String
        package var name: String
        package var abbreviation: String

        package init(id: String = "", name: String = "", abbreviation: String = "") {
            self.id = id
            self.name = name
            self.abbreviation = abbreviation
        }
    }

    package struct Provider: Sendable, Hashable, Codable {
        package var id: String
        package var name: String
        package var text: String

        package init(id: String = "", name: String = "", text: String = "") {
            self.id = id
            self.name = name
            self.text = text
        }
    }

    package struct Collection: Sendable, Hashable, Codable {
        package var id: String
        package var name: String

        package init(id: String = "", name: String = "CX Quarterly Reporting") {
            self.id = id
            self.name = name
        }
    }

    package struct Service: Sendable, Hashable, Codable {
        package var id: String
        package var name: String
        package var slug: String
        package var text: String

        package init(id: String = "", name: String = "", slug: String = "", text: String = "") {
            self.id = id
            self.name = name
            self.slug = slug
            self.text = text
        }
    }

    /// One question and how many chose each of 1 to 5.
    package struct Item: Sendable, Hashable, Codable {
        package var text: String
        package var counts: [Int]
        /// The mean as it was published, to two places; nil where none was.
        package var publishedMean: Double?

        package init(text: String = "", counts: [Int] = [0, 0, 0, 0, 0], publishedMean: Double? = nil) {
            self.text = text
            self.counts = counts
            self.publishedMean = publishedMean
        }

        package var n: Int { counts.reduce(0, +) }
        /// Mean of 1 to 5; nil without answers.
        package var mean: Double? {
            let n = n
            guard n > 0 else { return nil }
            return Double(counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }) / Double(n)
        }
        /// Answers of 4 and 5.
        package var positive: Int { counts.suffix(2).reduce(0, +) }
        /// A question and answers to it stand here.
        package var isAnswered: Bool { n > 0 }
    }

    package init(
        id: String, kind: String = SurveyQuarter.usualKind, organisation: Organisation = .init(),
        provider: Provider = .init(), collection: Collection = .init(), quarter: FiscalQuarter,
        serviceProvided: String = "", transactionPoint: String = "", channel: String = "", customers: Int? = nil,
        offered: Int? = nil, respondents: Int? = nil, controlNumber: String = "", registerURL: String = "",
        items: [Item] = [], createdAt: String = "", updatedAt: String = "", operationalMetrics: String = "",
        service: Service = .init()
    ) {
        self.id = id
        self.kind = kind
        self.organisation = organisation
        self.provider = provider
        self.collection = collection
        self.quarter = quarter
        self.serviceProvided = serviceProvided
        self.transactionPoint = transactionPoint
        self.channel = channel
        self.customers = customers
        self.offered = offered
        self.respondents = respondents
        self.controlNumber = controlNumber
        self.registerURL = registerURL
        self.items = items + Array(repeating: Item(), count: max(0, SurveyItem.allCases.count - items.count))
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.operationalMetrics = operationalMetrics
        self.service = service
    }

    package static let usualKind = "omb_cx_reporting_collections"

    package subscript(item: SurveyItem) -> Item {
        get { items[item.rawValue - 1] }
        set { items[item.rawValue - 1] = newValue }
    }

    /// Answered offers among all, which is never above 1; in a published file respondents among those offered, as they
    /// stand there. Nil where nobody was offered it, or a number is missing.
    package var responseRate: Double? {
        guard let offered, offered > 0, let answers = answeredOffers ?? respondents else { return nil }
        return Double(answers) / Double(offered)
    }
}
