package import Experience

/// What pages ask about people's answers as a whole: scores for staff, files for reports, the public results.
package struct ReportsDesk: Sendable {
    package var scores: @Sendable (ServiceDefinition, FeedbackFilter) async throws -> FeedbackView
    package var quarter: @Sendable (ServiceDefinition, FiscalQuarter) async throws -> QuarterView
    /// A file of a quarter's report by its name; nil when there is none.
    ///
    /// - Parameter reader: the account noted as reading what people wrote; nil leaves their words out.
    package var file: @Sendable (ServiceDefinition, FiscalQuarter, String, _ reader: String?) async throws -> String?
    package var results: @Sendable () async throws -> PublicResults

    package init(
        scores: @escaping @Sendable (ServiceDefinition, FeedbackFilter) async throws -> FeedbackView,
        quarter: @escaping @Sendable (ServiceDefinition, FiscalQuarter) async throws -> QuarterView,
        file: @escaping @Sendable (ServiceDefinition, FiscalQuarter, String, String?) async throws -> String?,
        results: @escaping @Sendable () async throws -> PublicResults
    ) {
        self.scores = scores
        self.quarter = quarter
        self.file = file
        self.results = results
    }

    /// A desk without answers: what a site has before anybody was asked.
    package static let empty = ReportsDesk(
        scores: { _, _ in FeedbackView() }, quarter: { _, quarter in QuarterView(quarter: quarter) },
        file: { _, _, _, _ in nil }, results: { PublicResults() })
}

/// Which answers a staff page is about; lives in the address.
package struct FeedbackFilter: Sendable, Hashable {
    package var period: Period
    package var form: Slug?
    package var channel: Channel?
    package var touchpoint: String?

    package init(period: Period, form: Slug? = nil, channel: Channel? = nil, touchpoint: String? = nil) {
        self.period = period
        self.form = form
        self.channel = channel
        self.touchpoint = touchpoint
    }
}

/// The scores of a service over the filtered answers; the staff's rule for small numbers is applied.
package struct FeedbackView: Sendable {
    package var respondents = 0
    package var held = 0
    package var offered = 0
    package var responseRate = FeedbackView.none(.share, "wilson")
    package var index = FeedbackView.none(.points, "index")
    package var indexTop2 = FeedbackView.none(.points, "index")
    package var lines: [Line] = []
    package var thumbs: [Thumbs] = []
    package var mentions: [Mention] = []
    package var drivers: Drivers?
    /// Why there is no ranking, where there is none.
    package var driversProblem: DriversProblem?
    package var facts: Facts?
    package var saidNo = SaidNoView()
    package var trend: [TrendPoint] = []
    /// The question the trend is about.
    package var trendItem: SurveyItem?
    package var alarms: [Alarm] = []
    package var alarmsPerYear: Double?
    package var themes: [Theme] = []
    package var commentsRead = 0
    package var forms: [(id: Slug, title: LocalText)] = []
    package var channels: [Channel] = []
    package var touchpoints: [String] = []

    package init() {}

    private static func none(_ unit: ShownFigure.Unit, _ method: String) -> ShownFigure {
        ShownFigure(value: nil, n: 0, unit: unit, method: method)
    }

    /// One question in one wording.
    package struct Line: Sendable {
        package var item: SurveyItem
        package var wording: LocalText
        package var mean: ShownFigure
        package var top2: ShownFigure
        /// The mean with held answers counted in; nil where none are held.
        package var withHeld: Double?

        package init(
            item: SurveyItem, wording: LocalText, mean: ShownFigure, top2: ShownFigure, withHeld: Double? = nil
        ) {
            self.item = item
            self.wording = wording
            self.mean = mean
            self.top2 = top2
            self.withHeld = withHeld
        }
    }

    package struct Thumbs: Sendable {
        package var wording: LocalText
        package var up: ShownFigure

        package init(wording: LocalText, up: ShownFigure) {
            self.wording = wording
            self.up = up
        }
    }

    package struct Mention: Sendable {
        package var driver: MentionedDriver
        package var praised: Int
        package var blamed: Int
        package var net: ShownFigure

        package init(driver: MentionedDriver, praised: Int, blamed: Int, net: ShownFigure) {
            self.driver = driver
            self.praised = praised
            self.blamed = blamed
            self.net = net
        }
    }

    package struct Drivers: Sendable {
        package var outcome: SurveyItem
        package var n: Int
        package var rSquared: Double
        package var isContested: Bool
        package var lines: [Line]

        package struct Line: Sendable {
            package var item: SurveyItem
            package var share: Double
            package var low: Double
            package var high: Double
            package var lowestRank: Int
            package var highestRank: Int

            package init(
                item: SurveyItem, share: Double, low: Double, high: Double, lowestRank: Int, highestRank: Int
            ) {
                self.item = item
                self.share = share
                self.low = low
                self.high = high
                self.lowestRank = lowestRank
                self.highestRank = highestRank
            }
        }

        package init(outcome: SurveyItem, n: Int, rSquared: Double, isContested: Bool, lines: [Line]) {
            self.outcome = outcome
            self.n = n
            self.rSquared = rSquared
            self.isContested = isContested
            self.lines = lines
        }
    }

    package enum DriversProblem: Sendable, Hashable {
        case tooFewQuestions
        case tooFewPeople(have: Int, need: Int)
        case notComputable
    }

    package struct Facts: Sendable {
        package var n: Int
        package var isProportional: Bool
        package var lines: [Line]

        package struct Line: Sendable {
            /// "wait", "broken_promise", "contact", "chase", "rework".
            package var fact: String
            package var oddsRatio: Double
            package var low: Double
            package var high: Double

            package init(fact: String, oddsRatio: Double, low: Double, high: Double) {
                self.fact = fact
                self.oddsRatio = oddsRatio
                self.low = low
                self.high = high
            }
        }

        package init(n: Int, isProportional: Bool, lines: [Line]) {
            self.n = n
            self.isProportional = isProportional
            self.lines = lines
        }
    }

    package struct SaidNoView: Sendable {
        package var no = 0
        package var yes = 0
        package var lines: [Line] = []

        package struct Line: Sendable {
            /// "broken_promise", "chased", "refused", "many_contacts".
            package var cause: String
            package var no: Int
            package var yes: Int
            package var journeys: JourneyGroup?

            package init(cause: String, no: Int, yes: Int, journeys: JourneyGroup?) {
                self.cause = cause
                self.no = no
                self.yes = yes
                self.journeys = journeys
            }
        }

        package init() {}
    }

    /// A place whose ratings left their limits.
    package struct Alarm: Sendable {
        /// A touchpoint's id, or a channel where answers come without one.
        package var place: String
        package var since: CivilDate
        package var isWorse: Bool
        package var value: Double
        package var usual: Double
        package var isProvisional: Bool

        package init(
            place: String, since: CivilDate, isWorse: Bool, value: Double, usual: Double, isProvisional: Bool
        ) {
            self.place = place
            self.since = since
            self.isWorse = isWorse
            self.value = value
            self.usual = usual
            self.isProvisional = isProvisional
        }
    }

    package struct Theme: Sendable {
        package var id: String
        package var title: LocalText
        package var comments: Int
        /// Shares of those that sound displeased, for sorting only.
        package var displeased: Int
        /// Words that set these comments apart.
        package var words: [String]
        package var precision: ShownFigure?
        package var recall: ShownFigure?
        /// Both shares in one number, beside what guessing without reading reaches: 0, as the more frequent answer to "is it
        /// about this?" is no.
        package var f1: Double?
        /// How often the rules are right, and how often always giving the more frequent answer is.
        package var accuracy: Double?
        package var majority: Double?

        package init(
            id: String, title: LocalText, comments: Int, displeased: Int, words: [String],
            precision: ShownFigure? = nil, recall: ShownFigure? = nil, f1: Double? = nil, accuracy: Double? = nil,
            majority: Double? = nil
        ) {
            self.id = id
            self.title = title
            self.comments = comments
            self.displeased = displeased
            self.words = words
            self.precision = precision
            self.recall = recall
            self.f1 = f1
            self.accuracy = accuracy
            self.majority = majority
        }
    }
}

