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
            let key = figure.n == 0 ? "none" : figure.strength == .suppressed ? "suppressed" : "not_reached"
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
        }
    }

    func fineShare(_ share: Double) -> String {
        NumberText.decimal(share * 100, places: 1) + (language == .es ? "\u{A0}%" : "%")
    }

    /// "between 90.5% and 92.2%", "between 34 and 36 days": a unit both ends share is said once.
    func interval(_ low: Double, _ high: Double, _ unit: ShownFigure.Unit) -> String {
        // Whole points would make a narrow interval look like none.
        if unit == .share, high - low < 0.03 {
            return words["figure_interval", ["low": fineShare(low), "high": fineShare(high)]]
        }
        let (first, second) = (bound(low, unit), bound(high, unit))
        let (lowParts, highParts) = (parts(low, unit), parts(high, unit))
        let isShared = unit != .share && unit != .score && !lowParts.1.isEmpty && lowParts.1 == highParts.1
        return words["figure_interval", ["low": isShared ? lowParts.0 : first, "high": second]]
    }

    func bound(_ value: Double, _ unit: ShownFigure.Unit) -> String {
        switch unit {
        case .share: share(value)
        case .seconds: span(seconds: value)
        case .days: days(value)
        case .count: NumberText.decimal(value, places: 0)
        case .perJourney, .score: NumberText.decimal(value, places: 2)
        }
    }

    private func split(_ text: String) -> (String, String) {
        guard let space = text.firstIndex(where: { $0 == " " || $0 == "\u{A0}" }) else { return (text, "") }
        return (String(text[..<space]), String(text[text.index(after: space)...]))
    }
}
