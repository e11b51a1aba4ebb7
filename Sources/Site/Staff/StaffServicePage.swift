import Experience

/// One service as the people who run it see it.
struct StaffServicePage: Page {
    static let template = "staff/service"
    var title: String
    var agency: String
    var homePath = Paths.Staff.home
    var publicPath: String
    var feedbackPath: String
    var scorecardPath: String?
    var promisesPath: String?
    var channelsPath: String
    var journeysPath: String
    var journeysCount: String
    var openCount: String
    var openPath: String
    var overdueCount: String?
    var overduePath: String
    var period: String
    var filters: FilterBar
    var isEmpty: Bool
    var figures: [FigureCard]
    /// Where people wait and what keeps them.
    var first: [ChartFigure]
    var charts: [ChartFigure]
    var map: ChartFigure?
    var mapSteps: ShownTable
    var detail: Int
    var detailFields: [ReviewPage.Hidden]
    var pagePath: String
    var lower: [ChartFigure]
    var responses: [ResponseLine]
    var hasResponses: Bool
    var livePath: String
    var layout: Layout { .staff }
    var scripts: [String] { ["live.js"] }

    struct ResponseLine: Sendable {
        var when: String
        var machine: String
        var rating: String?
        var face: String?
        var channel: String
        var words: String?
        var href: String?
        var journey: String?
    }
}

extension StaffServicePage.ResponseLine {
    init(_ response: RecentResponse, _ service: ServiceID, _ format: Format) {
        when = format.moment(response.at)
        machine = response.at.rfc3339
        rating =
            response.rating.map { format.words["face_\(min(max($0, 1), 5))"] }
            ?? response.solved.map { format.words["solved_said_\($0.rawValue)"] }
        face = response.rating.map { Faces.picture($0) }
        channel = format.words["channel_\(response.channel.rawValue)"]
        words = response.words
        href = response.journey.map { Paths.Staff.journey(service, $0) }
        journey = response.journey?.text
    }
}

/// The controls above a staff page.
struct FilterBar: Sendable {
    var action: String
    var from: String
    var to: String
    var channels: [QuestionField.Choice]
    var cohorts: [QuestionField.Choice]
    var hasCohorts: Bool
    var kept: [ReviewPage.Hidden]
    /// Filters set by following a number, each with the address without it.
    var chips: [Chip]
    var hasChips: Bool
    var clearPath: String

    struct Chip: Sendable {
        var text: String
        var without: String
        var label: String
    }

    init(
        _ definition: ServiceDefinition, _ filter: JourneyFilter, _ links: StaffLinks, group: JourneyGroup?,
        cohortValues: [(name: String, value: String)], format: Format
    ) {
        let words = format.words
        let isList = group != nil
        action = isList ? Paths.Staff.journeys(links.service) : Paths.Staff.service(links.service)
        from = filter.period.first.description
        to = filter.period.last.description
        channels = definition.channels.map {
            QuestionField.Choice(
                id: $0.rawValue, value: $0.rawValue, label: words["channel_\($0.rawValue)"],
                isChosen: filter.channel == $0, picture: nil)
        }
        cohorts = cohortValues.map { name, value in
            let title = definition.cohorts.first { $0.name == name }?.title[format.language] ?? name
            return QuestionField.Choice(
                id: "\(name)=\(value)", value: "\(name)=\(value)",
                label: "\(title): \(words.groupValue(name, value, definition))",
                isChosen: filter.cohort == JourneyFilter.Cohort(name: name, value: value), picture: nil)
        }
        hasCohorts = !cohorts.isEmpty
        func path(_ change: @escaping (inout JourneyFilter) -> Void) -> String {
            if let group { links.journeys(group, change) } else { links.page(change) }
        }
        func title(_ activity: String) -> String { definition.activityTitle(activity, format.language) }
        var chips: [Chip] = []
        func chip(_ text: String, _ without: String) {
            chips.append(Chip(text: text, without: without, label: words["filter_remove", ["filter": text]]))
        }
        if let group, group != .all { chip(words["group_\(group.rawValue)"], links.journeys(.all)) }
        if let step = filter.step { chip(words["filter_step", ["step": title(step)]], path { $0.step = nil }) }
        if let follows = filter.follows {
            chip("\(title(follows.first)) → \(title(follows.then))", path { $0.follows = nil })
        }
        if filter.variant != nil { chip(words["filter_variant"], path { $0.variant = nil }) }
        if let span = filter.span {
            chip(
                words[
                    "filter_span", ["from": format.span(seconds: span.from), "below": format.span(seconds: span.below)]],
                path { $0.span = nil })
        }
        if let cohort = filter.cohort, cohortValues.allSatisfy({ $0.name != cohort.name || $0.value != cohort.value }) {
            chip(
                "\(words.attribute(cohort.name, definition)): \(words.groupValue(cohort.name, cohort.value, definition))",
                path { $0.cohort = nil })
        }
        self.chips = chips
        hasChips = !chips.isEmpty
        let chosenHere: Set<String> = ["from", "to", "channel", "cohort", "value"]
        kept =
            filter.pairs(today: links.today).compactMap { name, value in
                chosenHere.contains(name) ? nil : value.map { ReviewPage.Hidden(name: name, value: $0) }
            } + (group.map { $0 == .all ? [] : [ReviewPage.Hidden(name: "show", value: $0.rawValue)] } ?? [])
        clearPath = action
    }
}
