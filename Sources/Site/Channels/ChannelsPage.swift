import Channels
import Experience

/// Who was asked and who answered, by touchpoint; what is held; where posters, devices and the wall are.
struct ChannelsPage: Page {
    static let template = "staff/channels"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var homePath = Paths.Staff.home
    var period: String
    var whole: FigureCard
    var offers: ShownTable
    var hasOffers: Bool
    var passed: [JourneyPage.Fact]
    var hasPassed: Bool
    var held: String?
    var quarantinePath: String
    var devicesPath: String
    var wallPath: String
    var places: [Place]
    var layout: Layout { .staff }

    struct Place: Sendable {
        var title: String
        var channel: String
        var asks: String
        var links: [ServicePage.Link]
    }

    init(_ definition: ServiceDefinition, _ overview: ChannelOverview, period: Period, format: Format) {
        let words = format.words
        let language = format.language
        title = words["ch_title"]
        serviceTitle = definition.title[language]
        servicePath = Paths.Staff.service(definition.id)
        self.period = format.period(period)
        whole = FigureCard(overview.whole, label: words["ch_rate"], format: format, of: .people)
        let rows = overview.lines.map { line in
            [
                DataTable.Cell.words(
                    definition.touchpoints.first { $0.id == line.count.touchpoint }?.title[language]
                        ?? words["channel_\(line.count.channel.rawValue)"]),
                .words(definition.forms.first { $0.id == line.count.form }?.title[language] ?? line.count.form.text),
                .words(words["ch_solicited_\(line.count.solicited.rawValue)"]),
                .count(line.count.offered), .count(line.count.answered),
                .words(ChannelsPage.rate(line.rate, format)),
            ]
        }
        offers = ShownTable(
            DataTable(
                id: "offers", title: words["ch_offers"],
                columns: [
                    .init("touchpoint", words["ch_touchpoint"]), .init("form", words["ch_form"]),
                    .init("solicited", words["ch_solicited"]), .init("offered", words["ch_offered"], isNumber: true),
                    .init("answered", words["ch_answered"], isNumber: true),
                    .init("rate", words["ch_rate"], isNumber: true),
                ], rows: rows))
        hasOffers = !overview.lines.isEmpty
        passed = OfferDecision.Reason.allCases.compactMap { reason in
            overview.passedOver[reason].map {
                JourneyPage.Fact(label: words["ch_passed_\(reason.rawValue)"], value: format.count($0))
            }
        }
        hasPassed = !passed.isEmpty
        held = overview.held > 0 ? words.counted("ch_held", overview.held) : nil
        quarantinePath = Paths.Staff.quarantine(definition.id)
        devicesPath = Paths.Staff.devices(definition.id)
        wallPath = Paths.Staff.wall(definition.id)
        places = definition.touchpoints.map { place in
            var links: [ServicePage.Link] = []
            if place.channel == .kiosk {
                links.append(
                    .init(title: words["ch_open_kiosk"], href: Paths.kiosk(definition.id, touchpoint: place.id)))
            }
            links.append(
                .init(title: words["ch_poster"], href: Paths.Staff.poster(definition.id, touchpoint: place.id)))
            return Place(
                title: place.title[language], channel: words["channel_\(place.channel.rawValue)"],
                asks: ChannelsPage.asks(place, definition, format), links: links)
        }
    }

    static func rate(_ figure: ShownFigure, _ format: Format) -> String {
        guard let value = figure.value else { return format.words["figure_suppressed"] }
        guard let low = figure.low, let high = figure.high else { return format.share(value) }
        return "\(format.share(value)) (\(format.share(low))–\(format.share(high)))"
    }

    private static func asks(
        _ place: ServiceDefinition.Touchpoint, _ definition: ServiceDefinition, _ format: Format
    ) -> String {
        let words = format.words
        guard let plan = place.ask else { return words["ch_asks_nothing"] }
        let form = definition.forms.first { $0.id == plan.form }?.title[format.language] ?? plan.form.text
        return words[
            "ch_asks",
            [
                "form": form, "share": format.share(plan.rules.share), "quiet": format.count(plan.rules.quietDays),
                "times": format.count(plan.rules.atMost), "days": format.count(plan.rules.withinDays),
            ]]
    }
}

/// What was put aside, why, and what it does to the score.
struct QuarantinePage: Page {
    static let template = "staff/quarantine"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var channelsPath: String
    var homePath = Paths.Staff.home
    var action: String
    var with: FigureCard?
    var without: FigureCard?
    var items: [Item]
    var isEmpty: Bool
    var layout: Layout { .staff }

    struct Item: Sendable {
        var key: String
        var id: String
        var label: String
        var when: String
        var machine: String
        var what: String
        var rating: String?
        var words: String?
        var reasons: [String]
        var state: String
        var isHeld: Bool
        var unseal: String?
        var original: String?
    }