/// A quarter's report of a service: what is in it, what is missing, when it is due.
package struct QuarterView: Sendable {
    package var quarter: FiscalQuarter
    package var respondents = 0
    package var held = 0
    package var gaps: [Gap] = []
    package var files: [File] = []

    package init(quarter: FiscalQuarter) { self.quarter = quarter }

    /// What is missing; `key` names the sentence, the values fill it.
    package struct Gap: Sendable {
        package var key: String
        package var value: String

        package init(key: String, value: String = "") {
            self.key = key
            self.value = value
        }
    }

    package struct File: Sendable {
        package var name: String
        /// "a11-v1", "a11-v2", "csv", "json".
        package var format: String

        package init(name: String, format: String) {
            self.name = name
            self.format = format
        }
    }
}

/// What everybody may see: every survey and quarter, small numbers hidden.
package struct PublicResults: Sendable {
    package var quarters: [FiscalQuarter] = []
    package var lines: [Line] = []
    /// Trust over time: answers of 4 and 5 among all, by quarter.
    package var trend: [TrendPoint] = []
    /// True where some counts are hidden because few people stand behind them.
    package var hidesSome = false
    /// What was done about what people said, newest first.
    package var saidDid: [SaidDid] = []

    package struct SaidDid: Sendable {
        package var service: LocalText
        package var one: SaidDidView

        package init(service: LocalText, one: SaidDidView) {
            self.service = service
            self.one = one
        }
    }

    package init() {}

    package struct Line: Sendable {
        package var quarter: FiscalQuarter
        package var organisation: String
        package var service: LocalText
        package var servicePath: String?
        package var survey: String
        /// Nil where it is not known, or hidden.
        package var respondents: Int?
        package var isHidden: Bool
        package var responseRate: Double?
        package var trust: ShownFigure
        package var trustWording: String
        package var satisfaction: ShownFigure
        package var satisfactionWording: String
        /// From a published file, as the agency gave it.
        package var isImported: Bool

        package init(
            quarter: FiscalQuarter, organisation: String, service: LocalText, servicePath: String?, survey: String,
            respondents: Int?, isHidden: Bool, responseRate: Double?, trust: ShownFigure, trustWording: String,
            satisfaction: ShownFigure, satisfactionWording: String, isImported: Bool
        ) {
            self.quarter = quarter
            self.organisation = organisation
            self.service = service
            self.servicePath = servicePath
            self.survey = survey
            self.respondents = respondents
            self.isHidden = isHidden
            self.responseRate = responseRate
            self.trust = trust
            self.trustWording = trustWording
            self.satisfaction = satisfaction
            self.satisfactionWording = satisfactionWording
            self.isImported = isImported
        }
    }
}
