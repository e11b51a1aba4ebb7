import Experience

/// Kept rates by supplier, office, another attribute, or step: intervals and possible ranks, no league.
struct ScorecardPage: Page {
    static let template = "suppliers/scorecard"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var homePath = Paths.Staff.home
    var attributes: [PromiseBoardPage.Group]
    var picture: ScorecardPicture?
    var table: ShownTable
    var isEmpty: Bool
    var suppliersPath: String?
    var intro: String
    var note: String
    var layout: Layout { .staff }

    init(_ definition: ServiceDefinition, _ rows: [ScorecardRow], _ attribute: String, _ format: Format) {
        let tables = ScorecardTables(definition: definition, format: format)
        let data = tables.kept(rows, by: attribute)
        title = data.title
        serviceTitle = definition.title[format.language]
        servicePath = Paths.Staff.service(definition.id)
        attributes = ScorecardTables.attributes(of: definition).map { name in
            PromiseBoardPage.Group(
                title: tables.title(of: name), href: Paths.Staff.scorecard(definition.id, by: name),
                isCurrent: name == attribute)
        }
        note = format.words[tables.isSteps(attribute) ? "scorecard_note_steps" : "scorecard_note"]
        intro = format.words[tables.isSteps(attribute) ? "scorecard_intro_steps" : "scorecard_intro"]
        table = ShownTable(
            data, csvHref: Paths.Staff.scorecard(definition.id, by: attribute, file: "scorecard.csv"),
            jsonHref: Paths.Staff.scorecard(definition.id, by: attribute, file: "scorecard.json"))
        picture = ScorecardPicture(rows, by: attribute, tables)
        isEmpty = rows.isEmpty
        suppliersPath = definition.suppliers == nil ? nil : Paths.Staff.suppliers(definition.id)
    }
}

/// Every supplier's card of a month; what suppliers contest; their links.
struct SuppliersPage: Page {
    static let template = "suppliers/cards"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var homePath = Paths.Staff.home
    var action: String
    var programme: String
    var month: String
    var monthValue: String
    var before: String
    var after: String?
    var made: String?
    var sent: String?
    var problem: String?
    var pictures: [ScorecardPicture]
    var table: ShownTable
    var lines: ShownTable
    var isEmpty: Bool
    var contests: [Contest]
    var hasContests: Bool
    var links: [Link]
    var hasLinks: Bool
    var suppliers: [NewDatePage.Choice]
    var languages: [NewDatePage.Choice]
    var mayAct: Bool
    var mayDecide: Bool
    var layout: Layout { .staff }

    struct Contest: Sendable {
        var supplier: String
        var line: String
        var path: String?
        var filed: String
        var reason: String
        var remedy: String?
        var state: String
        var isOpen: Bool
        var raw: String
    }

    struct Link: Sendable {
        var id: String
        var supplier: String
        var created: String
        var language: String
        var isOpen: Bool
        var state: String
        var label: String
    }

    init(
        _ definition: ServiceDefinition, _ cards: [SupplierCard], _ links: [SupplierLinkShown], month: CivilDate,
        made: String?, sent: Int?, problem: String?, mayAct: Bool, mayDecide: Bool, _ format: Format
    ) {
        let words = format.words
        let tables = ScorecardTables(definition: definition, format: format)
        let attribute = definition.suppliers?.attribute ?? ""
        title = words["cards_title"]
        serviceTitle = definition.title[format.language]
        servicePath = Paths.Staff.service(definition.id)
        action = Paths.Staff.suppliers(definition.id)
        programme = words["programme_\(definition.suppliers?.programme.rawValue ?? "")"]
        self.month = format.month(month)
        monthValue = String(month.description.prefix(7))
        func address(_ month: CivilDate) -> String {
            Paths.Staff.suppliers(definition.id) + Paths.query([("month", String(month.description.prefix(7)))])
        }
        before = address(month.adding(days: -1))
        after = address(month.adding(days: 32))
        self.made = made
        self.sent = sent.map { words.counted("cards_sent", $0) }
        self.problem = problem
        let value = String(month.description.prefix(7))
        func file(_ name: String) -> String {
            Paths.Staff.scorecard(definition.id, file: name) + Paths.query([("month", value)])
        }
        pictures = ScorecardPicture.all(cards, tables)
        table = ShownTable(tables.cards(cards), csvHref: file("cards.csv"), jsonHref: file("cards.json"))
        lines = ShownTable(
            tables.lines(
                cards.map { card in
                    var card = card
                    for at in card.measures.indices { card.measures[at].met = [] }
                    return card
                }), limit: 100, csvHref: file("lines.csv"), jsonHref: file("lines.json"))
        isEmpty = cards.isEmpty
        contests = cards.flatMap { card in
            card.statements.map { statement in
                Contest(
                    supplier: definition.valueTitle(attribute, card.supplier, format.language), line: statement.line,
                    path: JourneyID(statement.line).map { Paths.Staff.journey(definition.id, $0) },
                    filed: format.date(statement.filed), reason: statement.reason,
                    remedy: statement.remedy.isEmpty ? nil : statement.remedy,
                    state: words["contest_\(statement.contest.rawValue)"], isOpen: statement.contest == .open,
                    raw: card.supplier)
            }
        }
        hasContests = !contests.isEmpty
        self.links = links.map { link in
            let name = definition.valueTitle(attribute, link.supplier, format.language)
            return Link(
                id: link.id, supplier: name, created: format.date(link.created),
                language: words["language_\(link.language.rawValue)"], isOpen: !link.isRevoked,
                state: words[link.isRevoked ? "link_revoked" : "link_open"],
                label: words["link_revoke_label", ["supplier": name]])
        }
        hasLinks = !links.isEmpty
        suppliers = cards.map {
            NewDatePage.Choice(
                id: $0.supplier, value: $0.supplier,
                label: definition.valueTitle(attribute, $0.supplier, format.language), isChosen: false)
        }
        languages = Language.allCases.map {
            NewDatePage.Choice(
                id: "language-\($0.rawValue)", value: $0.rawValue, label: words["language_\($0.rawValue)"],
                isChosen: $0 == .en)
        }
        self.mayAct = mayAct
        self.mayDecide = mayDecide
    }
}

