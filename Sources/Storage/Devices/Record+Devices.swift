import Crypto
package import Experience

extension Record {
    /// Issues a device and gives its token, which is shown once and kept as a hash.
    package func issueDevice(
        named name: String, at touchpoint: Slug, service: ServiceID, agency: AgencyID, by account: String
    ) async throws(StorageError) -> String {
        guard (1...60).contains(name.count) else { throw .refused("give the device a name of 1 to 60 characters.") }
        let token = Secret.random()
        let hash = Record.deviceHash(token)
        let id = "d-" + String(hash.prefix(10))
        try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                """
                INSERT INTO device (agency, id, service, touchpoint, name, token_hash, created_at, waiting, presses,
                  day, presses_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, 0)
                """, .text(agency.text), .text(id), .text(service.text), .text(touchpoint.text), .text(name),
                .text(hash), .integer(transaction.now.microseconds))
            try transaction.session.note(
                AuditEntry(account: account, action: .grant, agency: agency, subject: "device:\(id)"),
                at: transaction.now)
        }
        return token
    }

    /// Ends a device's token; what it sent stays. Gives whether there was such a device.
    package func revokeDevice(_ id: Slug, agency: AgencyID, by account: String) async throws(StorageError) -> Bool {
        try await write { (transaction) throws(StorageError) in
            let changed = try transaction.session.run(
                "UPDATE device SET revoked_at = ?3 WHERE agency = ?1 AND id = ?2 AND revoked_at IS NULL",
                .text(agency.text), .text(id.text), .integer(transaction.now.microseconds))
            if changed > 0 {
                try transaction.session.note(
                    AuditEntry(account: account, action: .revoke, agency: agency, subject: "device:\(id)"),
                    at: transaction.now)
            }
            return changed > 0
        }
    }

    package func devices(
        agency: AgencyID, service: ServiceID, day: Int64
    ) async throws(StorageError) -> [TouchpointDevice] {
        try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                "SELECT \(DeviceRow.list) FROM device WHERE agency = ?1 AND service = ?2 ORDER BY touchpoint, name, id",
                [.text(agency.text), .text(service.text)]
            ) { (row) throws(StorageError) in DeviceRow.read(row, day: day) }.compactMap { $0 }
        }
    }

    /// The device of a token; nil when it is unknown or revoked.
    package func device(token: String, agency: AgencyID) async throws(StorageError) -> TouchpointDevice? {
        let hash = Record.deviceHash(token)
        return try await read(agency: agency) { (session) throws(StorageError) in
            try session.row(
                """
                SELECT \(DeviceRow.list) FROM device WHERE agency = ?1 AND token_hash = ?2 AND revoked_at IS NULL
                """, [.text(agency.text), .text(hash)]
            ) { (row) throws(StorageError) in DeviceRow.read(row, day: 0) } ?? nil
        }
    }

    /// Whether a place has devices in use: then a press without a token is not counted unseen.
    package func hasDevices(
        at touchpoint: Slug, service: ServiceID, agency: AgencyID
    ) async throws(StorageError) -> Bool {
        try await read(agency: agency) { (session) throws(StorageError) in
            try session.integer(
                """
                SELECT count(*) FROM device
                WHERE agency = ?1 AND service = ?2 AND touchpoint = ?3 AND revoked_at IS NULL
                """, [.text(agency.text), .text(service.text), .text(touchpoint.text)]) > 0
        }
    }

    /// What a device tells of itself: that it lives, what it still holds, what it has sent just now.
    ///
    /// - Parameter day: the day in the site's zone, counted from 1970; the day's count begins anew with it.
    package func noteDevice(
        _ id: Slug, agency: AgencyID, waiting: Int, presses: Int, day: Int64
    ) async throws(StorageError) {
        let (held, sent) = (Int64(max(0, min(waiting, 1_000_000))), Int64(max(0, min(presses, 100_000))))
        _ = try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                """
                UPDATE device SET seen_at = ?3, waiting = ?4, presses = presses + ?5,
                  presses_day = CASE WHEN day = ?6 THEN presses_day + ?5 ELSE ?5 END, day = ?6
                WHERE agency = ?1 AND id = ?2
                """, .text(agency.text), .text(id.text), .integer(transaction.now.microseconds), .integer(held),
                .integer(sent), .integer(day))
        }
    }

    private static func deviceHash(_ token: String) -> String {
        Hex.encode(SHA256.hash(data: Array("device \(token)".utf8)))
    }
}

enum DeviceRow {
    static let list = """
        id, service, touchpoint, name, created_at, revoked_at, seen_at, waiting, presses, day, presses_day
        """

    static func read(_ row: Prepared, day: Int64) -> TouchpointDevice? {
        guard let id = Slug(row.text(0)), let service = ServiceID(row.text(1)), let touchpoint = Slug(row.text(2))
        else { return nil }
        return TouchpointDevice(
            id: id, service: service, touchpoint: touchpoint, name: row.text(3),
            created: Instant(microseconds: row.integer(4)),
            revoked: row.optionalInteger(5).map { Instant(microseconds: $0) },
            seen: row.optionalInteger(6).map { Instant(microseconds: $0) }, waiting: Int(row.integer(7)),
            presses: Int(row.integer(8)), pressesToday: row.integer(9) == day ? Int(row.integer(10)) : 0)
    }
}
