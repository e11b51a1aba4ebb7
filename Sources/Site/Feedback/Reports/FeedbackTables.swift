import Experience

/// The tables of the staff's feedback page: shown, sent as CSV and JSON, and behind the pictures.
struct FeedbackTables {
    let definition: ServiceDefinition
    let view: FeedbackView
    let filter: FeedbackFilter
    let today: CivilDate
    let format: Format

    init(
        _ definition: ServiceDefinition, _ view: FeedbackView, _ filter: FeedbackFilter, today: CivilDate,
        _ format: Format
    ) {
        self.definition = definition
        self.view = view
        self.filter = filter
        self.today = today
        self.format = format
    }

    var all: [DataTable] { [scores, mentions, drivers, facts, saidNo, trend, themes] }

    private var words: Words { format.words }

    private func column(_ key: String, _ isNumber: Bool = false) -> DataTable.Column {
        DataTable.Column(key, words["column_\(key)"], isNumber: isNumber)
    }

    private func number(_ value: Double?, places: Int = 2) -> DataTable.Cell {
        guard let value else { return .none }
        return DataTable.Cell(NumberText.decimal(value, places: places), .number(value))
    }

    private func share(_ value: Double?) -> DataTable.Cell {
        guard let value else { return .none }
        return DataTable.Cell(format.fineShare(value), .number(value))
    }

    private func range(_ low: Double?, _ high: Double?, _ shown: (Double) -> String) -> DataTable.Cell {
        guard let low, let high else { return .none }
        return .words("\(shown(low))–\(shown(high))")
    }

    /// A share with its interval in one cell.
    private func measured(_ figure: ShownFigure?) -> DataTable.Cell {
        guard let figure, let value = figure.value else { return .none }
        guard let low = figure.low, let high = figure.high else { return share(value) }
        return DataTable.Cell(
            "\(format.share(value)) (\(format.share(low))–\(format.share(high)))", .number(value))
    }

    func item(_ item: SurveyItem) -> String { words["item_\(item.name)"] }

    func driver(_ driver: MentionedDriver) -> String { words["mention_\(driver.rawValue)"] }

    /// The answers behind a number, where they are listed one by one.
    func answers(_ about: AnswerFilter.About, _ wording: LocalText? = nil) -> String {
        Paths.Staff.answers(
            definition.id, AnswerFilter(filter, about: about, wording: wording.map { AnswerFilter.name(of: $0) }).text)
    }

    var scores: DataTable {
        func lines(
            _ key: String, _ name: String, _ wording: LocalText, _ mean: ShownFigure?, _ top2: ShownFigure,
            all: AnswerFilter.About, positive: AnswerFilter.About
        )
            -> [DataTable.Cell]
        {
            var positives = share(top2.value)
            if top2.value != nil { positives.href = answers(positive, wording) }
            return [
                DataTable.Cell(name, .text(key)), .words(wording[format.language]), number(mean?.value),
                range(mean?.low, mean?.high) { NumberText.decimal($0, places: 2) }, positives,
                range(top2.low, top2.high) { format.fineShare($0) }, .count(top2.n, href: answers(all, wording)),
            ]
        }
        return DataTable(
            id: "scores", title: words["feedback_scores"],
            columns: [
                column("item"), column("wording"), column("mean", true), column("mean_interval", true),
                column("top2", true), column("top2_interval", true), column("n", true),
            ],
            rows: view.thumbs.map {
                lines(
                    "trust_thumbs", words["item_thumbs"], $0.wording, nil, $0.up, all: .thumb(nil),
                    positive: .thumb(true))
            }
                + view.lines.map {
                    lines(
                        $0.item.name, item($0.item), $0.wording, $0.mean, $0.top2, all: .item($0.item, 1...5),
                        positive: .item($0.item, 4...5))
                })
    }

    var mentions: DataTable {
        DataTable(
            id: "mentions", title: words["feedback_mentions"],
            columns: [
                column("driver"), column("praised", true), column("blamed", true), column("net", true),
                column("net_interval", true),
            ],
            rows: view.mentions.map { mention in
                [
                    DataTable.Cell(driver(mention.driver), .text(mention.driver.rawValue)),
                    .count(mention.praised, href: answers(.mention(mention.driver, praised: true))),
                    .count(mention.blamed, href: answers(.mention(mention.driver, praised: false))),
                    share(mention.net.value),
                    range(mention.net.low, mention.net.high) { format.fineShare($0) },
                ]
            })
    }

    var drivers: DataTable {
        DataTable(
            id: "drivers", title: words["feedback_drivers"],
            columns: [column("item"), column("share", true), column("share_interval", true), column("rank", true)],
            rows: (view.drivers?.lines ?? []).map { line in
                [
                    DataTable.Cell(item(line.item), .text(line.item.name)), share(line.share),
                    range(line.low, line.high) { format.share($0) }, .words(rank(line)),
                ]
            })
    }

    func rank(_ line: FeedbackView.Drivers.Line) -> String {
        line.lowestRank == line.highestRank ? "\(line.lowestRank)" : "\(line.lowestRank)–\(line.highestRank)"
    }

    var facts: DataTable {
        DataTable(
            id: "facts", title: words["feedback_facts"],
            columns: [column("fact"), column("odds", true), column("odds_interval", true)],
            rows: (view.facts?.lines ?? []).map { line in
                [
                    DataTable.Cell(words["fact_of_\(line.fact)"], .text(line.fact)), number(line.oddsRatio),
                    range(line.low, line.high) { NumberText.decimal($0, places: 2) },
                ]
            })
    }

    /// Journeys of the period, by what their people said.
    var links: StaffLinks {
        StaffLinks(service: definition.id, filter: JourneyFilter(period: filter.period), today: today)
    }

    var saidNo: DataTable {
        let links = links
        return DataTable(
            id: "said-no", title: words["feedback_said_no"],
            columns: [
                column("cause"), column("of_no", true), column("share_no", true), column("of_yes", true),
                column("share_yes", true),
            ],
            rows: view.saidNo.no < 10
                ? []
                : view.saidNo.lines.map { line in
                    [
                        DataTable.Cell(words["cause_\(line.cause)"], .text(line.cause)),
                        .count(line.no, href: line.journeys.map { links.journeys($0) }),
                        share(Double(line.no) / Double(max(1, view.saidNo.no))), .count(line.yes),
                        share(view.saidNo.yes == 0 ? nil : Double(line.yes) / Double(view.saidNo.yes)),
                    ]
                })
    }

    var trend: DataTable {
        DataTable(
            id: "trend", title: words["feedback_trend"],
            columns: [
                column("month"), column("mean", true), column("mean_interval", true), column("n", true),
            ],
            rows: view.trend.map { point in
                [
                    DataTable.Cell(format.bucket(point.label), .text(point.label)), number(point.value),
                    range(point.low, point.high) { NumberText.decimal($0, places: 2) }, .count(point.n),
                ]
            })
    }

    var themes: DataTable {
        DataTable(
            id: "themes", title: words["feedback_themes"],
            columns: [
                column("theme"), column("comments", true), column("displeased", true), column("words"),
                column("precision", true), column("recall", true), column("f1", true), column("accuracy", true),
                column("majority", true),
            ],
            rows: view.themes.map { theme in
                [
                    DataTable.Cell(theme.title[format.language], .text(theme.id)), .count(theme.comments),
                    .count(theme.displeased), .words(theme.words.joined(separator: ", ")),
                    measured(theme.precision), measured(theme.recall), number(theme.f1), share(theme.accuracy),
                    share(theme.majority),
                ]
            })
    }
}
