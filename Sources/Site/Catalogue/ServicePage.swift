import Experience

/// One service: what it is for, what happens, what it asks, and how it is doing.
struct ServicePage: Page {
    static let template = "pages/service"
    var title: String
    var agency: String
    var summary: String
    var requestPath: String?
    var trackPath = Paths.track
    var homePath = Paths.home
    var steps: [Step]
    var information: [String]
    var hasInformation: Bool
    var effort: String?
    var legal: [Legal]
    var hasLegal: Bool
    var channels: [String]
    var control: ControlNotice?
    var feedback: [Link]
    var hasFeedback: Bool
    var factsPeriod: String
    var figures: [FigureCard]
    var standard: String?
    var done: DoneLine?
    /// "Kept 943 of 1,000 (92.7–95.6%)".
    var record: String?
    var calibration: ChartFigure?

    struct Step: Sendable {
        var number: Int
        var title: String
        var by: String
        var minutes: String?
        var isPerson: Bool
    }

    struct Legal: Sendable {
        var title: String
        var citation: String
        var href: String?
    }

    struct Link: Sendable {
        var title: String
        var href: String
    }

    init(_ definition: ServiceDefinition, _ facts: PublicFacts, _ format: Format) {
        let language = format.language
        let words = format.words
        title = definition.title[language]
        agency = definition.agencyName[language]
        summary = definition.summary[language]
        requestPath = definition.request.isEmpty ? nil : Paths.request(definition.id)
        steps = definition.promisedPath.enumerated().map { at, step in
            Step(
                number: at + 1, title: step.title[language],
                by: step.unit.map { "\(words["by_\(step.by.rawValue)"]) · \(definition.unitTitle($0, language))" }
                    ?? words["by_\(step.by.rawValue)"],
                minutes: step.effortMinutes.map { words["service_minutes", ["n": NumberText.decimal($0, places: 0)]] },
                isPerson: step.by == .person)
        }
        information = definition.collection?.information.map { $0[language] } ?? []
        hasInformation = !information.isEmpty
        let minutes = definition.collection?.minutes ?? definition.steps.compactMap(\.effortMinutes).reduce(0, +)
        effort = minutes > 0 ? words["service_effort", ["n": NumberText.decimal(minutes, places: 0)]] : nil
        // Only an address a browser opens without running anything.
        legal = definition.legal.map { basis in
            Legal(
                title: basis.title[language], citation: basis.citation,
                href: basis.url.flatMap { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil })
        }
        hasLegal = !legal.isEmpty
        channels = definition.channels.map { words["channel_\($0.rawValue)"] }
        control = definition.collection.map { ControlNotice($0, format) }
        feedback = definition.openWebForms.filter { $0.mayBeAsked(in: definition, on: format.today) }.map {
            Link(title: $0.title[language], href: Paths.feedback(definition.id, form: $0.id))
        }
        hasFeedback = !feedback.isEmpty
        factsPeriod = format.period(facts.period)
        func untold(_ figure: ShownFigure) -> ShownFigure {
            var figure = figure
            figure.period = nil
            return figure
        }
        figures = [
            FigureCard(untold(facts.kept), label: words["fact_kept"], format: format),
            FigureCard(untold(facts.halfDone), label: words["fact_half"], format: format),
            FigureCard(untold(facts.nineOfTenDone), label: words["fact_nine"], format: format),
            FigureCard(untold(facts.solved), label: words["fact_solved"], format: format),
        ]
        done = DoneLine(facts, format)
        record = ServicePage.record(facts.kept, format)
        calibration = facts.calibration.isEmpty ? nil : ServicePage.calibration(definition, facts.calibration, format)
        standard = definition.promise.map { rule in
            words[
                "service_standard",
                ["budget": format.budget(rule.standard), "share": format.share(rule.probability)]]
        }
    }
}

extension ServicePage {
    /// The count behind the share; nil where the share may not be shown, or hardly anybody was let down or served, so that
    /// the difference would point at persons.
    static func record(_ kept: ShownFigure, _ format: Format) -> String? {
        guard let value = kept.value, let low = kept.low, let high = kept.high else { return nil }
        let count = Int((value * Double(kept.n)).rounded())
        let others = kept.n - count
        guard (others == 0 || others >= ShownFigure.publicMinimum), count == 0 || count >= ShownFigure.publicMinimum
        else {
            return nil
        }
        return format.words[
            "service_record",
            [
                "kept": format.count(count), "n": format.count(kept.n), "low": format.fineShare(low),
                "high": format.fineShare(high),
            ]]
    }

    static func calibration(
        _ definition: ServiceDefinition, _ points: [CalibrationPoint], _ format: Format
    ) -> ChartFigure {
        let words = format.words
        func share(_ value: Double?) -> DataTable.Cell {
            value.map { DataTable.Cell(format.fineShare($0), .number($0)) } ?? .none
        }
        let table = DataTable(
            id: "calibration", title: words["calibration_title"],
            columns: [
                DataTable.Column("said", words["calibration_said"], isNumber: true),
                DataTable.Column("was", words["calibration_was"], isNumber: true),
                DataTable.Column("low", words["column_low"], isNumber: true),
                DataTable.Column("high", words["column_high"], isNumber: true),
                DataTable.Column("n", words["column_n"], isNumber: true),
            ],
            rows: points.map { point in
                [
                    share(point.said), share(point.was.value), share(point.was.low), share(point.was.high),
                    point.was.value == nil ? .none : .count(point.was.n),
                ]
            })
        let shown = points.filter { $0.was.value != nil }
        let text = shown.map { point in
            words[
                point.isHonest ? "calibration_line" : "calibration_line_off",
                ["said": format.share(point.said), "was": format.fineShare(point.was.value ?? 0)]]
        }.joined(separator: " ")
        return ChartFigure(
            table, text: text.isEmpty ? words["calibration_none"] : text,
            svg: shown.isEmpty
                ? nil
                : CalibrationChart.draw(
                    points, id: "calibration", title: words["calibration_title"], text: text, format: format),
            empty: words["calibration_none"], csvHref: nil, jsonHref: nil)
    }
}

/// The approval under which information is collected, shown where a form starts.
struct ControlNotice: Sendable {
    var text: String
    var minutes: String?

    init(_ collection: ServiceDefinition.InformationCollection, _ format: Format) {
        text =
            format.words[
                "control_notice", ["number": collection.controlNumber, "expires": format.date(collection.expires)]]
        minutes = collection.minutes.map {
            format.words["control_minutes", ["n": NumberText.decimal($0, places: 0)]]
        }
    }
}

extension Format {
    func budget(_ budget: Budget) -> String {
        switch budget {
        case .workingDays(let days): words.counted("budget_working_days", days)
        case .calendarDays(let days): words.counted("budget_calendar_days", days)
        case .workingTime(let time): words["budget_working_time", ["span": span(seconds: Double(time) / 1e6)]]
        case .calendarTime(let time): span(seconds: Double(time) / 1e6)
        }
    }
}
