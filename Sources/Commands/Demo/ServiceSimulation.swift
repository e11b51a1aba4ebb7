import Analyses
import Experience

/// A year of one service, as a discrete-event simulation: journeys arrive, wait for staff and partners, are promised
/// a date that is kept or broken, chase, answer, and are closed. Time jumps from one happening to the next.
struct ServiceSimulation {
    let model: any DemoModel
    let definition: ServiceDefinition
    let calendar: WorkingCalendar
    let calendars: CalendarSet
    let start: Instant
    let end: Instant
    var random: DemoRandom
    var agenda = Agenda()
    var stations: [Station] = []
    /// By station, how the ids of its people begin.
    private var desks: [String] = []
    private let steps: [String: Int]
    /// Makes each station's work what its plan says, whatever whole number of people that needs.
    var pace: [Double] = []
    var cases: [DemoCase] = []
    private(set) var events: [Event] = []
    var words: [DemoWords] = []
    private var quotes: SimulatedQuotes
    var now: Instant

    static let source = "demo"
    /// Working minutes of one person in a year.
    private static let yearlyMinutes = 250.0 * 480

    /// Nil when the definition lacks what the model needs.
    init?(
        _ model: any DemoModel, _ definition: ServiceDefinition, calendars: CalendarSet, days: Range<CivilDate>,
        random: DemoRandom, size: Double
    ) {
        guard let calendar = calendars[definition.promise?.calendar ?? .usFederal] ?? calendars[.usFederal] else {
            return nil
        }
        self.model = model
        self.definition = definition
        self.calendar = calendar
        self.calendars = calendars
        var steps: [String: Int] = [:]
        for (place, step) in definition.steps.enumerated() { steps[step.id.text] = place }
        for (place, step) in definition.steps.enumerated() {
            for name in step.aliases where steps[name] == nil { steps[name] = place }
        }
        self.steps = steps
        self.random = random
        quotes = SimulatedQuotes(calendar, from: days.lowerBound)
        start = calendar.startOfDay(days.lowerBound)
        end = calendar.startOfDay(days.upperBound)
        now = start
        for (index, plan) in model.stations.enumerated() {
            let demand = Double(model.volume) * size * plan.share * plan.minutesPerCase
            let capacity = ServiceSimulation.yearlyMinutes * plan.load
            let people = max(1, Int((demand / capacity).rounded()))
            stations.append(Station(unit: plan.unit, calendar: calendar, servers: people))
            desks.append("\(ServiceSimulation.slug(plan.unit))-\(index + 1)")
            pace.append(demand > 0 ? Double(people) * capacity / demand : 1)
            for change in plan.changes {
                let day = days.lowerBound.adding(days: change.day)
                let count = max(1, Int((Double(people) * change.factor).rounded()))
                agenda.plan(calendar.startOfDay(day), .staffing(station: index, servers: count))
            }
        }
        planArrivals(days, volume: Double(model.volume) * size)
    }

    /// Everything that happened up to the end, in order.
    mutating func run() -> [Event] {
        while let happening = agenda.next(), happening.at < end {
            now = happening.at
            handle(happening.what)
        }
        return events
    }

    private mutating func handle(_ what: Happening.What) {
        switch what {
        case .arrival(let index): arrive(index)
        case .finished(let station, let server, let work):
            stations[station].release(server)
            if let activity = work.activity {
                let doer = Actor(.staff, id: "\(desks[station])\(server + 1)", unit: stations[station].unit)
                step(work.caseIndex, activity, by: doer, began: work.began)
            }
            startWork(station)
        case .step(let index, let activity, let actor): step(index, activity, by: actor)
        case .closing(let index, let result): close(index, result: result)
        case .chase(let index): chase(index)
        case .review(let index, let due): review(index, due: due)
        case .staffing(let station, let servers):
            stations[station].staff(servers)
            startWork(station)
        case .offer(let index, let form): offer(index, form: form)
        case .response(let index, let form, let channel): respond(index, form: form, channel: channel)
        case .outcome(let index): tellOutcome(index)
        case .kiosk(let index): pressKiosk(index)
        }
    }

    mutating func startWork(_ station: Int) {
        while let (server, begun) = stations[station].begin() {
            var work = begun
            if work.activity != nil, cases[work.caseIndex].isEnded {
                stations[station].release(server)
                continue
            }
            let done = stations[station].done(work.minutes, from: now)
            if work.activity != nil { work.began = stations[station].opening(from: now) }
            agenda.plan(done, .finished(station: station, server: server, work))
        }
    }

    private static func slug(_ unit: String) -> String {
        String(unit.lowercased().map { $0 == " " ? "-" : $0 })
    }

    /// The definition's step of this name; looked for in a table, since it is asked for with every event.
    func step(named name: String) -> ServiceDefinition.Step? { steps[name].map { definition.steps[$0] } }

    /// Records an event of a journey, now. Takes the attributes over, so that adding to them copies nothing.
    mutating func record(
        _ index: Int, _ kind: EventKind, _ activity: String, channel: Channel, touchpoint: String? = nil,
        by actor: Actor, _ attributes: consuming [String: AttributeValue] = [:]
    ) {
        attributes["simulated"] = .boolean(true)
        cases[index].events += 1
        let journey = cases[index].id
        events.append(
            Event(
                agency: definition.agency, service: definition.id, journey: journey,
                source: ServiceSimulation.source, sourceID: "\(journey.text)/\(cases[index].events)", kind: kind,
                activity: activity, channel: channel, touchpoint: touchpoint, actor: actor, occurred: now,
                attributes: attributes))
    }

    /// The date for a request received now; nil before the office has learned anything.
    mutating func quote(_ index: Int, _ rule: ServiceDefinition.PromiseRule) -> PromiseQuote? {
        quotes.quote(cases[index], rule, calendar, now: now, known: cases)
    }

    /// Records an event that belongs to no journey.
    mutating func recordApart(_ event: Event) { events.append(event) }

    /// The moment after some working days, each of eight hours.
    func after(workingDays days: Double) -> Instant {
        let time = Int64(max(0, days) * 8 * 3_600) * 1_000_000
        return calendar.instant(after: .workingTime(microseconds: time), from: now) ?? end
    }

    func after(days: Double) -> Instant { now.advanced(by: Int64(max(0, days) * 86_400) * 1_000_000) }
}
