import Experience

/// How a promise lies in its row.
enum PromiseColumns {
    static let list = """
        agency, journey, service, state, armed_at, date_given, first_due, last_due, ended_at, met, waiting_since, \
        repromises, probability, lines
        """

    static let upsert = """
        INSERT INTO promise (\(list))
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT (agency, journey) DO UPDATE SET service = excluded.service, state = excluded.state,
          armed_at = excluded.armed_at, date_given = excluded.date_given, first_due = excluded.first_due,
          last_due = excluded.last_due, ended_at = excluded.ended_at, met = excluded.met,
          waiting_since = excluded.waiting_since, repromises = excluded.repromises,
          probability = excluded.probability, lines = excluded.lines
        """

    /// The same for many rows.
    static let upsertTogether = ManyRows(
        sql: upsert.replacing(
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            with: "SELECT * FROM unnest(\(PostgresArray.parameters(types)))"), types: types)

    private static let types = "ttttiiiiiiiirt"

    /// The dates of a promise worked out again, unless its lines changed since they were read.
    static let updateMoved = """
        UPDATE promise SET state = ?3, first_due = ?4, last_due = ?5, lines = ?6
        WHERE agency = ?1 AND journey = ?2 AND lines = ?7
        """

    static func bindMoved(_ move: PromiseMove, _ after: String, to row: Prepared) {
        row.bind(1, move.event.event.agency.text)
        row.bind(2, move.event.event.journey.text)
        row.bind(3, move.clock.state.rawValue)
        row.bind(4, move.clock.firstDue?.microseconds)
        row.bind(5, move.clock.lastDue?.microseconds)
        row.bind(6, after)
        row.bind(7, move.before)
    }

    static func bind(_ state: JourneyState, _ clock: PromiseClock, to row: Prepared) {
        row.bind(1, state.agency.text)
        row.bind(2, state.journey.text)
        row.bind(3, state.service.text)
        row.bind(4, clock.state.rawValue)
        row.bind(5, clock.armedAt?.microseconds)
        row.bind(6, clock.dateGiven?.microseconds)
        row.bind(7, clock.firstDue?.microseconds)
        row.bind(8, clock.lastDue?.microseconds)
        row.bind(9, clock.endedAt?.microseconds)
        // An ended clock that is not withdrawn was met, in time or late.
        row.bind(10, Int64(clock.isEnded && clock.state != .withdrawn ? 1 : 0))
        row.bind(11, clock.waitingSince?.microseconds)
        row.bind(12, Int64(clock.repromises))
        if let probability = clock.probability { row.bind(13, probability) } else { row.bindNull(13) }
        row.bind(14, PromiseLineText.encode(state.promiseLines))
    }
}
