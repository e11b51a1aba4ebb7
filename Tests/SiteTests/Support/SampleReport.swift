import Experience
import Site

/// A report with something in every picture.
enum SampleReport {
    static func share(_ value: Double, _ n: Int) -> ShownFigure {
        ShownFigure(
            value: value, low: max(0, value - 0.02), high: min(1, value + 0.02), n: n, unit: .share, method: "wilson"
        )
        .markedForStaff()
    }

    static func trend(_ base: Double) -> [TrendPoint] {
        (0..<12).map { month in
            let value = base + 0.03 * Double((month * 7) % 5 - 2)
            if month == 4 { return TrendPoint(label: "Aug 2025", value: nil, n: 3) }
            return TrendPoint(
                label: "\(month < 9 ? "0" : "")\(month + 1)/25", value: value, low: value - 0.03, high: value + 0.03,
                n: 300 + month)
        }
    }

    static let map = JourneyMap(
        nodes: [
            JourneyMap.Node(title: "Start", activity: nil, count: 4_310, kind: .start),
            JourneyMap.Node(title: "Application received", activity: "submitted", count: 4_310),
            JourneyMap.Node(title: "Identity checked", activity: "checked", count: 4_420),
            JourneyMap.Node(title: "More information asked for", activity: "asked", count: 890),
            JourneyMap.Node(title: "Passport printed", activity: "printed", count: 3_990),
            JourneyMap.Node(title: "Delivered", activity: "delivered", count: 3_950),
            JourneyMap.Node(title: "End", activity: nil, count: 4_310, kind: .end),
        ],
        edges: [
            JourneyMap.Edge(from: 0, to: 1, count: 4_310),
            JourneyMap.Edge(
                from: 1, to: 2, count: 4_200, medianWaitSeconds: 3 * 86_400, waitedSeconds: 15_000 * 86_400),
            JourneyMap.Edge(from: 2, to: 3, count: 890, medianWaitSeconds: 86_400),
            JourneyMap.Edge(from: 3, to: 2, count: 700, medianWaitSeconds: 9 * 86_400, waitedSeconds: 5_000 * 86_400),
            JourneyMap.Edge(from: 3, to: 3, count: 40, medianWaitSeconds: 86_400),
            JourneyMap.Edge(
                from: 2, to: 4, count: 3_990, medianWaitSeconds: 4 * 86_400, waitedSeconds: 20_000 * 86_400),
            JourneyMap.Edge(from: 4, to: 5, count: 3_950, medianWaitSeconds: 2 * 86_400),
            JourneyMap.Edge(from: 5, to: 6, count: 3_950), JourneyMap.Edge(from: 3, to: 6, count: 110),
        ])

    static func report(_ filter: JourneyFilter) -> ServiceReport {
        func days(_ value: Double) -> ShownFigure {
            ShownFigure(value: value, low: value - 1, high: value + 1, n: 4_310, unit: .days, method: "kaplan-meier")
        }
        var report = ServiceReport(
            kept: share(0.914, 4_100), closedNotSolved: share(0.083, 2_066), solved: share(0.871, 2_066),
            half: days(18.4), nineOfTen: days(37),
            waiting: ShownFigure(
                value: 1_300_000, low: 1_250_000, high: 1_400_000, n: 4_000, unit: .seconds, method: "median"),
            touch: ShownFigure(value: 14_400, low: 14_000, high: 15_000, n: 4_000, unit: .seconds, method: "median"),
            contacts: ShownFigure(value: 1.84, low: 1.8, high: 1.88, n: 4_310, unit: .perJourney, method: "mean"),
            failureDemand: share(0.31, 7_930),
            rating: ShownFigure(value: 4.02, low: 3.9, high: 4.1, n: 22, unit: .score, method: "mean").markedForStaff())
        report.journeys = filter.channel == .phone ? 0 : 4_310
        report.open = 320
        report.overdue = 41
        report.keptTrend = trend(0.91)
        report.closedNotSolvedTrend = trend(0.09)
        report.target = 0.95
        report.map = map
        report.variants = [
            ServiceReport.Variant(
                id: "a1", activities: ["submitted", "checked", "printed", "delivered"], journeys: 3_100,
                medianSeconds: 16 * 86_400),
            ServiceReport.Variant(
                id: "a2", activities: ["submitted", "checked", "asked", "checked", "printed", "delivered"],
                journeys: 640, medianSeconds: 31 * 86_400),
        ]
        report.variantCount = 37
        report.detours = [
            ServiceReport.Detour(
                activity: "asked", journeys: 870, share: 0.2, medianWithSeconds: 30 * 86_400,
                medianWithoutSeconds: 16 * 86_400)
        ]
        report.durations = (0..<12).map {
            ServiceReport.Bin(
                low: Double($0) * 5 * 86_400, high: Double($0 + 1) * 5 * 86_400,
                journeys: [20, 180, 760, 990, 720, 510, 330, 210, 120, 70, 30, 11][$0])
        }
        report.channels = [(.web, 2_900), (.mail, 1_100), (.phone, 310)]
        report.cohorts = [
            ServiceReport.Cohort(name: "office", value: "downtown", journeys: 2_000, kept: share(0.93, 1_900)),
            ServiceReport.Cohort(name: "office", value: "airport", journeys: 1_500, kept: share(0.88, 1_400)),
            ServiceReport.Cohort(name: "office", value: "national", journeys: 9, kept: share(0.5, 8)),
        ]
        report.recent = [
            RecentResponse(
                at: SampleSite.start, rating: 2, channel: .web, journey: JourneyID("case 7/2026"),
                words: "I called three times."),
            RecentResponse(at: SampleSite.start.advanced(by: -Instant.hour), rating: 5, channel: .kiosk, journey: nil),
        ]
        return report
    }

