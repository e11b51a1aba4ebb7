package import Experience

/// Turns the rows of an imported log into events of a service.
package struct LogTranslation {
    private let definition: ServiceDefinition
    private let source: String
    private var previousJourney: String?

    package init(definition: ServiceDefinition, source: String) {
        self.definition = definition
        self.source = source
    }

    /// The event of a row. Its id in the source is its place in the file, so that importing a file again stores
    /// nothing twice. The attributes of a journey go with the first of its neighbouring rows.
    package mutating func event(_ row: ImportedEvent) throws(EventProblem) -> Event {
        guard let journey = JourneyID(row.journey) else {
            throw row.journey.isEmpty
                ? .empty(field: "case id")
                : row.journey.utf8.count > 200
                    ? .tooLong(field: "case id", limit: 200) : .controlCharacters(field: "case id")
        }
        var attributes = row.attributes
        if previousJourney != row.journey {
            previousJourney = row.journey
            for (name, value) in row.journeyAttributes where attributes[name] == nil { attributes[name] = value }
        }
        if let lifecycle = row.lifecycle { attributes["lifecycle"] = .text(lifecycle) }
        let step = definition.step(named: row.activity)
        let event = Event(
            agency: definition.agency, service: definition.id, journey: journey, source: source,
            sourceID: "\(row.position)", activity: row.activity, channel: channel(of: row),
            actor: Actor(step?.by ?? .unknown, id: row.resource, unit: step?.unit),
            occurred: Instant(microseconds: row.occurred), attributes: attributes)
        try event.check()
        return event
    }

    private func channel(of row: ImportedEvent) -> Channel {
        guard case .text(let word)? = row.attributes["channel"] ?? row.journeyAttributes["channel"] else {
            return .unknown
        }
        return Channel(imported: word)
    }
}

extension Channel {
    /// The channel another system's word stands for; `unknown` when it can't be told.
    package init(imported word: String) {
        let key = String(word.lowercased().filter { $0.isLetter })
        self =
            switch key {
            case "web", "internet", "online", "portal", "website", "site", "app": .web
            case "phone", "telephone", "call", "telefoon", "voice": .phone
            case "inperson", "desk", "office", "counter", "balie", "walkin": .inPerson
            case "mail", "post", "letter", "brief", "paper": .mail
            case "email", "mailbox": .email
            case "sms", "text", "textmessage": .sms
            case "chat", "bot", "messenger": .chat
            case "kiosk", "terminal": .kiosk
            case "partner", "lender", "supplier", "broker": .partner
            case "system", "intern", "internal", "batch": .system
            default: .unknown
            }
    }
}
