import Experience

/// Which results are shown; lives in the address.
struct ResultsFilter: Sendable {
    var quarter: FiscalQuarter?
    var organisation: String?

    init(_ form: FormBody) {
        quarter = form["quarter"].flatMap { FiscalQuarter($0) }
        organisation = form["agency"].flatMap { $0.isEmpty || $0.utf8.count > 200 ? nil : $0 }
    }
}

/// Results for everybody: every survey by quarter, each figure with its interval, n and wording.
struct ResultsPage: Page {
    static let template = "pages/results"
    var title: String
    var action = Paths.results
    var quarters: [QuestionField.Choice]
    var organisations: [QuestionField.Choice]
    var count: String
    var trend: ChartFigure
    var table: ShownTable
    var isEmpty: Bool
    var hidesSome: Bool
    /// Said where the page shows only the first of many.
    var cut: String?
    static let shown = 60
    var saidDid: [Told]
    var hasSaidDid: Bool
    /// What is downloaded: the lines of the table and nothing else.
    let data: DataTable

    struct Told: Sendable {
        var service: String
        var said: String
        var did: String
        var when: String
    }

    init(_ results: PublicResults, _ filter: ResultsFilter, _ format: Format) {
        let words = format.words
        title = words["results_title"]
        func choice(_ value: String, _ isChosen: Bool) -> QuestionField.Choice {
            QuestionField.Choice(id: value, value: value, label: value, isChosen: isChosen, picture: nil)
        }
        quarters = results.quarters.reversed().map { choice($0.description, $0 == filter.quarter) }
        organisations = Set(results.lines.map(\.organisation)).sorted().map { choice($0, $0 == filter.organisation) }
        let lines = results.lines.filter { line in
            (filter.quarter.map { $0 == line.quarter } ?? true)
                && (filter.organisation.map { $0 == line.organisation } ?? true)
        }
        count = words.counted("results_count", lines.count)
        isEmpty = lines.isEmpty
        hidesSome = results.hidesSome
        saidDid = results.saidDid.map {
            Told(
                service: $0.service[format.language], said: $0.one.said[format.language],
                did: $0.one.did[format.language], when: format.date($0.one.publishedAt))
        }
        hasSaidDid = !saidDid.isEmpty
        data = ResultsPage.table(lines, format)
        let pairs: [(String, String?)] = [
            ("quarter", filter.quarter?.description), ("agency", filter.organisation),
        ]
        let csv = "\(Paths.results)/results.csv" + Paths.query(pairs)
        let json = "\(Paths.results)/results.json" + Paths.query(pairs)
        cut =
            lines.count > ResultsPage.shown
            ? words["results_cut", ["n": format.count(ResultsPage.shown), "all": format.count(lines.count)]] : nil
        table = ShownTable(data, limit: ResultsPage.shown, csvHref: csv, jsonHref: json)
        let points = DataTable(
            id: "trust", title: words["results_trend"],
            columns: [
                DataTable.Column("quarter", words["column_quarter"]),
                DataTable.Column("trust", words["column_trust"], isNumber: true),
                DataTable.Column("low", words["column_low"], isNumber: true),
                DataTable.Column("high", words["column_high"], isNumber: true),
                DataTable.Column("n", words["column_n"], isNumber: true),
            ],
            rows: results.trend.map { point in
                func share(_ value: Double?) -> DataTable.Cell {
                    value.map { DataTable.Cell(format.fineShare($0), .number($0)) } ?? .none
                }
                return [.words(point.label), share(point.value), share(point.low), share(point.high), .count(point.n)]
            })
        trend = ChartFigure(
            points, text: words["results_trend_text"],
            svg: TrendChart.draw(
                results.trend, id: "trust", title: words["results_trend"], text: words["results_trend_text"]
            ) { format.share($0) }, empty: words["chart_empty"], csvHref: nil, jsonHref: nil, isWide: true)
    }

    private static func table(_ lines: [PublicResults.Line], _ format: Format) -> DataTable {
        let words = format.words
        func column(_ key: String, _ isNumber: Bool = false) -> DataTable.Column {
            DataTable.Column(key, words["column_\(key)"], isNumber: isNumber)
        }
        func share(_ value: Double?) -> DataTable.Cell {
            value.map { DataTable.Cell(format.fineShare($0), .number($0)) } ?? .none
        }
        func interval(_ figure: ShownFigure, _ shown: (Double) -> String) -> DataTable.Cell {
            guard let low = figure.low, let high = figure.high else { return .none }
            return .words("\(shown(low))–\(shown(high))")
        }
        return DataTable(
            id: "results", title: words["results_title"],
            columns: [
                column("service"), column("quarter"), column("agency"), column("trust", true),
                column("trust_interval", true), column("satisfaction", true), column("satisfaction_interval", true),
                column("respondents", true), column("response_rate", true), column("source"), column("survey"),
                column("trust_wording"),
            ],
            rows: lines.map { line in
                [
                    DataTable.Cell(
                        line.service[format.language], .text(line.service[format.language]), href: line.servicePath),
                    .words(line.quarter.description), .words(line.organisation), share(line.trust.value),
                    interval(line.trust) { format.fineShare($0) },
                    line.satisfaction.value.map { DataTable.Cell(NumberText.decimal($0, places: 2), .number($0)) }
                        ?? .none,
                    interval(line.satisfaction) { NumberText.decimal($0, places: 2) },
                    line.isHidden
                        ? DataTable.Cell(words["results_hidden"], .none) : line.respondents.map { .count($0) } ?? .none,
                    share(line.responseRate),
                    .words(words[line.isImported ? "results_imported" : "results_own"]), .words(line.survey),
                    .words(line.trustWording),
                ]
            })
    }
}
