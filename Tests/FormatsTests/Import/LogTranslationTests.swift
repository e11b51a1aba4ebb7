import Experience
import Formats
import Testing

@Suite struct LogTranslationTests {
    let derived = DerivedService(
        id: Slug("permits")!, title: "Permits \"2026\"", activities: ["T02 Check", "T02 check", "结束", "a: b # c"],
        closing: ["结束"], cohorts: ["case:channel"])

    func definition() throws -> ServiceDefinition {
        let reading = readServiceDefinition(
            yaml: derived.yaml, file: "permits.yaml", calendars: .standard, today: CivilDate(daysSince1970: 20_000))
        return try #require(reading.definition, "\(reading.findings)")
    }

    func row(_ journey: String, _ activity: String = "T02 Check", position: Int = 1) -> ImportedEvent {
        ImportedEvent(
            journey: journey, activity: activity, occurred: 0, recorded: nil, resource: "officer-1", lifecycle: nil,
            journeyAttributes: ["case:channel": .text("Desk"), "channel": .text("Internet")], attributes: [:], line: 2,
            position: position)
    }

    @Test func aDefinitionDerivedFromALogIsAValidOne() throws {
        let definition = try definition()
        #expect(definition.steps.count == 4)
        #expect(Set(definition.steps.map(\.id)).count == 4)
        #expect(definition.step(named: "结束")?.closes == true)
        #expect(definition.title.en == "Permits \"2026\"")
        #expect(definition.cohorts.map(\.name) == ["case:channel"])
    }

    @Test func theSameRowHasTheSameIdAndANeighbourDoesNotRepeatTheJourneysAttributes() throws {
        var translation = LogTranslation(definition: try definition(), source: "log:a.csv")
        let first = try translation.event(row("NA", position: 7))
        let second = try translation.event(row("NA", position: 8))
        #expect(first.journey.text == "NA")
        #expect(first.sourceID == "7")
        #expect(first.attributes["case:channel"] == .text("Desk"))
        #expect(second.attributes["case:channel"] == nil)
        #expect(first.channel == .web)
    }

    @Test(arguments: ["", "a\u{1}b", String(repeating: "x", count: 201)])
    func refusesARowWhoseJourneyCannotBeNamed(journey: String) throws {
        var translation = LogTranslation(definition: try definition(), source: "log:a.csv")
        #expect(throws: EventProblem.self) { try translation.event(row(journey)) }
    }

    @Test(arguments: [("Internet", Channel.web), ("e-mail", .email), ("POST", .mail), ("???", .unknown)])
    func knowsOtherSystemsWordsForChannels(word: String, channel: Channel) {
        #expect(Channel(imported: word) == channel)
    }
}

@Suite struct DerivedOrderTests {
    @Test func stepsAreListedInTheOrderPeopleMeetThem() throws {
        let csv = """
            case,activity,time
            1,zulu,2026-01-01T00:00:00Z
            1,alpha,2026-01-02T00:00:00Z
            1,mike,2026-01-03T00:00:00Z
            2,zulu,2026-01-01T00:00:00Z
            2,mike,2026-01-03T00:00:00Z
            """
        let log = try LogReader.read(bytes: Array(csv.utf8), named: "a.csv").log
        #expect(DerivedService.order(of: log) == ["zulu", "alpha", "mike"])
    }
}
