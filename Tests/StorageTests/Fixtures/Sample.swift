import Experience
import Foundation
import Storage

/// A made-up service and events for it.
enum Sample {
    static let agency = AgencyID("permits")!
    static let service = ServiceID("street-permit")!
    static let start = Instant(rfc3339: "2026-03-02T15:00:00Z")!
    static let keys = VaultKeys(current: VaultKey(bytes: Array(repeating: 7, count: 32))!)

    static func text(_ words: String) -> LocalText { LocalText(en: words, es: words) }
    static func slug(_ text: String) -> Slug { Slug(text)! }

    static let definition = ServiceDefinition(
        id: service, agency: agency, agencyName: text("Permits"), title: text("Street permit"),
        summary: text("A permit"),
        steps: [
            .init(id: slug("filed"), title: text("Filed"), by: .person),
            .init(id: slug("asked"), title: text("Asked"), by: .staff, expected: false),
            .init(id: slug("answered"), title: text("Answered"), by: .person, expected: false),
            .init(id: slug("issued"), title: text("Issued"), by: .staff),
            .init(id: slug("posted"), title: text("Posted"), by: .partner, closes: true),
        ], channels: [.web, .phone],
        promise: .init(
            from: slug("filed"), to: slug("issued"), calendar: slug("us-federal"), standard: .workingDays(10),
            probability: 0.9, pauses: [.init(at: slug("asked"), until: slug("answered"), waitingFor: .person)]),
        outcome: text("Did you get it?"), cohorts: [.init(name: "office", title: text("Office"))])

    static let rules = ViewRules(services: [definition])

    static func event(
        _ journey: String, _ id: String, _ activity: String = "filed", kind: EventKind = .step, hours: Double = 0,
        channel: Channel = .web, attributes: [String: AttributeValue] = [:], source: String = "test"
    ) -> Event {
        Event(
            agency: agency, service: service, journey: JourneyID(journey)!, source: source, sourceID: id, kind: kind,
            activity: activity, channel: channel, actor: Actor(.person),
            occurred: start.advanced(by: Int64(hours * Double(Instant.hour))), attributes: attributes)
    }

    static func armed(_ journey: String, _ id: String, days: Int = 10, hours: Double = 0) -> Event {
        let terms = PromiseTerms(
            budget: .workingDays(days), calendar: CalendarReference("us-federal")!, probability: 0.9,
            basis: "declared standard")
        return entry(.armed(terms), journey, id, hours: hours)
    }

    static func entry(_ entry: PromiseEntry, _ journey: String, _ id: String, hours: Double) -> Event {
        event(journey, id, entry.activity, kind: .promise, hours: hours, attributes: entry.attributes)
    }
}
