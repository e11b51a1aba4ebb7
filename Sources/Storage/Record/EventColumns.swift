import Experience

/// How an event lies in its row: the one place that knows the order of the columns.
enum EventColumns {
    static let list = """
        sequence, agency, service, journey, source, source_id, kind, activity, channel, touchpoint, actor_role, \
        actor_id, actor_unit, occurred, recorded, attributes
        """

    static let parameters = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16"

    /// For arrays of each.
    static let types = "ittttttttttttiit"

    static func bind(_ prepared: PreparedEvent, sequence: Int64, recorded: Instant, to row: Prepared) {
        let event = prepared.event
        row.bind(1, sequence)
        row.bind(2, event.agency.text)
        row.bind(3, event.service.text)
        row.bind(4, event.journey.text)
        row.bind(5, event.source)
        row.bind(6, event.sourceID)
        row.bind(7, event.kind.rawValue)
        row.bind(8, event.activity)
        row.bind(9, event.channel.rawValue)
        row.bind(10, event.touchpoint)
        row.bind(11, event.actor.role.rawValue)
        row.bind(12, event.actor.id)
        row.bind(13, event.actor.unit)
        row.bind(14, event.occurred.microseconds)
        row.bind(15, recorded.microseconds)
        row.bind(16, utf8: prepared.attributes)
    }

    static func read(_ row: Prepared) throws(StorageError) -> RecordedEvent {
        let sequence = row.integer(0)
        guard let agency = AgencyID(row.text(1)), let service = ServiceID(row.text(2)),
            let journey = JourneyID(row.text(3)), let kind = EventKind(rawValue: row.text(6)),
            let channel = Channel(rawValue: row.text(8)), let role = Actor.Role(rawValue: row.text(10)),
            let attributes = row.withUTF8(15, AttributeText.decode)
        else { throw .damaged("event \(sequence) can't be read") }
        return RecordedEvent(
            sequence: sequence, recorded: Instant(microseconds: row.integer(14)),
            event: Event(
                agency: agency, service: service, journey: journey, source: row.text(4), sourceID: row.text(5),
                kind: kind, activity: row.text(7), channel: channel, touchpoint: row.optionalText(9),
                actor: Actor(role, id: row.optionalText(11), unit: row.optionalText(12)),
                occurred: Instant(microseconds: row.integer(13)), attributes: attributes))
    }
}
