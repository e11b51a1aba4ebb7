import Experience

/// What is owed and needs somebody: broken and not told, told nobody, due today, at risk.
struct PromiseBoardPage: Page {
    static let template = "promises/board"
    var title: String
    var intro: String
    var done: String?
    var groups: [Group]
    var services: [Group]
    var alerts: [String]
    var hasAlerts: Bool
    var quiet: String?
    var mail: String?
    var rows: [Row]
    var isEmpty: Bool
    var count: String
    var nextPath: String?
    var firstPath: String?
    var layout: Layout { .staff }

    static let size = 50

    struct Group: Sendable {
        var title: String
        var href: String
        var isCurrent: Bool
    }

    struct Row: Sendable {
        var tag: String
        var tone: String
        var journey: String
        var journeyPath: String
        var service: String
        var due: String
        var machine: String
        var when: String
        var risk: String?
        var moved: String?
        var givePath: String?
        var giveLabel: String
    }

    init(
        _ board: PromiseBoard, _ definitions: [ServiceDefinition], chosen: ServiceDefinition?,
        group: PromiseBoard.Group?, from: Int, done: JourneyID?, mayGive: Bool, format: Format
    ) {
        let words = format.words
        title = words["promises_title"]
        intro = words["promises_intro", ["share": format.share(board.riskFrom)]]
        self.done = done.map { words["promises_done", ["journey": $0.text]] }
        func href(_ service: ServiceDefinition?, _ group: PromiseBoard.Group?, from: Int = 0) -> String {
            Paths.Staff.promises
                + Paths.query([
                    ("service", service?.id.text), ("show", group?.rawValue), ("from", from > 0 ? "\(from)" : nil),
                ])
        }
        groups =
            [
                Group(
                    title: words["promises_all", ["n": format.count(board.entries.count)]], href: href(chosen, nil),
                    isCurrent: group == nil)
            ]
            + PromiseBoard.Group.allCases.map { one in
                let n = board.entries.count { $0.group == one }
                return Group(
                    title: words["promises_group_\(one.rawValue)", ["n": format.count(n)]], href: href(chosen, one),
                    isCurrent: group == one)
            }
        services =
            [Group(title: words["promises_every_service"], href: href(nil, group), isCurrent: chosen == nil)]
            + definitions.map {
                Group(title: $0.title[format.language], href: href($0, group), isCurrent: chosen?.id == $0.id)
            }
        let titles = Dictionary(definitions.map { ($0.id, $0.title[format.language]) }, uniquingKeysWith: { a, _ in a })
        alerts = board.alerts.map { alert in
            words[
                alert.share < alert.low ? "promises_alert_low" : "promises_alert_high",
                [
                    "service": titles[alert.service] ?? alert.service.text, "share": format.fineShare(alert.share),
                    "low": format.fineShare(alert.low), "high": format.fineShare(alert.high),
                    "week": format.date(alert.week),
                    "rate": NumberText.decimal(alert.falseAlarmsPerYear, places: 0),
                ]] + (alert.isProvisional ? " " + words["promises_alert_provisional"] : "")
        }
        hasAlerts = !alerts.isEmpty
        quiet =
            alerts.isEmpty && board.watched > 0
            ? words.counted("promises_alert_none", board.watched) : nil
        if !board.canSend {
            mail =
                board.waitingMessages == 0
                ? words["promises_no_mail_none"] : words.counted("promises_no_mail", board.waitingMessages)
        } else if board.failedMessages > 0 {
            mail = words.counted("promises_mail_failed", board.failedMessages)
        }
        let chosenEntries = board.entries.filter { group == nil || $0.group == group }
        let start = min(max(0, from), chosenEntries.count)
        let shown = chosenEntries[start...].prefix(Self.size)
        rows = shown.map { Row($0, titles[$0.service] ?? $0.service.text, mayGive: mayGive, format) }
        isEmpty = rows.isEmpty
        count = words["promises_shown", ["n": format.count(shown.count), "all": format.count(chosenEntries.count)]]
        let end = start + shown.count
        nextPath = end < chosenEntries.count ? href(chosen, group, from: end) : nil
        firstPath = start > 0 ? href(chosen, group) : nil
    }
}

extension PromiseBoardPage.Row {
    init(_ entry: PromiseBoard.Entry, _ service: String, mayGive: Bool, _ format: Format) {
        let words = format.words
        tag = words["promises_tag_\(entry.group.rawValue)"]
        tone =
            switch entry.group {
            case .overdue: "bad"
            case .untold, .today: "warn"
            case .atRisk: "base"
            }
        journey = entry.journey.text
        journeyPath = Paths.Staff.journey(entry.service, entry.journey)
        self.service = service
        due = format.date(entry.due)
        machine = entry.due.description
        when =
            entry.daysLate > 0
            ? words.counted("promises_late", entry.daysLate)
            : entry.group == .overdue
                ? words["promise_label_overdue"]
                : entry.daysLate == 0 ? words["promises_today"] : words.counted("promises_left", -entry.daysLate)
        risk =
            entry.group == .overdue
            ? nil : entry.risk.map { words["promises_risk", ["share": format.share($0)]] }
        moved = entry.newDates > 0 ? words.counted("promises_moved", entry.newDates) : nil
        givePath = mayGive ? Paths.Staff.date(entry.service, entry.journey) : nil
        giveLabel = words["promises_give_label", ["journey": entry.journey.text]]
    }
}
