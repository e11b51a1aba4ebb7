import Crypto
package import Experience

extension Record {
    /// Decides whether a person is asked about a transaction, and records it. One decision a transaction: asked again,
    /// the answer is the same. The offer is an event on the journey (or at the touchpoint) without personal data.
    package func offer(_ ask: OfferAsk) async throws(StorageError) -> OfferDecision {
        let key = try transactionKey(ask.transaction, service: ask.service, agency: ask.agency)
        var person = ask.personKey
        if let named = ask.person { person = try personKey(named, agency: ask.agency) }
        var names = person.map { [$0] } ?? []
        for other in ask.alsoKnownAs { names.append(try personKey(other, agency: ask.agency)) }
        let event = try OfferEvent.make(ask, key: key, person: person)
        let known = names
        return try await write { (transaction) throws(StorageError) in
            let session = transaction.session
            let found: [SQLValue] = [.text(ask.agency.text), .text(ask.service.text), .text(key)]
            let earlier = try session.row(
                "SELECT answered_at FROM offer WHERE agency = ?1 AND service = ?2 AND transaction_key = ?3", found
            ) { (row) throws(StorageError) in row.isNull(0) ? OfferDecision.offered(isNew: false) : .answered }
            if let earlier { return earlier }
            let passed = try session.row(
                "SELECT reason FROM offer_passed WHERE agency = ?1 AND service = ?2 AND transaction_key = ?3", found
            ) { (row) throws(StorageError) in OfferDecision.Reason(rawValue: row.text(0)) ?? .notDrawn }
            if let passed { return .passedOver(passed) }
            let decision = try session.judge(ask, key: key, names: known)
            switch decision {
            case .offered, .answered: _ = try transaction.append(event)
            case .passedOver(let reason):
                try session.run(
                    """
                    INSERT INTO offer_passed (agency, service, transaction_key, form, channel, reason, passed_at)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (agency, service, transaction_key) DO NOTHING
                    """, .text(ask.agency.text), .text(ask.service.text), .text(key), .text(ask.form.text),
                    .text(ask.channel.rawValue), .text(reason.rawValue), .integer(ask.at.microseconds))
            }
            return decision
        }
    }

    /// What a transaction is kept as: a keyed hash. The attribute `offer` of a response that answers one.
    package func transactionKey(
        _ transaction: String, service: ServiceID, agency: AgencyID
    ) throws(StorageError) -> String {
        try keyed("transaction", "\(agency)/\(service)/\(transaction)")
    }

    /// What a person's address or number is kept as.
    package func personKey(_ person: String, agency: AgencyID) throws(StorageError) -> String {
        try keyed("person", "\(agency)/\(person)")
    }

    /// 32 hex digits of an HMAC under the vault's hashing key: the same text gives the same, and nobody without the key
    /// can try texts against it.
    package func keyed(_ purpose: String, _ text: String) throws(StorageError) -> String {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(purpose) \(text)".utf8), using: keys.hashing)
        return Hex.encode(code.prefix(16))
    }

    /// Offers of a stretch of time and how many of them were answered, at whatever time.
    package func offerCounts(
        agency: AgencyID, service: ServiceID, period: Period
    ) async throws(StorageError) -> [OfferCount] {
        try await read(agency: agency) { (session) throws(StorageError) in
            let found: [OfferCount?] = try session.rows(
                """
                SELECT form, channel, touchpoint, solicited, count(*), count(answered_at) FROM offer
                WHERE agency = ?1 AND service = ?2 AND offered_at >= ?3 AND offered_at < ?4
                GROUP BY form, channel, touchpoint, solicited ORDER BY form, channel, touchpoint, solicited
                """,
                [
                    .text(agency.text), .text(service.text), .integer(period.from.microseconds),
                    .integer(period.to.microseconds),
                ]
            ) { (row) throws(StorageError) in
                guard let form = Slug(row.text(0)), let channel = Channel(rawValue: row.text(1)),
                    let solicited = Solicitation(rawValue: row.text(3))
                else { return nil }
                return OfferCount(
                    form: form, channel: channel, touchpoint: Slug(row.text(2)), solicited: solicited,
                    offered: Int(row.integer(4)), answered: Int(row.integer(5)))
            }
            return found.compactMap { $0 }
        }
    }

