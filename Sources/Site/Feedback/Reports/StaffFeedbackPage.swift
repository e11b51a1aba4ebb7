import Experience

/// What people answered about one service, as those who run it see it.
struct StaffFeedbackPage: Page {
    static let template = "staff/feedback"
    var title: String
    var heading: String
    var homePath = Paths.Staff.home
    var servicePath: String
    var serviceTitle: String
    var reportsPath: String
    var followUpsPath: String
    var period: String
    var action: String
    var from: String
    var to: String
    var forms: [QuestionField.Choice]
    var channels: [QuestionField.Choice]
    var touchpoints: [QuestionField.Choice]
    var hasTouchpoints: Bool
    var isEmpty: Bool
    var figures: [FigureCard]
    var held: String?
    /// Each leads to the answers since it began.
    var alarms: [ServicePage.Link]
    var hasAlarms: Bool
    var alarmNote: String?
    var scores: ShownTable
    var charts: [ChartFigure]
    var saidNo: String?
    var saidNoLinks: [ServicePage.Link] = []
    var saidNoTable: ChartFigure?
    var answersPath: String
    var notes: [String]
    var themes: ChartFigure?
    var layout: Layout { .staff }

    init(
        _ definition: ServiceDefinition, _ view: FeedbackView, _ filter: FeedbackFilter, today: CivilDate,
        format: Format
    ) {
        let words = format.words
        let tables = FeedbackTables(definition, view, filter, today: today, format)
        serviceTitle = definition.title[format.language]
        heading = words["feedback_title"]
        title = "\(words["feedback_title"]): \(serviceTitle)"
        servicePath = Paths.Staff.service(definition.id)
        reportsPath = Paths.Staff.reports(definition.id)
        followUpsPath = Paths.Staff.followUps(definition.id)
        period = format.period(filter.period)
        action = Paths.Staff.feedback(definition.id)
        from = filter.period.first.description
        to = filter.period.last.description
        func choice(_ value: String, _ label: String, _ isChosen: Bool) -> QuestionField.Choice {
            QuestionField.Choice(id: value, value: value, label: label, isChosen: isChosen, picture: nil)
        }
        forms = view.forms.map { choice($0.id.text, $0.title[format.language], filter.form == $0.id) }
        channels = view.channels.map {
            choice($0.rawValue, words["channel_\($0.rawValue)"], filter.channel == $0)
        }
        touchpoints = view.touchpoints.map { id in
            choice(
                id, definition.touchpoints.first { $0.id.text == id }?.title[format.language] ?? id,
                filter.touchpoint == id)
        }
        hasTouchpoints = !touchpoints.isEmpty
        isEmpty = view.respondents == 0
        figures = StaffFeedbackPage.cards(view, tables, format)
        answersPath = tables.answers(.everything)
        held = view.held > 0 ? words.counted("feedback_held", view.held) : nil
        alarms = view.alarms.map { alarm in
            let place = definition.touchpoints.first { $0.id.text == alarm.place }
            let channel = place == nil ? Channel(rawValue: alarm.place) : nil
            let name = place?.title[format.language] ?? channel.map { words["channel_\($0.rawValue)"] } ?? alarm.place
            let since = FeedbackFilter(
                period: Period(first: min(alarm.since, filter.period.last), last: filter.period.last),
                channel: channel, touchpoint: place?.id.text)
            let text =
                words[
                    alarm.isWorse ? "alarm_worse" : "alarm_better",
                    [
                        "place": name, "date": format.date(alarm.since),
                        "value": NumberText.decimal(alarm.value, places: 2),
                        "usual": NumberText.decimal(alarm.usual, places: 2),
                    ]] + (alarm.isProvisional ? " " + words["alarm_provisional"] : "")
            return ServicePage.Link(
                title: text,
                href: Paths.Staff.answers(
                    definition.id, AnswerFilter(since, about: .item(.satisfaction, 1...5)).text))
        }
        hasAlarms = !alarms.isEmpty
        alarmNote = view.alarmsPerYear.map {
            words["alarm_rate", ["n": NumberText.decimal($0, places: 1)]]
        }
        let pairs: [(String, String?)] = [
            ("from", filter.period.first.description), ("to", filter.period.last.description),
            ("form", filter.form?.text), ("channel", filter.channel?.rawValue), ("touchpoint", filter.touchpoint),
        ]
        func figure(_ table: DataTable, _ text: String, _ svg: String?, wide: Bool = false) -> ChartFigure {
            func href(_ kind: String) -> String {
                Paths.Staff.feedbackTable(definition.id, table: table.id, as: kind) + Paths.query(pairs)
            }
            return ChartFigure(
                table, text: text, svg: svg, empty: words["chart_empty"], csvHref: href("csv"), jsonHref: href("json"),
                isWide: wide)
        }
        let scoresHref = Paths.Staff.feedbackTable(definition.id, table: "scores", as: "csv") + Paths.query(pairs)
        let scoresJSON = Paths.Staff.feedbackTable(definition.id, table: "scores", as: "json") + Paths.query(pairs)
        scores = ShownTable(tables.scores, csvHref: scoresHref, jsonHref: scoresJSON)
        charts = StaffFeedbackPage.charts(view, tables, format, figure)
        if view.saidNo.no >= 10 {
            let broken = view.saidNo.lines.first { $0.cause == "broken_promise" }?.no ?? 0
            saidNo =
                words[
                    "said_no_sentence",
                    ["no": format.count(view.saidNo.no), "broken": format.count(broken)]]
            saidNoLinks = [
                ServicePage.Link(
                    title: words["said_no_link", ["n": format.count(view.saidNo.no)]],
                    href: tables.links.journeys(.notSolved)),
                ServicePage.Link(
                    title: words["said_no_broken_link", ["n": format.count(broken)]],
                    href: tables.links.journeys(.noBroken)),
            ]
            saidNoTable = figure(tables.saidNo, words["said_no_text"], nil)
            saidNoTable?.empty = nil
        }
        notes = StaffFeedbackPage.notes(view, tables, format)
        if view.commentsRead > 0 {
            let bars = view.themes.filter { $0.comments > 0 }.prefix(10).map { theme in
                ChartBar(
                    label: theme.title[format.language], value: Double(theme.comments),
                    shown: format.count(theme.comments))
            }
            themes = figure(
                tables.themes, words["themes_text", ["n": format.count(view.commentsRead)]],
                BarChart.rows(
                    Array(bars), id: "themes", title: words["feedback_themes"], text: words["feedback_themes"]))
        }
    }

