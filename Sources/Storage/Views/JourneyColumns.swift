import Experience

/// How a journey's state lies in its rows: the one place that knows the order of the columns of both views.
enum JourneyColumns {
    static let list = """
        agency, journey, service, opened, last_occurred, last_activity, last_sequence, events, first_channel, \
        contacts, failure_demand, closed_at, result, outcome, outcome_at, rating, responses, cohorts
        """

    /// A journey with the lines of its promise, as every read of the view selects it.
    static let selected =
        list.split(separator: ", ").map { "j.\($0)" }.joined(separator: ", ") + ", p.lines"

    static let from = """
        journey AS j LEFT JOIN promise AS p ON p.agency = j.agency AND p.journey = j.journey
        """

    static let insert = """
        INSERT INTO journey (\(list))
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        """

    /// Every column that an index leads by or selects by, and the rest.
    static let updateAll = """
        UPDATE journey SET service = ?3, opened = ?4, last_occurred = ?5, last_activity = ?6, last_sequence = ?7,
          events = ?8, first_channel = ?9, contacts = ?10, failure_demand = ?11, closed_at = ?12, result = ?13,
          outcome = ?14, outcome_at = ?15, rating = ?16, responses = ?17, cohorts = ?18
        WHERE agency = ?1 AND journey = ?2
        """

    /// The columns outside every index: what most events change, at a fraction of the cost.
    static let updateCounts = """
        UPDATE journey SET last_occurred = ?3, last_activity = ?4, last_sequence = ?5, events = ?6,
          contacts = ?7, failure_demand = ?8, rating = ?9, responses = ?10, cohorts = ?11
        WHERE agency = ?1 AND journey = ?2
        """

    // The same for many rows.

    static let insertTogether = ManyRows(
        sql: "INSERT INTO journey (\(list)) SELECT * FROM unnest(\(PostgresArray.parameters(types)))", types: types)
    static let updateAllTogether = together(updateAll, types: types)
    static let updateCountsTogether = together(updateCounts, types: "ttitiiiiiit")

    private static let types = "tttiitiitiiittiiit"

    /// An update of one row by its first two parameters, made one of many rows. Where one of them is not there it fails,
    /// by dividing by nothing.
    private static func together(_ update: String, types: String) -> ManyRows {
        let assignments = update.split(separator: "SET ")[1].split(separator: "WHERE")[0]
        let names = (1...types.count).map { "c\($0)" }.joined(separator: ", ")
        let sql = """
            WITH done AS (
              UPDATE journey AS j SET \(assignments.replacing("?", with: "s.c"))
              FROM unnest(\(PostgresArray.parameters(types))) AS s (\(names))
              WHERE j.agency = s.c1 COLLATE "C" AND j.journey = s.c2 COLLATE "C" RETURNING 1
            )
            SELECT 1 / (count(*) = cardinality(?1::text[]))::int FROM done
            """
        return ManyRows(sql: sql, types: types)
    }

    /// One more event that changes nothing but what was noted last.
    static let updateNoted = """
        UPDATE journey SET events = events + 1, last_sequence = ?3,
          last_activity = CASE WHEN last_occurred <= ?4 THEN ?5 ELSE last_activity END,
          last_occurred = CASE WHEN last_occurred <= ?4 THEN ?4 ELSE last_occurred END
        WHERE agency = ?1 AND journey = ?2
        """

    static func bindNoted(_ recorded: RecordedEvent, to row: Prepared) {
        row.bind(1, recorded.event.agency.text)
        row.bind(2, recorded.event.journey.text)
        row.bind(3, recorded.sequence)
        row.bind(4, recorded.event.occurred.microseconds)
        row.bind(5, recorded.event.activity)
    }

    static func bindAll(_ state: JourneyState, to row: Prepared) {
        row.bind(1, state.agency.text)
        row.bind(2, state.journey.text)
        row.bind(3, state.service.text)
        row.bind(4, state.opened.microseconds)
        row.bind(5, state.lastOccurred.microseconds)
        row.bind(6, state.lastActivity)
        row.bind(7, state.lastSequence)
        row.bind(8, Int64(state.events))
        row.bind(9, state.firstChannel.rawValue)
        row.bind(10, Int64(state.contacts))
        row.bind(11, Int64(state.failureDemand))
        row.bind(12, state.closed?.at.microseconds)
        row.bind(13, state.closed?.result)
        row.bind(14, state.outcome?.rawValue)
        row.bind(15, state.outcomeAt?.microseconds)
        row.bind(16, state.rating.map(Int64.init))
        row.bind(17, Int64(state.responses))
        row.bind(18, utf8: CohortText.encode(state.cohorts))
    }

    static func bindCounts(_ state: JourneyState, to row: Prepared) {
        row.bind(1, state.agency.text)
        row.bind(2, state.journey.text)
        row.bind(3, state.lastOccurred.microseconds)
        row.bind(4, state.lastActivity)
        row.bind(5, state.lastSequence)
        row.bind(6, Int64(state.events))
        row.bind(7, Int64(state.contacts))
        row.bind(8, Int64(state.failureDemand))
        row.bind(9, state.rating.map(Int64.init))
        row.bind(10, Int64(state.responses))
        row.bind(11, utf8: CohortText.encode(state.cohorts))
    }

    /// Reads a row of ``selected``.
    static func read(_ row: Prepared, calendars: CalendarSet) throws(StorageError) -> JourneyState {
        guard let agency = AgencyID(row.text(0)), let journey = JourneyID(row.text(1)),
            let service = ServiceID(row.text(2)), let channel = Channel(rawValue: row.text(8))
        else { throw .damaged("a row of the journey view can't be read; run throughline rebuild") }
        let closing = row.optionalInteger(11).map { at in
            JourneyState.Closing(at: Instant(microseconds: at), result: row.text(12))
        }
        var state = JourneyState(
            agency: agency, service: service, journey: journey, opened: Instant(microseconds: row.integer(3)),
            lastOccurred: Instant(microseconds: row.integer(4)), lastActivity: row.text(5),
            lastSequence: row.integer(6), events: Int(row.integer(7)), firstChannel: channel,
            contacts: Int(row.integer(9)), failureDemand: Int(row.integer(10)), closed: closing,
            outcome: row.optionalText(13).flatMap(JourneyState.Solved.init(rawValue:)),
            outcomeAt: row.optionalInteger(14).map(Instant.init(microseconds:)),
            rating: row.optionalInteger(15).map { Int($0) }, responses: Int(row.integer(16)),
            cohorts: row.withUTF8(17, CohortText.decode))
        if let text = row.optionalText(18) {
            guard let lines = PromiseLineText.decode(text) else {
                throw .damaged("a row of the promise view can't be read; run throughline rebuild")
            }
            state.promiseLines = lines
            state.settle(calendars: calendars)
        }
        return state
    }
}
