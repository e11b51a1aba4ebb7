import Experience

/// The tables of one service's page: what its pictures draw and what its downloads hold.
struct ReportTables {
    var definition: ServiceDefinition
    var report: ServiceReport
    var links: StaffLinks
    var format: Format

    private var words: Words { format.words }

    var all: [DataTable] {
        let first = FirstLook(self)
        return [
            figures, first.waitTable, first.detourTable, kept, closedNotSolved, durations, steps, flows, variants,
            channels, cohorts,
        ]
    }

    func titled(_ activity: String) -> String { words.activity(activity, definition) }

    var figures: DataTable {
        let named: [(String, ShownFigure)] = [
            ("kept", report.kept), ("closed_not_solved", report.closedNotSolved), ("solved", report.solved),
            ("half", report.half), ("nine", report.nineOfTen), ("waiting", report.waiting), ("touch", report.touch),
            ("contacts", report.contacts), ("failure_demand", report.failureDemand), ("rating", report.rating),
        ]
        return DataTable(
            id: "figures", title: words["table_figures"],
            columns: [
                column("figure"), column("value", true), column("low", true), column("high", true), column("n", true),
                column("method"),
            ],
            rows: named.map { name, figure in
                [
                    DataTable.Cell(words["staff_figure_\(name)"], .text(name)), number(figure.value, figure.unit),
                    number(figure.low, figure.unit), number(figure.high, figure.unit), .count(figure.n),
                    .words(figure.method),
                ]
            })
    }

    var kept: DataTable { trend("kept", report.keptTrend) }
    var closedNotSolved: DataTable { trend("closed_not_solved", report.closedNotSolvedTrend) }

    private func trend(_ id: String, _ points: [TrendPoint]) -> DataTable {
        DataTable(
            id: id, title: words["chart_\(id)"],
            columns: [
                column("month"), column("share", true), column("low", true), column("high", true), column("n", true),
            ],
            rows: points.map { point in
                [
                    DataTable.Cell(format.bucket(point.label), .text(point.label)), number(point.value, .share),
                    number(point.low, .share),
                    number(point.high, .share), .count(point.n),
                ]
            })
    }

    var durations: DataTable {
        DataTable(
            id: "durations", title: words["chart_durations"],
            columns: [column("from_days", true), column("below_days", true), column("journeys", true)],
            rows: report.durations.map { bin in
                [
                    number(bin.low / 86_400, .count, places: 1), number(bin.high / 86_400, .count, places: 1),
                    .count(
                        bin.journeys,
                        href: links.journeys(.closed) { $0.span = JourneyFilter.Span(from: bin.low, below: bin.high) }),
                ]
            })
    }

    var steps: DataTable {
        DataTable(
            id: "steps", title: words["chart_steps"], columns: [column("step"), column("times", true)],
            rows: report.map.nodes.filter { $0.kind == .activity }.sorted { $0.count > $1.count }.map { node in
                [
                    DataTable.Cell(node.title, .text(node.activity ?? node.title)),
                    .count(node.count, href: node.activity.map { activity in links.journeys { $0.step = activity } }),
                ]
            })
    }

    var flows: DataTable {
        let nodes = report.map.nodes
        let edges = report.map.edges.filter { nodes.indices.contains($0.from) && nodes.indices.contains($0.to) }
        return DataTable(
            id: "flows", title: words["chart_flows"],
            columns: [column("step"), column("then"), column("times", true), column("median_wait", true)],
            rows: edges.sorted { $0.count > $1.count }.map { edge in
                let (from, to) = (nodes[edge.from], nodes[edge.to])
                return [
                    DataTable.Cell(from.title, .text(from.activity ?? from.title)),
                    DataTable.Cell(to.title, .text(to.activity ?? to.title)),
                    .count(edge.count, href: flow(from, to)), number(edge.medianWaitSeconds, .seconds),
                ]
            }, stacksWhenNarrow: true)
    }

    func flow(_ from: JourneyMap.Node, _ to: JourneyMap.Node) -> String? {
        guard let first = from.activity, let then = to.activity else { return nil }
        return links.journeys { $0.follows = JourneyFilter.Follows(first: first, then: then) }
    }

    var variants: DataTable {
        let whole = Double(max(report.journeys, 1))
        return DataTable(
            id: "variants", title: words["chart_variants"],
            columns: [column("path"), column("journeys", true), column("share", true), column("median_time", true)],
            rows: report.variants.map { variant in
                let link = links.journeys { $0.variant = variant.id }
                return [
                    DataTable.Cell(
                        variant.activities.map(titled).joined(separator: " → "),
                        .text(variant.activities.joined(separator: " > "))),
                    .count(variant.journeys, href: link), number(Double(variant.journeys) / whole, .share),
                    number(variant.medianSeconds, .seconds),
                ]
            }, stacksWhenNarrow: true)
    }

    var channels: DataTable {
        DataTable(
            id: "channels", title: words["chart_channels"], columns: [column("channel"), column("journeys", true)],
            rows: report.channels.map { row in
                [
                    DataTable.Cell(words["channel_\(row.channel.rawValue)"], .text(row.channel.rawValue)),
                    .count(row.journeys, href: links.journeys { $0.channel = row.channel }),
                ]
            })
    }

    var cohorts: DataTable {
        DataTable(
            id: "cohorts", title: words["chart_cohorts"],
            columns: [
                column("group"), column("journeys", true), column("share", true), column("low", true),
                column("high", true), column("n", true),
            ],
            rows: report.cohorts.map { row in
                let cohort = JourneyFilter.Cohort(name: row.name, value: row.value)
                return [
                    DataTable.Cell(
                        group(row), .text("\(row.name)=\(row.value)"), href: links.page { $0.cohort = cohort }),
                    .count(row.journeys, href: links.journeys { $0.cohort = cohort }), number(row.kept.value, .share),
                    number(row.kept.low, .share), number(row.kept.high, .share), .count(row.kept.n),
                ]
            })
    }

    /// "Office: downtown" where several attributes are compared, else the value alone.
    func group(_ row: ServiceReport.Cohort) -> String {
        let value = words.groupValue(row.name, row.value, definition)
        guard Set(report.cohorts.map(\.name)).count > 1 else { return value }
        let title = definition.cohorts.first { $0.name == row.name }?.title[format.language] ?? row.name
        return "\(title): \(value)"
    }

    private func column(_ key: String, _ isNumber: Bool = false) -> DataTable.Column {
        DataTable.Column(key, words["column_\(key)"], isNumber: isNumber)
    }

    private func number(_ value: Double?, _ unit: ShownFigure.Unit, places: Int? = nil) -> DataTable.Cell {
        guard let value, value.isFinite else { return .none }
        if let places { return DataTable.Cell(NumberText.decimal(value, places: places), .number(value)) }
        return DataTable.Cell(format.bound(value, unit), .number(value))
    }
}