    /// How many were not asked, and why.
    package func passedOver(
        agency: AgencyID, service: ServiceID, period: Period
    ) async throws(StorageError) -> [OfferDecision.Reason: Int] {
        try await read(agency: agency) { (session) throws(StorageError) in
            var counts: [OfferDecision.Reason: Int] = [:]
            try session.forEach(
                """
                SELECT reason, count(*) FROM offer_passed
                WHERE agency = ?1 AND service = ?2 AND passed_at >= ?3 AND passed_at < ?4 GROUP BY reason
                """,
                [
                    .text(agency.text), .text(service.text), .integer(period.from.microseconds),
                    .integer(period.to.microseconds),
                ]
            ) { (row) throws(StorageError) in
                if let reason = OfferDecision.Reason(rawValue: row.text(0)) { counts[reason] = Int(row.integer(1)) }
            }
            return counts
        }
    }
}

/// The event of an offer.
enum OfferEvent {
    static let source = "offer"

    static func make(_ ask: OfferAsk, key: String, person: String?) throws(StorageError) -> PreparedEvent {
        guard let journey = ask.journey ?? JourneyID.unattached(ask.touchpoint?.text ?? ask.form.text) else {
            throw .refused("this offer belongs to no journey and no touchpoint; name one.")
        }
        var attributes: [String: AttributeValue] = [
            ResponseKey.form: .text(ask.form.text), ResponseKey.offer: .text(key),
            ResponseKey.solicited: .text(ask.solicited.rawValue), "probability": .number(ask.rules.share),
            "plan": .text(ask.rules.plan),
        ]
        if let person { attributes["person"] = .text(person) }
        let event = Event(
            agency: ask.agency, service: ask.service, journey: journey, source: source,
            sourceID: "\(ask.service)/\(key)", kind: .offer, activity: "offer", channel: ask.channel,
            touchpoint: ask.touchpoint?.text, actor: Actor(.system), occurred: ask.at, attributes: attributes)
        do throws(PreparedEvent.Refused) { return try PreparedEvent(event) } catch {
            throw .refused(error.reason.description)
        }
    }
}

extension Session {
    /// - Parameter names: the keyed hashes the person goes by.
    func judge(_ ask: OfferAsk, key: String, names: [String]) throws(StorageError) -> OfferDecision {
        var earlier: [Instant] = []
        for person in names {
            if try isStopped(person, agency: ask.agency) { return .passedOver(.declined) }
            earlier += try rows(
                """
                SELECT offered_at FROM offer WHERE agency = ?1 AND person = ?2 AND person IS NOT NULL
                ORDER BY offered_at DESC LIMIT 1000
                """, [.text(ask.agency.text), .text(person)]
            ) { (row) throws(StorageError) in Instant(microseconds: row.integer(0)) }
        }
        return ask.rules.judge(transaction: key, earlier: earlier, at: ask.at)
    }

    func isStopped(_ person: String, agency: AgencyID) throws(StorageError) -> Bool {
        try integer(
            "SELECT count(*) FROM contact_stop WHERE agency = ?1 AND person = ?2",
            [.text(agency.text), .text(person)]) > 0
    }

    /// Folds an event into the view of offers: an offer makes a row, the first response to it marks the row answered.
    func foldOffer(_ recorded: RecordedEvent) throws(StorageError) {
        let event = recorded.event
        guard let key = OfferName.of(event) else { return }
        guard event.kind == .offer else {
            try run(
                """
                UPDATE offer SET answered_at = ?4
                WHERE agency = ?1 AND service = ?2 AND transaction_key = ?3 AND answered_at IS NULL
                """, .text(event.agency.text), .text(event.service.text), .text(key),
                .integer(event.occurred.microseconds))
            return
        }
        func text(_ name: String) -> String? {
            if case .text(let text)? = event.attributes[name] { text } else { nil }
        }
        guard let form = text(ResponseKey.form) else { return }
        try run(
            """
            INSERT INTO offer (agency, service, transaction_key, person, form, channel, touchpoint, solicited,
              probability, plan, offered_at, answered_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, NULL)
            ON CONFLICT (agency, service, transaction_key) DO NOTHING
            """, .text(event.agency.text), .text(event.service.text), .text(key), .optional(text("person")),
            .text(form), .text(event.channel.rawValue), .text(event.touchpoint ?? ""),
            .text(text(ResponseKey.solicited) ?? Solicitation.invited.rawValue),
            .real(event.attributes["probability"]?.number ?? 1), .text(text("plan") ?? ""),
            .integer(event.occurred.microseconds))
    }

    func rebuildOffers() throws(StorageError) {
        try run("DELETE FROM offer")
        try forEach(
            "SELECT \(EventColumns.list) FROM event WHERE kind IN ('offer', 'response') ORDER BY sequence"
        ) { (row) throws(StorageError) in try foldOffer(try EventColumns.read(row)) }
    }
}
