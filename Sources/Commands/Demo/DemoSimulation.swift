package import Experience

/// A year of the services that come with Throughline, made up: about 30,000 journeys with their promises, contacts,
/// responses and outcomes. The same seed, definitions and day give the same events to the byte.
///
/// Every event has the source `demo` and the attribute `simulated`, so that it can never pass for the real thing.
/// Services without a model here are left out.
package struct DemoSimulation: Sendable {
    package let seed: UInt64
    package let definitions: [ServiceDefinition]
    package let calendars: CalendarSet
    /// The year ends the day before.
    package let today: CivilDate
    /// 1 is about 30,000 journeys; less is fewer, with fewer staff.
    package let size: Double

    private static let models: [any DemoModel] = [
        PassportModel(), UnemploymentModel(), SupplyModel(), LoanModel(), PersonnelModel(),
    ]

    package init(
        seed: UInt64, definitions: [ServiceDefinition], today: CivilDate, calendars: CalendarSet = .standard,
        size: Double = 1
    ) {
        self.seed = seed
        self.definitions = definitions
        self.today = today
        self.calendars = calendars
        self.size = max(0, min(size, 100))
    }

    /// The services that will be simulated.
    package var services: [ServiceID] {
        DemoSimulation.models.compactMap { model in definitions.first { $0.id.text == model.service }?.id }
    }

    /// All events of all services in the order they occurred, cut into batches of up to `batchSize`.
    package func batches(of batchSize: Int = 10_000) -> [DemoBatch] {
        let days = today.adding(days: -365)..<today
        var events: [Event] = []
        var words: [String: [DemoWords]] = [:]
        for (number, model) in DemoSimulation.models.enumerated() {
            guard let definition = definitions.first(where: { $0.id.text == model.service }) else { continue }
            // A stream of its own for each service: a change in one leaves the others as they were.
            var mixer = DemoRandom(seed: seed &+ UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15)
            let random = DemoRandom(seed: mixer.next())
            guard
                var simulation = ServiceSimulation(
                    model, definition, calendars: calendars, days: days, random: random, size: size)
            else { continue }
            events += simulation.run()
            for one in simulation.words { words[one.sourceID, default: []].append(one) }
        }
        // Stable, so that equal times keep the order of their service.
        let order = events.indices.sorted { (events[$0].occurred, $0) < (events[$1].occurred, $1) }
        let step = max(1, batchSize)
        return stride(from: 0, to: order.count, by: step).map { from in
            let part = order[from..<min(from + step, order.count)].map { events[$0] }
            return DemoBatch(events: part, words: part.flatMap { $0.kind == .response ? words[$0.sourceID] ?? [] : [] })
        }
    }
}