    init(
        _ definition: ServiceDefinition, _ report: QuarantineReport, original: (IntakeMark.Key, String)?,
        mayUnseal: Bool, format: Format
    ) {
        let words = format.words
        title = words["ch_quarantine"]
        serviceTitle = definition.title[format.language]
        servicePath = Paths.Staff.service(definition.id)
        channelsPath = Paths.Staff.channels(definition.id)
        action = Paths.Staff.quarantine(definition.id)
        with = report.with.map { FigureCard($0, label: words["ch_score_with"], format: format, of: .answers) }
        without = report.without.map { FigureCard($0, label: words["ch_score_without"], format: format, of: .answers) }
        items = report.items.enumerated().map { at, item in
            let mark = item.mark
            let place = definition.touchpoints.first { $0.id == mark.touchpoint }?.title[format.language]
            let when = format.moment(mark.at)
            return Item(
                key: QuarantinePage.text(mark.key), id: "held-\(at)",
                label: words["ch_choose", ["when": when]], when: when, machine: format.machine(mark.at),
                what: [words["channel_\(mark.channel.rawValue)"], place].compactMap { $0 }.joined(separator: " · "),
                rating: mark.rating.map { words["fact_rating", ["n": "\($0)"]] }, words: item.words,
                reasons: mark.reasons.map { words["ch_reason_\($0.rawValue)"] },
                state: words["ch_state_\(mark.state.rawValue)"], isHeld: mark.state == .held,
                unseal: item.hasOriginal && mayUnseal && original?.0 != mark.key
                    ? "original:" + QuarantinePage.text(mark.key) : nil,
                original: original.flatMap { $0.0 == mark.key ? $0.1 : nil })
        }
        isEmpty = items.isEmpty
    }

    /// "source/id": a source holds no slash.
    static func text(_ key: IntakeMark.Key) -> String { "\(key.source)/\(key.sourceID)" }

    static func key(_ text: String) -> IntakeMark.Key? {
        guard text.utf8.count <= 400, let cut = text.firstIndex(of: "/"), cut > text.startIndex else { return nil }
        return IntakeMark.Key(source: String(text[..<cut]), sourceID: String(text[text.index(after: cut)...]))
    }
}

/// Kiosks: which stand where, and whether they live.
struct DevicesPage: Page {
    static let template = "staff/devices"
    var title: String
    var serviceTitle: String
    var servicePath: String
    var channelsPath: String
    var homePath = Paths.Staff.home
    var action: String
    var devices: [Device]
    var isEmpty: Bool
    var places: [QuestionField.Choice]
    var mayIssue: Bool
    var hasPlaces: Bool
    var link: String?
    var problem: String?
    var layout: Layout { .staff }

    struct Device: Sendable {
        var name: String
        var place: String
        var state: String
        var tone: String
        var seen: String
        var waiting: String
        var today: String
        var all: String
        var revoke: String?
    }

    init(
        _ definition: ServiceDefinition, _ list: [TouchpointDevice], link: String?, problem: String?, mayIssue: Bool,
        now: Instant, format: Format
    ) {
        let words = format.words
        title = words["ch_devices"]
        serviceTitle = definition.title[format.language]
        servicePath = Paths.Staff.service(definition.id)
        channelsPath = Paths.Staff.channels(definition.id)
        action = Paths.Staff.devices(definition.id)
        devices = list.map { device in
            let health = DevicesPage.health(device, now: now)
            return Device(
                name: device.name,
                place: definition.touchpoints.first { $0.id == device.touchpoint }.map {
                    $0.place ?? $0.title[format.language]
                } ?? device.touchpoint.text,
                state: words["ch_device_\(health.key)"], tone: health.tone,
                seen: device.seen.map(format.moment) ?? words["account_never"],
                waiting: format.count(device.waiting), today: format.count(device.pressesToday),
                all: format.count(device.presses),
                revoke: device.revoked == nil && mayIssue ? Paths.Staff.device(definition.id, device.id) : nil)
        }
        isEmpty = list.isEmpty
        places = definition.touchpoints.filter { $0.channel == .kiosk }.map {
            QuestionField.Choice(
                id: $0.id.text, value: $0.id.text, label: $0.title[format.language], isChosen: false, picture: nil)
        }
        hasPlaces = !places.isEmpty
        self.mayIssue = mayIssue
        self.link = link
        self.problem = problem
    }

    enum Health: String, CaseIterable {
        case revoked, new, well, waiting, silent

        var key: String { self == .new ? "new_state" : rawValue }

        var tone: String {
            switch self {
            case .well: "good"
            case .waiting: "warn"
            case .silent: "bad"
            case .new, .revoked: "base"
            }
        }
    }

    /// A device tells of itself once a minute: five minutes without a word are worth a look.
    static func health(_ device: TouchpointDevice, now: Instant) -> Health {
        if device.revoked != nil { return .revoked }
        guard let seen = device.seen else { return .new }
        if now.seconds(since: seen) > 300 { return .silent }
        return device.waiting > 0 ? .waiting : .well
    }
}
