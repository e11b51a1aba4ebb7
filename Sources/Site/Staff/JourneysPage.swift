import Experience

/// The journeys behind a number.
struct JourneysPage: Page {
    static let template = "staff/journeys"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var homePath = Paths.Staff.home
    var heading: String
    var total: String
    var period: String
    var filters: FilterBar
    var groups: [Frame.Link]
    var table: ShownTable
    var isEmpty: Bool
    var nextPath: String?
    var firstPath: String?
    var layout: Layout { .staff }

    init(
        _ definition: ServiceDefinition, _ list: JourneyList, _ group: JourneyGroup, _ links: StaffLinks,
        cursor: String?, format: Format
    ) {
        let words = format.words
        serviceTitle = definition.title[format.language]
        heading = words["group_\(group.rawValue)"]
        title = "\(heading) – \(serviceTitle)"
        servicePath = links.page()
        total = words.counted("staff_journeys", list.total)
        period = format.period(links.filter.period)
        filters = FilterBar(
            definition, links.filter, links, group: group,
            cohortValues: JourneysPage.offered(list, links.filter), format: format)
        groups = JourneyGroup.allCases.filter { JourneyGroup.offered.contains($0) || $0 == group }.map {
            Frame.Link(title: words["group_\($0.rawValue)"], href: links.journeys($0), isCurrent: $0 == group)
        }
        let here = links.journeys(group)
        let joint = here.contains("?") ? "&" : "?"
        nextPath = list.next.map { "\(here)\(joint)page=\(Paths.escape($0))" }
        firstPath = cursor == nil ? nil : here
        isEmpty = list.rows.isEmpty
        let query = (cursor.map { [("page", Optional($0))] } ?? []) + [("show", Optional(group.rawValue))]
        func download(_ kind: String) -> String {
            Paths.Staff.download(links.service, table: "journeys", as: kind)
                + Paths.query(query + links.filter.pairs(today: links.today))
        }
        table = ShownTable(
            JourneysPage.table(definition, list, links.service, format), csvHref: download("csv"),
            jsonHref: download("json"))
    }

    /// The groups of the list and the one chosen, if it is none of them.
    private static func offered(_ list: JourneyList, _ filter: JourneyFilter) -> [(name: String, value: String)] {
        guard let chosen = filter.cohort,
            !list.groups.contains(where: { $0.name == chosen.name && $0.value == chosen.value })
        else { return list.groups }
        return list.groups + [(chosen.name, chosen.value)]
    }

    static func table(
        _ definition: ServiceDefinition, _ list: JourneyList, _ service: ServiceID, _ format: Format
    ) -> DataTable {
        let words = format.words
        let columns: [(String, Bool)] = [
            ("journey", false), ("opened", false), ("last_step", false), ("state", false), ("due", false),
            ("promise", false), ("contacts", true), ("rating", true), ("outcome", false),
        ]
        return DataTable(
            id: "journeys", title: words["chart_journeys"],
            columns: columns.map { DataTable.Column($0.0, words["column_\($0.0)"], isNumber: $0.1) },
            rows: list.rows.map { row in
                let state = row.state
                let closing = state.closed.map { closing in
                    definition.results.first { $0.id.text == closing.result }?.title[format.language]
                        ?? definition.activityTitle(closing.result, format.language)
                }
                return [
                    .words(state.journey.text, href: Paths.Staff.journey(service, state.journey)),
                    DataTable.Cell(format.date(state.opened), .text(state.opened.rfc3339)),
                    DataTable.Cell(
                        words.activity(state.lastActivity, definition), .text(state.lastActivity)),
                    DataTable.Cell(closing ?? words["state_open"], .text(state.closed?.result ?? "open")),
                    row.due.map { DataTable.Cell(format.date($0), .text($0.description)) } ?? .none,
                    row.promise.map { DataTable.Cell(words["verdict_\($0.key)"], .text($0.key)) } ?? .none,
                    .count(state.contacts),
                    state.rating.map { DataTable.Cell("\($0)", .number(Double($0))) } ?? .none,
                    state.outcome.map { DataTable.Cell(words["solved_\($0.rawValue)"], .text($0.rawValue)) } ?? .none,
                ]
            }, stacksWhenNarrow: true)
    }
}

extension Words {
    /// An activity as people read it: the service's step, an entry of a promise's ledger, a kind of event, else as it came.
    func activity(_ name: String, _ definition: ServiceDefinition) -> String {
        if let step = definition.step(named: name) { return step.title[language] }
        if has("ledger_\(name)") { return self["ledger_\(name)"] }
        if has("activity_\(name)") { return self["activity_\(name)"] }
        if let kind = EventKind(rawValue: name) { return self["kind_\(kind.rawValue)"] }
        return name
    }
}

extension ShownPromise.State {
    var key: String {
        switch self {
        case .running: "running"
        case .paused: "paused"
        case .overdue: "overdue"
        case .keptFirst: "kept_first"
        case .keptLast: "kept_last"
        case .late: "late"
        case .withdrawn: "withdrawn"
        }
    }
}
