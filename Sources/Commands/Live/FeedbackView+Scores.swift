internal import Analyses
internal import Experience
internal import Site
internal import Statistics

extension FeedbackView {
    /// The scores of the filtered answers as the staff's page shows them.
    init(scores columns: ResponseColumns, _ filter: FeedbackFilter, _ definition: ServiceDefinition, _ zone: String) {
        self.init()
        // By the clocks of the zone, like the quarters of the reports: the same days give the same score.
        let range =
            filter.period.first.start(in: zone)
            .microseconds..<filter.period.last.adding(days: 1).start(in: zone).microseconds
        var wanted: Set<Int>?
        if filter.form != nil || filter.channel != nil || filter.touchpoint != nil {
            wanted = columns.surveys(filter)
        }
        let scores = FeedbackScores(columns, in: range, surveys: wanted, rule: .staff)
        respondents = scores.respondents
        held = scores.held
        offered = scores.offered
        responseRate = ShownFigure(scores.responseRate, .share, "wilson")
        if let found = scores.index { index = ShownFigure(found.figure, .points, "index") }
        if let found = scores.indexTop2 { indexTop2 = ShownFigure(found.figure, .points, "index") }
        lines = scores.lines.map { line in
            Line(
                item: line.wording.item, wording: line.wording.text,
                mean: ShownFigure(line.score.mean, .score, "mean"),
                top2: ShownFigure(line.score.top2, .share, "wilson"),
                withHeld: line.withHeld?.mean.value)
        }
        thumbs = scores.thumbs.map { Thumbs(wording: $0.text, up: ShownFigure($0.up, .share, "wilson")) }
        mentions = scores.mentions.map { mention in
            Mention(
                driver: mention.driver, praised: mention.praised, blamed: mention.blamed,
                net: ShownFigure(mention.net, .share, "net-mention"))
        }
        switch scores.drivers {
        case .success(let found): drivers = Drivers(found)
        case .failure(.tooFewDrivers): driversProblem = .tooFewQuestions
        case .failure(.tooFewPeople(let have, let need)): driversProblem = .tooFewPeople(have: have, need: need)
        case .failure(.notComputable): driversProblem = .notComputable
        }
        (trendItem, trend) = FeedbackView.monthly(
            columns, wanted, from: filter.period.first, through: filter.period.last, zone)
        let found = RatingAlarms(columns, until: range.upperBound)
        alarms = found.alarms.map { alarm in
            Alarm(
                place: alarm.place, since: alarm.since, isWorse: alarm.isWorse, value: alarm.value, usual: alarm.usual,
                isProvisional: alarm.isProvisional)
        }
        alarmsPerYear = found.places > 0 ? found.perYear : nil
        var known: Set<Slug> = []
        forms = columns.forms.filter { known.insert($0.id).inserted }.map { ($0.id, $0.title) }
        channels = Channel.allCases.filter { channel in columns.surveys.contains { $0.channel == channel } }
        touchpoints = Set(columns.surveys.map(\.touchpoint)).filter { !$0.isEmpty }.sorted()
    }

    /// The mean of the item most people answered, month by month.
    private static func monthly(
        _ columns: ResponseColumns, _ wanted: Set<Int>?, from first: CivilDate, through last: CivilDate, _ zone: String
    ) -> (SurveyItem?, [TrendPoint]) {
        var labels: [String] = []
        var edges: [Int64] = []
        var day = CivilDate(year: first.year, month: first.month, day: 1) ?? first
        while day <= last, labels.count < 60 {
            labels.append(String(day.description.prefix(7)))
            edges.append(day.start(in: zone).microseconds)
            day = day.adding(days: CivilDate.days(inMonth: day.month, year: day.year))
        }
        edges.append(day.start(in: zone).microseconds)
        guard let start = edges.first, let end = edges.last, start < end else { return (nil, []) }
        let tallies = columns.tallies(in: start..<end)
        let chosen = columns.surveys.indices.filter { wanted?.contains($0) ?? true }
        let whole = chosen.reduce(SurveyTally()) { $0 + tallies[$1] }
        let order: [SurveyItem] = [.satisfaction, .trust] + SurveyItem.drivers
        guard let item = order.max(by: { whole[$0].reduce(0, +) < whole[$1].reduce(0, +) }),
            whole[item].reduce(0, +) > 0
        else { return (nil, []) }
        var groups = columns.surveys.map { _ in -1 }
        for place in chosen { groups[place] = 0 }
        let months = RatingsByPeriod(columns, item, edges: edges, groups: groups).groups.first ?? []
        let counts = Dictionary(months.map { ($0.number, $0.counts) }, uniquingKeysWith: { first, _ in first })
        return (
            item,
            labels.enumerated().map { number, label in
                TrendPoint(label, Figure.meanRating(counts[number] ?? [0, 0, 0, 0, 0], rule: .staff))
            }
        )
    }
}

extension FeedbackView.Drivers {
    init(_ found: DriverAnalysis) {
        self.init(
            outcome: found.outcome, n: found.n, rSquared: found.rSquared, isContested: found.isContested,
            lines: found.drivers.map {
                Line(
                    item: $0.item, share: $0.share, low: $0.low, high: $0.high, lowestRank: $0.lowestRank,
                    highestRank: $0.highestRank)
            })
    }
}

extension FeedbackView.Facts {
    init(_ found: JourneyFacts) {
        self.init(
            n: found.n, isProportional: found.isProportional,
            lines: found.lines.map {
                Line(fact: $0.fact.rawValue, oddsRatio: $0.oddsRatio, low: $0.low, high: $0.high)
            })
    }
}

extension FeedbackView.SaidNoView {
    init(_ found: SaidNo) {
        self.init()
        no = found.no
        yes = found.yes
        lines = found.lines.map { line in
            Line(
                cause: line.cause.rawValue, no: line.no, yes: line.yes, journeys: JourneyGroup(saidNoFor: line.cause))
        }
    }
}

extension JourneyGroup {
    /// Those who said no, and on whose journey the cause is to be found.
    init(saidNoFor cause: SaidNo.Cause) {
        self =
            switch cause {
            case .brokenPromise: .noBroken
            case .chased: .noChased
            case .refused: .noRefused
            case .reached: .noReached
            }
    }

    var cause: SaidNo.Cause? { SaidNo.Cause.allCases.first { JourneyGroup(saidNoFor: $0) == self } }
}

extension ServiceDefinition {
    /// Whether a result of a close means the person got what they asked for; one we do not know does.
    func isGranted(_ result: String) -> Bool { results.first { $0.id.text == result }?.granted ?? true }
}
