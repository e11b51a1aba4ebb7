package import Experience

extension Record {
    /// Every form written in the browser, of one agency or of all.
    package func forms(of agency: AgencyID? = nil) async throws(StorageError) -> [StoredForm] {
        try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT agency, service, form, stage, draft, version, closed_at, revision, changed_at, changed_by
                FROM form WHERE agency = ?1 OR ?1 IS NULL ORDER BY agency, service, form
                """, [.optional(agency?.text)], Session.storedForm)
        }
    }

    package func form(_ key: FormKey) async throws(StorageError) -> StoredForm? {
        try await read(agency: key.agency) { (session) throws(StorageError) in try session.form(key) }
    }

    /// Makes or changes a form in one transaction, and notes it in the audit log.
    ///
    /// - Parameters:
    ///   - revision: what the writer saw; nil for whatever is there. Refused when somebody changed the form since.
    ///   - change: gets the form as it is (nil: there is none) and gives what it shall be. Called again after a
    ///     failed commit, so without effects of its own.
    package func changeForm(
        _ key: FormKey, by account: String, revision: Int64? = nil, note: String,
        _ change: @escaping @Sendable (StoredForm?) throws(StorageError) -> FormChange
    ) async throws(StorageError) -> StoredForm {
        try await write(weight: 3) { (transaction) throws(StorageError) in
            let session = transaction.session
            let found = try session.form(key)
            if let revision, revision != found?.revision ?? 0 {
                throw .refused("somebody else changed this form; look at it again before you save.")
            }
            let wanted = try change(found)
            let changed = StoredForm(
                key: key, lifecycle: wanted.lifecycle, draft: wanted.draft, revision: (found?.revision ?? 0) + 1,
                changedAt: transaction.now, changedBy: account)
            try session.keep(changed)
            if let definition = wanted.published {
                try session.publish(key, wanted.lifecycle.version, definition, by: account, at: transaction.now)
            }
            try session.note(
                AuditEntry(
                    account: account, action: .write, agency: key.agency,
                    subject: "form:\(key.service)/\(key.form)", detail: note), at: transaction.now)
            return changed
        }
    }

    /// Newest first.
    package func versions(of key: FormKey) async throws(StorageError) -> [StoredVersion] {
        try await read(agency: key.agency) { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT version, definition, published_at, published_by FROM form_version
                WHERE agency = ?1 AND service = ?2 AND form = ?3 ORDER BY version DESC
                """, key.values
            ) { (row) throws(StorageError) in
                StoredVersion(
                    key: key, version: Int(row.integer(0)), definition: row.text(1),
                    publishedAt: Instant(microseconds: row.integer(2)), publishedBy: row.text(3))
            }
        }
    }

    /// Every version of every form there is, by number: what a reader compares with the versions it knows.
    package func versionNames() async throws(StorageError) -> [(key: FormKey, version: Int)] {
        try await read { (session) throws(StorageError) in
            try session.rows(
                "SELECT agency, service, form, version FROM form_version ORDER BY agency, service, form, version", []
            ) { (row) throws(StorageError) in
                guard let agency = AgencyID(row.text(0)), let service = ServiceID(row.text(1)),
                    let form = Slug(row.text(2))
                else { throw .damaged("a form's name can't be read") }
                return (FormKey(agency: agency, service: service, form: form), Int(row.integer(3)))
            }
        }
    }

    package func version(_ number: Int, of key: FormKey) async throws(StorageError) -> StoredVersion? {
        try await read(agency: key.agency) { (session) throws(StorageError) in try session.version(number, of: key) }
    }

    /// Keeps versions of forms that came in files, so that an answer's version can be read when the file has moved
    /// on. Gives those whose text differs from what is kept under the same number: the file was changed without a
    /// new version.
    package func register(_ versions: [StoredVersion]) async throws(StorageError) -> [StoredVersion] {
        guard !versions.isEmpty else { return [] }
        return try await write(weight: versions.count) { (transaction) throws(StorageError) in
            var changed: [StoredVersion] = []
            for one in versions {
                if let kept = try transaction.session.version(one.version, of: one.key) {
                    if kept.definition != one.definition { changed.append(one) }
                } else {
                    try transaction.session.publish(
                        one.key, one.version, one.definition, by: one.publishedBy, at: transaction.now)
                }
            }
            return changed
        }
    }
}