    private static func cards(_ view: FeedbackView, _ tables: FeedbackTables, _ format: Format) -> [FigureCard] {
        let words = format.words
        var cards = [
            FigureCard(
                view.responseRate, label: words["feedback_response_rate"], format: format,
                journeysHref: Paths.Staff.channels(tables.definition.id))
        ]
        if view.index.value != nil {
            let all = tables.answers(.everything)
            cards.append(
                FigureCard(
                    view.index, label: words["feedback_index"], format: format, of: .answers, journeysHref: all))
            cards.append(
                FigureCard(
                    view.indexTop2, label: words["feedback_index_top2"], format: format, of: .answers,
                    journeysHref: all))
        }
        for item in [SurveyItem.trust, .satisfaction] {
            guard let line = view.lines.filter({ $0.item == item }).max(by: { $0.mean.n < $1.mean.n }) else { continue }
            cards.append(
                FigureCard(
                    line.mean, label: tables.item(item), format: format, of: .answers,
                    journeysHref: tables.answers(.item(item, 1...5), line.wording)))
            cards.append(
                FigureCard(
                    line.top2, label: words["feedback_top2_of", ["item": tables.item(item)]], format: format,
                    of: .answers, journeysHref: tables.answers(.item(item, 4...5), line.wording)))
        }
        if let thumbs = view.thumbs.first {
            cards.append(
                FigureCard(
                    thumbs.up, label: words["feedback_thumbs"], format: format, of: .answers,
                    journeysHref: tables.answers(.thumb(true), thumbs.wording)))
        }
        return cards
    }

