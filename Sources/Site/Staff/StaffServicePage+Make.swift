import Experience

extension StaffServicePage {
    init(
        _ definition: ServiceDefinition, _ report: ServiceReport, _ links: StaffLinks, detail: Int,
        picture: Result<String, LayoutProblem>, format: Format
    ) {
        let words = format.words
        let tables = ReportTables(definition: definition, report: report, links: links, format: format)
        title = definition.title[format.language]
        agency = definition.agencyName[format.language]
        publicPath = Paths.service(definition.id)
        feedbackPath = Paths.Staff.feedback(definition.id)
        scorecardPath =
            definition.promise == nil || definition.cohorts.isEmpty ? nil : Paths.Staff.scorecard(definition.id)
        promisesPath =
            definition.promise == nil ? nil : Paths.Staff.promises + Paths.query([("service", definition.id.text)])
        channelsPath = Paths.Staff.channels(definition.id)
        journeysPath = links.journeys()
        journeysCount = words.counted("staff_journeys", report.journeys)
        openCount = words.counted("staff_open", report.open)
        openPath = links.journeys(.open)
        overdueCount = report.overdue > 0 ? words.counted("staff_overdue", report.overdue) : nil
        overduePath = links.journeys(.overdue)
        period = format.period(links.filter.period)
        filters = FilterBar(
            definition, links.filter, links, group: nil, cohortValues: report.cohorts.map { ($0.name, $0.value) },
            format: format)
        isEmpty = report.journeys == 0
        figures = StaffServicePage.cards(report, links, format)
        func figure(_ table: DataTable, _ text: String, _ svg: String?, wide: Bool = false) -> ChartFigure {
            ChartFigure(
                table, text: text, svg: svg, empty: words["chart_empty"], csvHref: links.download(table.id, as: "csv"),
                jsonHref: links.download(table.id, as: "json"), isWide: wide)
        }
        func share(_ value: Double) -> String { NumberText.share(value, spaced: format.language == .es) }
        func trend(_ table: DataTable, _ points: [TrendPoint], target: Double?) -> ChartFigure {
            let text = words["chart_\(table.id)_text"]
            let isDrawn = points.contains { $0.value != nil }
            let svg = TrendChart.draw(
                points.map { point in
                    var point = point
                    point.label = format.bucket(point.label)
                    return point
                }, id: table.id, title: table.title, text: text, target: target,
                targetLabel: target.map { words["chart_target", ["share": share($0)]] } ?? "",
                startsAt: { words["chart_starts_at", ["value": $0]] }, tick: share)
            return figure(table, text, isDrawn ? svg : nil)
        }
        let look = FirstLook(tables)
        first = [figure(look.waitTable, words["chart_waits_text"], look.waitBars)]
        if !report.detours.isEmpty {
            first.append(figure(look.detourTable, words["chart_detours_text"], look.detourBars))
        }
        charts = [
            trend(tables.kept, report.keptTrend, target: report.target),
            trend(tables.closedNotSolved, report.closedNotSolvedTrend, target: nil),
        ]
        let mapText = words["chart_flows_text"]
        switch picture {
        case .success(let svg): map = figure(tables.flows, mapText, svg, wide: true)
        case .failure(let problem):
            map = figure(tables.flows, mapText, nil, wide: true)
            let key =
                switch problem {
                case .noGraphviz: "map_no_graphviz"
                case .tookTooLong: "map_too_long"
                case .failed: "map_failed"
                }
            if !report.map.edges.isEmpty { map?.empty = words[key] }
        }
        let shown = report.map.simplified(detail: Double(detail) / 100)
        if !shown.edges.isEmpty {
            map?.route = JourneyRoute(
                shown, format: format,
                nodeHref: { node in node.activity.map { name in links.journeys { $0.step = name } } },
                edgeHref: { tables.flow(shown.nodes[$0.from], shown.nodes[$0.to]) })
            map?.note = StaffServicePage.hidden(report.map, shown, links, format)
        }
        mapSteps = ShownTable(tables.steps)
        self.detail = detail
        detailFields = links.filter.pairs(today: links.today).compactMap { name, value in
            value.map { ReviewPage.Hidden(name: name, value: $0) }
        }
        pagePath = Paths.Staff.service(definition.id)
        lower = StaffServicePage.lower(report, tables, links, format, figure)
        responses = report.recent.map { ResponseLine($0, definition.id, format) }
        hasResponses = !responses.isEmpty
        livePath = Paths.Staff.live(definition.id)
    }

    /// What the map leaves out at this detail; nil when it shows everything.
    private static func hidden(
        _ whole: JourneyMap, _ shown: JourneyMap, _ links: StaffLinks, _ format: Format
    ) -> ChartFigure.Note? {
        let flows = whole.edges.count - shown.edges.count
        guard flows > 0 else { return nil }
        let all = Double(max(whole.edges.map(\.count).reduce(0, +), 1))
        let left = Double(shown.edges.map(\.count).reduce(0, +)) / all
        let words = format.words
        let activities = whole.nodes.count - shown.nodes.count
        var hidden = words.counted("map_hidden_flows", flows)
        if activities > 0 { hidden = words.counted("map_hidden_steps", activities) + words["list_and"] + hidden }
        let address = links.page()
        return ChartFigure.Note(
            text: words["map_hidden", ["what": hidden, "share": format.share(left)]], link: words["map_show_all"],
            href: address + (address.contains("?") ? "&" : "?") + "detail=100#journey")
    }

