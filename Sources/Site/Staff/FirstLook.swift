import Experience

/// Where people wait and what keeps them: the first two pictures for whoever asks what to mend first.
struct FirstLook {
    var tables: ReportTables
    private var format: Format { tables.format }
    private var words: Words { tables.format.words }

    init(_ tables: ReportTables) { self.tables = tables }

    /// The gaps that hold most of the waiting, the longest first.
    private var waits: [(edge: JourneyMap.Edge, share: Double)] {
        let edges = tables.report.map.edges
        let all = edges.compactMap(\.waitedSeconds).reduce(0, +)
        guard all > 0 else { return [] }
        return edges.compactMap { edge in edge.waitedSeconds.map { (edge, $0 / all) } }
            .filter { $0.share >= 0.005 }
            .sorted { ($0.share, $1.edge.from, $1.edge.to) > ($1.share, $0.edge.from, $0.edge.to) }
    }

    var waitTable: DataTable {
        let nodes = tables.report.map.nodes
        return DataTable(
            id: "waits", title: words["chart_waits"],
            columns: [
                column("step"), column("then"), column("share_of_wait", true), column("times", true),
                column("median_wait", true),
            ],
            rows: waits.prefix(20).map { edge, share in
                let (from, to) = (nodes[edge.from], nodes[edge.to])
                return [
                    DataTable.Cell(from.title, .text(from.activity ?? from.title)),
                    DataTable.Cell(to.title, .text(to.activity ?? to.title)),
                    DataTable.Cell(format.share(share), .number(share)),
                    .count(edge.count, href: tables.flow(from, to)),
                    edge.medianWaitSeconds.map { DataTable.Cell(format.span(seconds: $0), .number($0)) } ?? .none,
                ]
            }, stacksWhenNarrow: true)
    }

    var waitBars: String? {
        let nodes = tables.report.map.nodes
        let shown = waits.prefix(6)
        guard !shown.isEmpty else { return nil }
        return BarChart.rows(
            shown.map { edge, share in
                let wait = edge.medianWaitSeconds.map { format.span(seconds: $0) } ?? "–"
                return ChartBar(
                    label: "\(nodes[edge.from].title) → \(nodes[edge.to].title)", value: share,
                    shown: format.share(share), href: tables.flow(nodes[edge.from], nodes[edge.to]),
                    note: words["waits_note", ["wait": wait, "times": format.count(edge.count)]])
            }, id: "waits", title: words["chart_waits"], text: words["chart_waits_text"], of: 1)
    }

    var detourTable: DataTable {
        DataTable(
            id: "detours", title: words["chart_detours"],
            columns: [
                column("step"), column("journeys", true), column("share", true), column("with", true),
                column("without", true),
            ],
            rows: tables.report.detours.map { detour in
                [
                    DataTable.Cell(tables.titled(detour.activity), .text(detour.activity)),
                    .count(detour.journeys, href: tables.links.journeys(.closed) { $0.step = detour.activity }),
                    DataTable.Cell(format.share(detour.share), .number(detour.share)),
                    DataTable.Cell(format.span(seconds: detour.medianWithSeconds), .number(detour.medianWithSeconds)),
                    DataTable.Cell(
                        format.span(seconds: detour.medianWithoutSeconds), .number(detour.medianWithoutSeconds)),
                ]
            }, stacksWhenNarrow: true)
    }

    var detourBars: String? {
        let detours = tables.report.detours
        guard !detours.isEmpty else { return nil }
        return BarChart.rows(
            detours.map { detour in
                ChartBar(
                    label: tables.titled(detour.activity), value: detour.share,
                    shown: words["detour_share", ["share": format.share(detour.share)]],
                    href: tables.links.journeys(.closed) { $0.step = detour.activity },
                    note: words[
                        "detour_note",
                        [
                            "with": format.span(seconds: detour.medianWithSeconds),
                            "without": format.span(seconds: detour.medianWithoutSeconds),
                        ]])
            }, id: "detours", title: words["chart_detours"], text: words["chart_detours_text"], of: 1)
    }

    private func column(_ key: String, _ isNumber: Bool = false) -> DataTable.Column {
        DataTable.Column(key, words["column_\(key)"], isNumber: isNumber)
    }
}