    private static func charts(
        _ view: FeedbackView, _ tables: FeedbackTables, _ format: Format,
        _ figure: (DataTable, String, String?, Bool) -> ChartFigure
    ) -> [ChartFigure] {
        let words = format.words
        var charts: [ChartFigure] = []
        if view.trend.contains(where: { $0.value != nil }) {
            let text = words["trend_text", ["item": view.trendItem.map { tables.item($0) } ?? ""]]
            let points = view.trend.map { point in
                var point = point
                point.label = format.bucket(point.label)
                return point
            }
            charts.append(
                figure(
                    tables.trend, text,
                    TrendChart.draw(points, id: "trend", title: words["feedback_trend"], text: text) {
                        NumberText.decimal($0, places: 1)
                    }, false))
        }
        if let drivers = view.drivers {
            let text = words[
                "drivers_text",
                [
                    "item": tables.item(drivers.outcome), "n": format.count(drivers.n),
                    "share": format.share(drivers.rSquared),
                ]]
            let bars = drivers.lines.map { line in
                ChartBar(
                    label: tables.item(line.item), value: line.share, low: line.low, high: line.high,
                    shown: words["drivers_bar", ["share": format.share(line.share), "rank": tables.rank(line)]])
            }
            charts.append(
                figure(
                    tables.drivers, text,
                    BarChart.dots(bars, id: "drivers", title: words["feedback_drivers"], text: text) {
                        format.share($0)
                    }, false))
        }
        if let facts = view.facts {
            let text = words["facts_text", ["n": format.count(facts.n)]]
            let bars = facts.lines.map { line in
                ChartBar(
                    label: words["fact_of_\(line.fact)"], value: line.oddsRatio, low: line.low, high: line.high,
                    shown: "× \(NumberText.decimal(line.oddsRatio, places: 2))")
            }
            charts.append(
                figure(
                    tables.facts, text,
                    BarChart.dots(bars, id: "facts", title: words["feedback_facts"], text: text) {
                        NumberText.decimal($0, places: 2)
                    }, false))
        }
        if !view.mentions.isEmpty {
            let bars = view.mentions.filter { $0.net.value != nil }.map { mention in
                ChartBar(
                    label: tables.driver(mention.driver), value: mention.net.value ?? 0, low: mention.net.low,
                    high: mention.net.high, shown: format.fineShare(mention.net.value ?? 0))
            }
            charts.append(
                figure(
                    tables.mentions, words["mentions_text"],
                    bars.isEmpty
                        ? nil
                        : BarChart.dots(
                            bars, id: "mentions", title: words["feedback_mentions"], text: words["mentions_text"]
                        ) { format.share($0) }, false))
        }
        return charts
    }

    private static func notes(_ view: FeedbackView, _ tables: FeedbackTables, _ format: Format) -> [String] {
        let words = format.words
        var notes: [String] = []
        switch view.driversProblem {
        case .tooFewQuestions?: notes.append(words["drivers_too_few_questions"])
        case .tooFewPeople(let have, let need)?:
            notes.append(
                words["drivers_too_few_people", ["have": format.count(have), "need": format.count(need)]])
        case .notComputable?: notes.append(words["drivers_not_computable"])
        case nil: break
        }
        if view.drivers?.isContested == true { notes.append(words["drivers_contested"]) }
        if view.facts.map({ !$0.isProportional }) ?? false { notes.append(words["facts_not_proportional"]) }
        let wordings = Dictionary(grouping: view.lines, by: \.item).filter { $0.value.count > 1 }
        for item in wordings.keys.sorted() {
            notes.append(words["wordings_differ", ["item": tables.item(item)]])
        }
        return notes
    }
}
