import Experience

/// All services at a glance.
struct GlancePage: Page {
    static let template = "staff/glance"
    var title: String
    var period: String
    var rows: [Row]
    var isEmpty: Bool
    /// For administrators only.
    var alarms: [Alarm]
    var layout: Layout { .staff }

    struct Row: Sendable {
        var title: String
        var agency: String
        var href: String
        var journeys: String
        var journeysHref: String
        var open: String
        var openHref: String
        var overdue: String?
        var overdueHref: String
        var cells: [Cell]
        /// The kept rate has shifted: one line, which leads to the promises.
        var shift: String?
        var shiftHref: String
        var shiftIsBad: Bool
    }

    struct Alarm: Sendable {
        var text: String
        var href: String
    }

    struct Cell: Sendable {
        var label: String
        var value: String
        var interval: String?
        var note: String
        var href: String?
        var trend: String?
        var isBad: Bool
    }

    init(
        _ glances: [ServiceGlance], _ definitions: [ServiceDefinition], period: Period, today: CivilDate,
        alarms: [SystemAlarm] = [], format: Format
    ) {
        let words = format.words
        title = words["glance_title"]
        self.alarms = alarms.map { Alarm(text: words.alarm($0, format), href: Paths.Staff.system) }
        let counted: [String: FigureCard.Counted] = [
            "kept": .dates, "closed_not_solved": .answers, "failure_demand": .contacts,
        ]
        self.period = format.period(period)
        rows = glances.compactMap { glance in
            guard let definition = definitions.first(where: { $0.id == glance.service }) else { return nil }
            let links = StaffLinks(service: glance.service, filter: JourneyFilter(period: period), today: today)
            func cell(
                _ key: String, _ figure: ShownFigure, _ group: JourneyGroup, trend: String? = nil, isBad: Bool = false
            )
                -> Cell
            {
                let card = FigureCard(
                    figure, label: words["glance_\(key)"], format: format, of: counted[key] ?? .journeys,
                    journeysHref: links.journeys(group))
                return Cell(
                    label: card.label, value: card.unit.isEmpty ? card.value : "\(card.value) \(card.unit)",
                    interval: card.interval, note: card.few ?? card.basis, href: card.journeysHref, trend: trend,
                    isBad: isBad && !card.isSuppressed)
            }
            let spark = TrendChart.spark(
                glance.keptTrend, id: "spark-\(glance.service)", title: words["chart_kept"],
                text: words["chart_spark_text", ["months": "\(glance.keptTrend.count)"]])
            return Row(
                title: definition.title[format.language], agency: definition.agencyName[format.language],
                href: Paths.Staff.service(glance.service), journeys: words.counted("staff_journeys", glance.journeys),
                journeysHref: links.journeys(), open: words.counted("staff_open", glance.open),
                openHref: links.journeys(.open),
                overdue: glance.overdue > 0 ? words.counted("staff_overdue", glance.overdue) : nil,
                overdueHref: links.journeys(.overdue),
                cells: [
                    cell("kept", glance.kept, .broken, trend: spark),
                    cell("closed_not_solved", glance.closedNotSolved, .closedNotSolved, isBad: true),
                    cell("half", glance.half, .closed), cell("failure_demand", glance.failureDemand, .chased),
                ],
                shift: glance.shift.map { shift in
                    words[
                        shift.share < shift.low ? "glance_shift_low" : "glance_shift_high",
                        [
                            "share": format.fineShare(shift.share), "low": format.fineShare(shift.low),
                            "high": format.fineShare(shift.high), "week": format.date(shift.week),
                        ]]
                },
                shiftHref: Paths.Staff.promises + Paths.query([("service", glance.service.text)]),
                shiftIsBad: glance.shift.map { $0.share < $0.low } ?? false)
        }
        isEmpty = rows.isEmpty
    }
}