    static func glance() -> [ServiceGlance] {
        let report = report(JourneyFilter(period: SampleFigures.period))
        var passport = ServiceGlance(
            service: "passport", journeys: 4_310, open: 320, overdue: 41, kept: report.kept,
            keptTrend: report.keptTrend, closedNotSolved: report.closedNotSolved, half: report.half,
            failureDemand: report.failureDemand)
        passport.shift = PromiseBoard.Alert(
            service: "passport", share: 0.71, low: 0.8, high: 0.94, week: CivilDate(utc: SampleSite.start),
            falseAlarmsPerYear: 1, isProvisional: false)
        return [
            passport,
            ServiceGlance(
                service: "loan", journeys: 7, open: 7, overdue: 0, kept: share(0, 0), keptTrend: [],
                closedNotSolved: share(0, 4), half: ShownFigure(value: nil, n: 7, unit: .days, method: "kaplan-meier"),
                failureDemand: share(0.2, 22)),
        ]
    }

    static func state(_ id: String, closed: Bool, outcome: JourneyState.Solved? = nil) -> JourneyState? {
        guard let first = events(id).first, let journey = JourneyID(id) else { return nil }
        var state = JourneyState(first: first, definition: SampleDefinitions.passport)
        state.journey = journey
        for event in events(id).dropFirst() where closed || event.sequence < 6 {
            state.apply(event, definition: SampleDefinitions.passport)
        }
        state.outcome = outcome ?? state.outcome
        return state
    }

    /// An answer by number: a rating of two, and words for the vault.
    static func answer(
        _ number: Int64, _ attributes: [String: AttributeValue] = ["overall": .integer(2), "rating": .integer(2)]
    ) -> RecordedEvent {
        var all: [String: AttributeValue] = ["form": .text("after"), "form_version": .integer(1)]
        all.merge(attributes) { $1 }
        return RecordedEvent(
            sequence: number, recorded: SampleSite.start,
            event: Event(
                agency: "consular", service: "passport", journey: JourneyID("case 7/2026")!, source: "form",
                sourceID: "\(number)", kind: .response, activity: "response", channel: .web,
                actor: Actor(.person), occurred: SampleSite.start, attributes: all))
    }

    static func events(_ id: String) -> [RecordedEvent] {
        let start = SampleSite.start.advanced(by: -40 * Instant.day)
        func event(
            _ number: Int64, _ day: Int64, _ kind: EventKind, _ activity: String,
            _ attributes: [String: AttributeValue] = [:]
        )
            -> RecordedEvent
        {
            let at = start.advanced(by: day * Instant.day)
            return RecordedEvent(
                sequence: number, recorded: at,
                event: Event(
                    agency: "consular", service: "passport", journey: JourneyID(id)!, source: "web",
                    sourceID: "\(number)",
                    kind: kind, activity: activity, channel: kind == .contact ? .phone : .web,
                    actor: Actor(kind == .step ? .staff : .person, unit: kind == .step ? "Adjudication" : nil),
                    occurred: at, attributes: attributes))
        }
        return [
            event(1, 0, .contact, "request"), event(2, 0, .step, "submitted"),
            event(3, 0, .promise, "promise.armed", ["amount": .integer(30), "unit": .text("working_days")]),
            event(4, 6, .step, "checked"), event(5, 11, .contact, "status", ["failure_demand": .boolean(true)]),
            event(6, 16, .step, "printed"), event(7, 18, .step, "delivered"),
            event(8, 19, .response, "after", ["rating": .integer(2)]),
            event(9, 19, .outcome, "outcome", ["solved": .text("no")]),
        ]
    }
}
