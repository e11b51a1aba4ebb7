package import Experience

extension Record {
    /// One journey, or nil.
    package func journey(_ journey: JourneyID, agency: AgencyID) async throws(StorageError) -> JourneyState? {
        let calendars = options.rules.calendars()
        return try await read(agency: agency) { (session) throws(StorageError) in
            try session.journey(journey.text, agency: agency.text, calendars)
        }
    }

    /// A page of journeys. Continue with `query.after = page.next`.
    package func journeys(_ query: JourneyQuery) async throws(StorageError) -> Page<JourneyState> {
        let calendars = options.rules.calendars()
        let limit = max(1, min(query.limit, 10_000))
        return try await read(agency: query.agency) { (session) throws(StorageError) in
            var filter = JourneyFilter(query, dialect: session.dialect)
            let order = filter.order(query)
            let count = filter.bind(.integer(Int64(limit + 1)))
            var found = try session.rows(
                """
                SELECT \(JourneyColumns.selected) FROM \(JourneyColumns.from) WHERE \(filter.condition)
                ORDER BY \(order) LIMIT \(count)
                """, filter.values
            ) { (row) throws(StorageError) in try JourneyColumns.read(row, calendars: calendars) }
            guard found.count > limit, let last = found.prefix(limit).last else { return Page(items: found) }
            found.removeLast(found.count - limit)
            let value =
                switch query.sort {
                case .newest, .oldest: last.opened
                case .due: last.promise?.lastDue ?? last.opened
                case .latestEvent: last.lastOccurred
                }
            return Page(items: found, next: PageKey(value: value.microseconds, journey: last.journey))
        }
    }

    /// These journeys of a service, in no order, however many they are: they are read in parts.
    package func journeys(
        _ ids: Set<JourneyID>, of service: ServiceID, agency: AgencyID, inPartsOf part: Int = JourneyQuery.idLimit,
        take: (JourneyState) -> Void
    ) async throws(StorageError) {
        let part = max(1, min(part, JourneyQuery.idLimit))
        var rest = Array(ids)[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(part))
            rest = rest.dropFirst(part)
            let query = JourneyQuery(agency: agency, service: service, ids: some, limit: some.count)
            for state in try await journeys(query).items { take(state) }
        }
    }

    /// How many journeys the query takes, by what became of them. Sort and page are ignored.
    package func counts(_ query: JourneyQuery) async throws(StorageError) -> JourneyCounts {
        try await read(agency: query.agency) { (session) throws(StorageError) in
            var filter = JourneyFilter(query, dialect: session.dialect)
            let now = filter.bind(.integer(query.now.microseconds))
            let horizon = filter.bind(.integer(query.now.advanced(by: query.atRiskWithin).microseconds))
            func sum(_ condition: String) -> String { "coalesce(sum(CASE WHEN \(condition) THEN 1 ELSE 0 END), 0)" }
            let columns = [
                "count(*)", sum("j.closed_at IS NULL"), sum("j.closed_at IS NOT NULL"),
                sum("j.closed_at IS NOT NULL AND j.outcome = 'no'"), sum("j.outcome IS NOT NULL"),
                sum("j.outcome = 'yes'"), "coalesce(sum(j.contacts), 0)", "coalesce(sum(j.failure_demand), 0)",
                sum("p.last_due IS NOT NULL"), sum(JourneyFilter.kept), sum(JourneyFilter.broken(now)),
                sum("\(JourneyFilter.owed(now)) AND p.last_due < \(horizon)"),
            ]
            let counts = try session.row(
                """
                SELECT \(columns.joined(separator: ", ")) FROM \(JourneyColumns.from) WHERE \(filter.condition)
                """, filter.values
            ) { (row) throws(StorageError) in
                var counts = JourneyCounts()
                let fields: [WritableKeyPath<JourneyCounts, Int>] = [
                    \.total, \.open, \.closed, \.closedNotSolved, \.answeredOutcome, \.solved, \.contacts,
                    \.failureDemand, \.promisesGiven, \.promisesKept, \.promisesBroken, \.promisesAtRisk,
                ]
                for (column, field) in fields.enumerated() { counts[keyPath: field] = Int(row.integer(Int32(column))) }
                return counts
            }
            return counts ?? JourneyCounts()
        }
    }

    /// Promises still owed, the soonest date first, overdue ones leading.
    package func openPromises(
        agency: AgencyID, service: ServiceID? = nil, dueBefore: Instant? = nil, limit: Int = 200
    ) async throws(StorageError) -> [JourneyState] {
        let calendars = options.rules.calendars()
        let count = Int64(max(0, min(limit, 10_000)))
        return try await read(agency: agency) { (session) throws(StorageError) in
            var conditions = "p.agency = ?1 AND p.ended_at IS NULL AND p.last_due IS NOT NULL"
            var values: [SQLValue] = [.text(agency.text), .integer(count)]
            if let service {
                values.append(.text(service.text))
                conditions += " AND p.service = ?\(values.count)"
            }
            if let dueBefore {
                values.append(.integer(dueBefore.microseconds))
                conditions += " AND p.last_due < ?\(values.count)"
            }
            return try session.rows(
                """
                SELECT \(JourneyColumns.selected) FROM promise AS p
                JOIN journey AS j ON j.agency = p.agency AND j.journey = p.journey
                WHERE \(conditions) ORDER BY p.last_due, p.journey LIMIT ?2
                """, values
            ) { (row) throws(StorageError) in try JourneyColumns.read(row, calendars: calendars) }
        }
    }

    /// The journey a person's tracking code leads to. Needs the vault key the code was made under.
    package func journey(trackedBy code: TrackingCode) async throws(StorageError) -> JourneyState? {
        let hash = try hash(of: code)
        let calendars = options.rules.calendars()
        return try await read { (session) throws(StorageError) in
            let found = try session.row(
                "SELECT agency, journey FROM tracking WHERE code_hash = ?1", [.text(hash)]
            ) { (row) throws(StorageError) in (row.text(0), row.text(1)) }
            guard let (agency, journey) = found else { return nil }
            return try session.journey(journey, agency: agency, calendars)
        }
    }
}

extension Session {
    func journey(_ journey: String, agency: String, _ calendars: CalendarSet) throws(StorageError) -> JourneyState? {
        try row(
            "SELECT \(JourneyColumns.selected) FROM \(JourneyColumns.from) WHERE j.agency = ?1 AND j.journey = ?2",
            [.text(agency), .text(journey)]
        ) { (row) throws(StorageError) in try JourneyColumns.read(row, calendars: calendars) }
    }
}