    private static func cards(_ report: ServiceReport, _ links: StaffLinks, _ format: Format) -> [FigureCard] {
        let words = format.words
        let counted: [String: FigureCard.Counted] = [
            "kept": .dates, "closed_not_solved": .answers, "solved": .answers, "rating": .answers,
            "failure_demand": .contacts,
        ]
        func card(
            _ key: String, _ figure: ShownFigure, _ group: JourneyGroup?, trend: [TrendPoint] = [], isBad: Bool = false
        ) -> FigureCard {
            let label = words["staff_figure_\(key)"]
            let spark = TrendChart.spark(
                trend, id: "spark-\(key)", title: label, text: words["chart_spark_text", ["months": "\(trend.count)"]])
            return FigureCard(
                figure, label: label, format: format, of: counted[key] ?? .journeys,
                journeysHref: group.map { links.journeys($0) }, trend: spark, isBad: isBad)
        }
        return [
            card("kept", report.kept, .broken, trend: report.keptTrend),
            card(
                "closed_not_solved", report.closedNotSolved, .closedNotSolved, trend: report.closedNotSolvedTrend,
                isBad: true),
            card("solved", report.solved, .solved), card("half", report.half, .closed),
            card("nine", report.nineOfTen, .closed), card("waiting", report.waiting, .closed),
            card("touch", report.touch, .closed), card("contacts", report.contacts, .all),
            card("failure_demand", report.failureDemand, .chased), card("rating", report.rating, .responded),
        ]
    }

    private static func lower(
        _ report: ServiceReport, _ tables: ReportTables, _ links: StaffLinks, _ format: Format,
        _ figure: (DataTable, String, String?, Bool) -> ChartFigure
    ) -> [ChartFigure] {
        let words = format.words
        func days(_ seconds: Double) -> String { NumberText.decimal(seconds / 86_400, places: 1) }
        var marks: [(value: Double, label: String)] = []
        if let half = report.half.value { marks.append((report.half.inSeconds(half), words["mark_half"])) }
        if let nine = report.nineOfTen.value { marks.append((report.nineOfTen.inSeconds(nine), words["mark_nine"])) }
        // The last one may hold all the rest: drawn as wide as the others, or it would press them together.
        let width = (report.durations.first.map { $0.high - $0.low } ?? 0) * 1.001
        let bins = report.durations.map { bin in
            (
                bin.low, min(bin.high, bin.low + width), bin.journeys,
                Optional(links.journeys(.closed) { $0.span = JourneyFilter.Span(from: bin.low, below: bin.high) })
            )
        }
        let histogram = BarChart.histogram(
            bins, marks: marks, per: 86_400, id: "durations", title: words["chart_durations"],
            text: words["chart_durations_text"],
            tick: days, tip: { "\(days($0))–\(words["unit_day_other", ["n": days($1)]]): \(format.count($2))" })
        let channels = report.channels.map { row in
            ChartBar(
                label: words["channel_\(row.channel.rawValue)"], value: Double(row.journeys),
                shown: format.count(row.journeys), href: links.journeys { $0.channel = row.channel })
        }
        let cohorts = report.cohorts.filter { $0.kept.value != nil }.prefix(12).map { row in
            ChartBar(
                label: tables.group(row), value: row.kept.value ?? 0, low: row.kept.low, high: row.kept.high,
                shown: format.share(row.kept.value ?? 0),
                href: links.journeys { $0.cohort = JourneyFilter.Cohort(name: row.name, value: row.value) })
        }
        func share(_ value: Double) -> String { format.fineShare(value) }
        var paths = figure(
            tables.variants, words["chart_variants_text", ["n": format.count(report.variantCount)]], nil, true)
        paths.paths = PathLine.list(
            Array(report.variants.prefix(8)), of: report.journeys, format: format, titled: tables.titled,
            href: { variant in links.journeys { $0.variant = variant.id } })
        if paths.hasPaths { paths.empty = nil }
        let durations = figure(tables.durations, words["chart_durations_text"], histogram, false)
        // Beside the times the groups; where there are none, the channels.
        let first = figure(
            tables.channels, words["chart_channels_text"],
            BarChart.rows(
                channels, id: "channels", title: words["chart_channels"], text: words["chart_channels_text"],
                of: Double(report.journeys)), !report.cohorts.isEmpty)
        guard !report.cohorts.isEmpty else { return [durations, first, paths] }
        let dots = BarChart.dots(
            Array(cohorts), id: "cohorts", title: words["chart_cohorts"], text: words["chart_cohorts_text"],
            tick: share)
        let groups = figure(tables.cohorts, words["chart_cohorts_text"], cohorts.isEmpty ? nil : dots, false)
        return [durations, groups, paths, first]
    }
}

extension ShownFigure {
    func inSeconds(_ value: Double) -> Double { unit == .days ? value * 86_400 : value }
}