/// A supplier's own card: its figures, the lines that missed, and what it says about them.
struct OwnCardPage: Page {
    static let template = "suppliers/own"
    var title: String
    var supplier: String
    var serviceTitle: String
    var programme: String
    var month: String
    var monthValue: String
    var before: String
    var after: String?
    var action: String
    var filed: Bool
    var problem: String?
    var measures: [Measure]
    var isEmpty: Bool
    var missed: [Line]
    var hasMissed: Bool
    var requestID: String

    struct Measure: Sendable {
        var name: String
        var share: String
        var interval: String?
        var basis: String
        var target: String
        var verdict: String
        var isBad: Bool
    }

    struct Line: Sendable {
        var id: String
        var field: String
        var measures: String
        var state: String?
        var reason: String?
        var remedy: String?
    }

    init(
        _ own: OwnCard, token: String, today: CivilDate, filed: Bool, problem: String?, id: TimeOrderedID,
        _ format: Format
    ) {
        let words = format.words
        let definition = own.definition
        let tables = ScorecardTables(definition: definition, format: format)
        supplier = definition.valueTitle(definition.suppliers?.attribute ?? "", own.card.supplier, format.language)
        title = words["own_title", ["supplier": supplier]]
        serviceTitle = definition.title[format.language]
        programme = words["programme_\(definition.suppliers?.programme.rawValue ?? "")"]
        month = format.month(own.card.month)
        monthValue = String(own.card.month.description.prefix(7))
        action = Paths.supplier(token)
        func address(_ month: CivilDate) -> String {
            Paths.supplier(token) + Paths.query([("month", String(month.description.prefix(7)))])
        }
        before = address(own.card.month.adding(days: -1))
        let next = own.card.month.adding(days: 32)
        after = next <= today ? address(next) : nil
        self.filed = filed
        self.problem = problem
        measures = own.card.measures.map { measure in
            Measure(
                name: words["measure_\(measure.id)"], share: measure.share.value.map(format.fineShare) ?? "–",
                interval: measure.share.low.flatMap { low in
                    measure.share.high.map { format.interval(low, $0, .share) }
                },
                basis: tables.counted(measure),
                target: tables.target(measure), verdict: tables.reached(measure), isBad: measure.isReached == false)
        }
        isEmpty = own.card.measures.allSatisfy { $0.met.isEmpty && $0.missed.isEmpty }
        var order: [String] = []
        var names: [String: [String]] = [:]
        for measure in own.card.measures {
            // A cancelled line is one that was cancelled: "met" there, and the one to explain.
            for line in measure.id == "cancelled" ? measure.met : measure.missed {
                if names[line] == nil { order.append(line) }
                names[line, default: []].append(words["measure_\(measure.id)"])
            }
        }
        missed = order.enumerated().map { at, line in
            let statement = own.card.statements.first { $0.line == line }
            return Line(
                id: line, field: "line-\(at)", measures: (names[line] ?? []).joined(separator: ", "),
                state: statement.map { words["contest_\($0.contest.rawValue)"] }, reason: statement?.reason,
                remedy: statement.flatMap { $0.remedy.isEmpty ? nil : $0.remedy })
        }
        hasMissed = !missed.isEmpty
        requestID = id.description
    }
}
