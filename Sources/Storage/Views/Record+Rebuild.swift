import Crypto
import Experience

extension Record {
    /// Derives every view again from the events, with today's definitions, in one transaction; writers wait.
    ///
    /// - Parameter progress: journeys done so far, called about every thousand.
    /// - Returns: the number of journeys.
    @discardableResult
    package func rebuild(progress: (@Sendable (Int) -> Void)? = nil) async throws(StorageError) -> Int {
        let rules = options.rules
        return try await write(weight: .max / 2) { (transaction) throws(StorageError) in
            let session = transaction.session
            transaction.views.forget()
            try session.run("DELETE FROM journey")
            try session.run("DELETE FROM promise")
            let keeper = ViewKeeper(rules: rules)
            var journeys = 0
            var current: (AgencyID, JourneyID)?
            // In the order of the journeys, so that one at a time is held.
            try session.forEach("SELECT \(EventColumns.list) FROM event ORDER BY agency, journey, sequence") {
                (row) throws(StorageError) in
                let recorded = try EventColumns.read(row)
                let key = (recorded.event.agency, recorded.event.journey)
                if current.map({ $0 != key }) ?? true {
                    current = key
                    journeys += 1
                    if journeys.isMultiple(of: 1_000) {
                        try keeper.flush(session)
                        keeper.forget()
                        progress?(journeys)
                    }
                }
                try keeper.fold(recorded, session)
            }
            try keeper.flush(session)
            try session.rebuildOffers()
            progress?(journeys)
            return journeys
        }
    }

    /// A digest of everything in the views: equal digests are equal views.
    package func viewsDigest() async throws(StorageError) -> String {
        try await read { (session) throws(StorageError) in
            var hash = SHA256()
            let queries: [(String, Int)] = [
                ("SELECT \(JourneyColumns.list) FROM journey ORDER BY agency, journey", 18),
                ("SELECT \(PromiseColumns.list) FROM promise ORDER BY agency, journey", 14),
                (
                    """
                    SELECT agency, service, transaction_key, person, form, channel, touchpoint, solicited, plan,
                      offered_at, answered_at FROM offer ORDER BY agency, service, transaction_key
                    """, 11
                ),
            ]
            for (query, columns) in queries {
                try session.forEach(query) { (row) throws(StorageError) in
                    for column in 0..<Int32(columns) {
                        let text = row.optionalText(column)
                        hash.update(data: Array("\(text?.utf8.count ?? -1):\(text ?? "")".utf8))
                    }
                }
                hash.update(data: [0xFF])
            }
            return Hex.encode(hash.finalize())
        }
    }
}