/// What a form shall be after a change.
package struct FormChange: Sendable {
    package var lifecycle: FormLifecycle
    package var draft: String?
    /// The text that is now published under ``FormLifecycle/version``; nil where nothing is.
    package var published: String?

    package init(lifecycle: FormLifecycle, draft: String?, published: String? = nil) {
        self.lifecycle = lifecycle
        self.draft = draft
        self.published = published
    }
}

extension FormKey {
    var values: [SQLValue] { [.text(agency.text), .text(service.text), .text(form.text)] }
}

extension Session {
    static func storedForm(_ row: Prepared) throws(StorageError) -> StoredForm {
        guard let agency = AgencyID(row.text(0)), let service = ServiceID(row.text(1)), let form = Slug(row.text(2))
        else { throw .damaged("a form's name can't be read") }
        return StoredForm(
            key: FormKey(agency: agency, service: service, form: form),
            lifecycle: FormLifecycle(
                writing: row.optionalText(3).flatMap(FormState.init(rawValue:)), version: Int(row.integer(5)),
                isClosed: !row.isNull(6)),
            draft: row.optionalText(4), revision: row.integer(7),
            changedAt: Instant(microseconds: row.integer(8)), changedBy: row.text(9))
    }

    func form(_ key: FormKey) throws(StorageError) -> StoredForm? {
        try row(
            """
            SELECT agency, service, form, stage, draft, version, closed_at, revision, changed_at, changed_by
            FROM form WHERE agency = ?1 AND service = ?2 AND form = ?3
            """, key.values, Session.storedForm)
    }

    func keep(_ form: StoredForm) throws(StorageError) {
        let life = form.lifecycle
        try run(
            """
            INSERT INTO form (agency, service, form, stage, draft, version, closed_at, revision, changed_at, changed_by)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (agency, service, form) DO UPDATE SET stage = excluded.stage, draft = excluded.draft,
              version = excluded.version, revision = excluded.revision, changed_at = excluded.changed_at,
              changed_by = excluded.changed_by,
              closed_at = CASE WHEN excluded.closed_at IS NULL THEN NULL
                ELSE coalesce(form.closed_at, excluded.closed_at) END
            """,
            values: form.key.values + [
                .optional(life.writing?.rawValue), .optional(form.draft), .integer(Int64(life.version)),
                life.isClosed ? .integer(form.changedAt.microseconds) : .null, .integer(form.revision),
                .integer(form.changedAt.microseconds), .text(form.changedBy),
            ])
    }

    func version(_ number: Int, of key: FormKey) throws(StorageError) -> StoredVersion? {
        try row(
            """
            SELECT definition, published_at, published_by FROM form_version
            WHERE agency = ?1 AND service = ?2 AND form = ?3 AND version = ?4
            """, key.values + [.integer(Int64(number))]
        ) { (row) throws(StorageError) in
            StoredVersion(
                key: key, version: number, definition: row.text(0),
                publishedAt: Instant(microseconds: row.integer(1)), publishedBy: row.text(2))
        }
    }

    func publish(
        _ key: FormKey, _ version: Int, _ definition: String, by account: String, at now: Instant
    ) throws(StorageError) {
        try run(
            """
            INSERT INTO form_version (agency, service, form, version, definition, published_at, published_by)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """,
            values: key.values + [
                .integer(Int64(version)), .text(definition), .integer(now.microseconds), .text(account),
            ])
    }
}
