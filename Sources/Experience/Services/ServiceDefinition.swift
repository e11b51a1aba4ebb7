/// What a service is: one YAML file, live at once. A plain value; reading and checking the file is the work of
/// `Formats`, which tells every error with its line.
package struct ServiceDefinition: Hashable, Sendable {
    package var id: ServiceID
    package var agency: AgencyID
    package var agencyName: LocalText
    package var title: LocalText
    /// Plain language: what it is for and who may ask.
    package var summary: LocalText
    package var audience: Audience
    package var steps: [Step]
    package var channels: [Channel]
    package var touchpoints: [Touchpoint]
    package var promise: PromiseRule?
    /// What the person is asked when a request is started on the web.
    package var request: [Question]
    package var forms: [FormDefinition]
    package var outcome: LocalText
    package var legal: [LegalBasis]
    package var collection: InformationCollection?
    /// Attributes of a journey by which staff compare groups ("office", "supplier", "state").
    package var cohorts: [CohortAttribute]
    /// Words a closed event may carry, and whether each means the person got what was asked for.
    package var results: [Result]
    /// The scorecard this service's suppliers get, where it has suppliers.
    package var suppliers: SupplierRule?
    /// How often people may be asked for their opinion, where a touchpoint says nothing else.
    package var asking: AskRules

    package enum Audience: String, CaseIterable, Sendable, Codable {
        case `public`, businesses, employees
    }

    package struct Step: Hashable, Sendable {
        package var id: Slug
        package var title: LocalText
        package var by: Actor.Role
        /// The staff unit or partner organisation that does it.
        package var unit: String?
        /// The unit as people read it; nil where it has one name for all languages.
        package var unitTitle: LocalText?
        /// Declared effort of the person, in minutes; what forms and notices promise, to be held against the measured one.
        package var effortMinutes: Double?
        /// Other systems' names for this step.
        package var aliases: [String]
        package var legal: [Slug]
        /// False for detours (more information asked, correction): not part of the promised path.
        package var expected: Bool
        /// Marks the end for this service.
        package var closes: Bool

        package init(
            id: Slug, title: LocalText, by: Actor.Role, unit: String? = nil, effortMinutes: Double? = nil,
            aliases: [String] = [], legal: [Slug] = [], expected: Bool = true, closes: Bool = false
        ) {
            self.id = id
            self.title = title
            self.by = by
            self.unit = unit
            self.effortMinutes = effortMinutes
            self.aliases = aliases
            self.legal = legal
            self.expected = expected
            self.closes = closes
        }
    }

    package struct Touchpoint: Hashable, Sendable {
        package var id: Slug
        package var title: LocalText
        package var channel: Channel
        package var place: String?
        /// What is asked here, and of which share of people.
        package var ask: AskPlan?
        /// The word a person sends by SMS to begin.
        package var keyword: String?

        package init(
            id: Slug, title: LocalText, channel: Channel, place: String? = nil, ask: AskPlan? = nil,
            keyword: String? = nil
        ) {
            self.id = id
            self.title = title
            self.channel = channel
            self.place = place
            self.ask = ask
            self.keyword = keyword
        }
    }

    /// The date the service gives, and what its clock may wait for.
    package struct PromiseRule: Hashable, Sendable {
        package var from: Slug
        package var to: Slug
        package var calendar: Slug
        /// The declared standard: said when history can't carry a quote.
        package var standard: Budget
        /// The share of promises meant to be kept, 0.5 to 0.999.
        package var probability: Double
        /// Journey attributes the quote may depend on, most important first.
        package var dependsOn: [String]
        /// Steps that stop the clock until the named step happens.
        package var pauses: [Pause]
        /// Steps at which the date is worked out again from what is known then.
        package var milestones: [Slug]
        /// When the person is told of a new date before the old one breaks; nil = never by itself.
        package var warning: Warning?

        package struct Warning: Hashable, Sendable {
            /// The probability of breaking, from now, at which the person is told.
            package var from: Double

            package init(from: Double = 0.35) { self.from = from }
        }

        package struct Pause: Hashable, Sendable {
            package var at: Slug
            package var until: Slug
            package var waitingFor: Actor.Role

            package init(at: Slug, until: Slug, waitingFor: Actor.Role) {
                self.at = at
                self.until = until
                self.waitingFor = waitingFor
            }
        }

        package init(
            from: Slug, to: Slug, calendar: Slug, standard: Budget, probability: Double, dependsOn: [String] = [],
            pauses: [Pause] = [], milestones: [Slug] = [], warning: Warning? = nil
        ) {
            self.milestones = milestones
            self.warning = warning
            self.from = from
            self.to = to
            self.calendar = calendar
            self.standard = standard
            self.probability = probability
            self.dependsOn = dependsOn
            self.pauses = pauses
        }
    }

    package struct LegalBasis: Hashable, Sendable {
        package var id: Slug
        package var title: LocalText
        package var citation: String
        package var url: String?

        package init(id: Slug, title: LocalText, citation: String, url: String? = nil) {
            self.id = id
            self.title = title
            self.citation = citation
            self.url = url
        }
    }

    /// The approval under which information is collected: shown on the first page of every form.
    package struct InformationCollection: Hashable, Sendable {
        package var controlNumber: String
        package var expires: CivilDate
        package var information: [LocalText]
        package var minutes: Double?

        package init(controlNumber: String, expires: CivilDate, information: [LocalText], minutes: Double? = nil) {
            self.controlNumber = controlNumber
            self.expires = expires
            self.information = information
            self.minutes = minutes
        }
    }

    package struct CohortAttribute: Hashable, Sendable {
        package var name: String
        package var title: LocalText

        package init(name: String, title: LocalText) {
            self.name = name
            self.title = title
        }
    }

    package struct Result: Hashable, Sendable {
        package var id: Slug
        package var title: LocalText
        package var granted: Bool

        package init(id: Slug, title: LocalText, granted: Bool) {
            self.id = id
            self.title = title
            self.granted = granted
        }
    }

    package init(
        id: ServiceID, agency: AgencyID, agencyName: LocalText, title: LocalText, summary: LocalText,
        audience: Audience = .public, steps: [Step], channels: [Channel], touchpoints: [Touchpoint] = [],
        promise: PromiseRule? = nil, request: [Question] = [], forms: [FormDefinition] = [], outcome: LocalText,
        legal: [LegalBasis] = [], collection: InformationCollection? = nil, cohorts: [CohortAttribute] = [],
        results: [Result] = [], suppliers: SupplierRule? = nil, asking: AskRules = .standard
    ) {
        self.id = id
        self.agency = agency
        self.agencyName = agencyName
        self.title = title
        self.summary = summary
        self.audience = audience
        self.steps = steps
        self.channels = channels
        self.touchpoints = touchpoints
        self.promise = promise
        self.request = request
        self.forms = forms
        self.outcome = outcome
        self.legal = legal
        self.collection = collection
        self.cohorts = cohorts
        self.results = results
        self.suppliers = suppliers
        self.asking = asking
    }
}

extension ServiceDefinition {
    /// The step an activity names: its id first, then another system's name for it.
    package func step(named activity: String) -> Step? {
        steps.first { $0.id.text == activity } ?? steps.first { $0.aliases.contains(activity) }
    }

    /// The activity as people read it; an activity the definition doesn't know is shown as it came.
    package func activityTitle(_ activity: String, _ language: Language) -> String {
        step(named: activity)?.title[language] ?? activity
    }

    /// A unit named by an event as people read it.
    package func unitTitle(_ unit: String, _ language: Language) -> String {
        steps.first { $0.unit == unit && $0.unitTitle != nil }?.unitTitle?[language] ?? unit
    }

    /// The steps of the promised path, in order.
    package var promisedPath: [Step] { steps.filter(\.expected) }

    /// The value of a cohort attribute as people read it: the title of the option a request offers for it;
    /// a value no option names is shown as it came.
    package func valueTitle(_ attribute: String, _ value: String, _ language: Language) -> String {
        request.first { $0.id.text == attribute }?.options.first { $0.id.text == value }?.title[language] ?? value
    }
}
