import Experience

/// A figure as a card shows it: value, how sure, of how many, when, how worked out.
struct FigureCard: Sendable {
    var label: String
    var value: String
    var unit: String
    var interval: String?
    var basis: String
    var few: String?
    var isSuppressed: Bool
    var methodHref: String
    var methodLabel: String
    /// The journeys behind it.
    var journeysHref: String?
    var trend: String?
    var isBad: Bool

    /// What n counts.
    enum Counted: String, CaseIterable { case people, journeys, dates, answers, contacts }

    init(
        _ figure: ShownFigure, label: String, format: Format, of counted: Counted = .people,
        journeysHref: String? = nil, trend: String? = nil, isBad: Bool = false
    ) {
        let words = format.words
        self.label = label
        self.journeysHref = figure.n > 0 && figure.value != nil ? journeysHref : nil
        self.trend = trend
        self.isBad = isBad && figure.value != nil
        methodHref = Paths.method(figure.method)
        methodLabel = words["figure_method_\(figure.method)"]
        let period = figure.period.map(format.period)
        if let shown = figure.value {
            (value, unit) = format.parts(shown, figure.unit)
            if let low = figure.low, let high = figure.high {
                interval = format.interval(low, high, figure.unit)
            }
            let count = words.counted("figure_n_\(counted.rawValue)", figure.n)
            basis = period.map { "\(count) · \($0)" } ?? count
            isSuppressed = false
            few = figure.strength == .few ? words["figure_few"] : nil
        } else {
            value = "–"
            unit = ""
            // A value that is missing though people stand behind it: the data end before the answer.
            let key: String
            switch figure.strength {
            case .notRecorded: key = "not_recorded_\(figure.method)"
            default: key = figure.n == 0 ? "none" : figure.strength == .suppressed ? "suppressed" : "not_reached"
            }
            basis = words["figure_\(key)"]
            isSuppressed = true
        }
    }
}

extension Format {
    /// The number and its unit apart, so that the number can be set large.
    func parts(_ value: Double, _ unit: ShownFigure.Unit) -> (String, String) {
        switch unit {
        case .share: (share(value), "")
        case .seconds: split(span(seconds: value))
        case .days: split(days(value))
        case .count: (NumberText.decimal(value, places: 0), "")
        case .perJourney: (NumberText.decimal(value, places: 2), "")
        case .score: (NumberText.decimal(value, places: 2), words["unit_of_five"])
        case .points: (NumberText.decimal(value, places: 1), words["unit_of_hundred"])
        }
    }

    func fineShare(_ share: Double) -> String {
        NumberText.decimal(share * 100, places: 1) + (language == .es ? "\u{A0}%" : "%")
    }

    /// "between 90.5% and 92.2%", "between 34 and 36 days": a unit both ends share is said once.
    package func interval(_ low: Double, _ high: Double, _ unit: ShownFigure.Unit) -> String {
        let (first, second) = ends(low, high, unit)
        return words["figure_interval", ["low": first, "high": second]]
    }

    /// Both ends in one unit and with the same number of decimals: "92.7" beside "95" would look like two precisions.
    func ends(_ low: Double, _ high: Double, _ unit: ShownFigure.Unit) -> (String, String) {
        func fixed(_ value: Double, _ places: Int) -> String { NumberText.fixed(value, places: places) }
        switch unit {
        case .share:
            // Whole points would make a narrow interval, or one close to nought or to all, look like none.
            let places = high - low < 0.03 || low < 0.1 || high > 0.99 ? 1 : 0
            let sign = language == .es ? "\u{A0}%" : "%"
            return (fixed(low * 100, places) + sign, fixed(high * 100, places) + sign)
        case .count: return (fixed(low, 0), fixed(high, 0))
        case .perJourney, .score: return (fixed(low, 2), fixed(high, 2))
        case .points: return (fixed(low, 1), fixed(high, 1))
        case .days: return spans(low * 86_400, high * 86_400, .days)
        case .seconds: return spans(low, high, SpanUnit(fitting: high))
        }
    }

    private func spans(_ low: Double, _ high: Double, _ unit: SpanUnit) -> (String, String) {
        let (first, last) = (low / unit.seconds, high / unit.seconds)
        let isFine = unit.isFine && last < 10 || fixedAlike(first, last)
        let places = isFine ? 1 : 0
        return (
            NumberText.fixed(first, places: places),
            words["\(unit.key)_other", ["n": NumberText.fixed(last, places: places)]]
        )
    }

    /// Different values that whole numbers would show as one.
    private func fixedAlike(_ first: Double, _ last: Double) -> Bool {
        last - first > 0.05 && first.rounded() == last.rounded()
    }

    private enum SpanUnit {
        case seconds, minutes, hours, days

        init(fitting seconds: Double) {
            self =
                switch seconds {
                case ..<60: .seconds
                case ..<5_400: .minutes
                case ..<172_800: .hours
                default: .days
                }
        }

        var seconds: Double {
            switch self {
            case .seconds: 1
            case .minutes: 60
            case .hours: 3_600
            case .days: 86_400
            }
        }

        var key: String {
            switch self {
            case .seconds: "unit_second"
            case .minutes: "unit_minute"
            case .hours: "unit_hour"
            case .days: "unit_day"
            }
        }

        var isFine: Bool { self == .hours || self == .days }
    }

    func bound(_ value: Double, _ unit: ShownFigure.Unit) -> String {
        switch unit {
        case .share: share(value)
        case .seconds: span(seconds: value)
        case .days: days(value)
        case .count: NumberText.decimal(value, places: 0)
        case .perJourney, .score: NumberText.decimal(value, places: 2)
        case .points: NumberText.decimal(value, places: 1)
        }
    }

    private func split(_ text: String) -> (String, String) {
        guard let space = text.firstIndex(where: { $0 == " " || $0 == "\u{A0}" }) else { return (text, "") }
        return (String(text[..<space]), String(text[text.index(after: space)...]))
    }
}
