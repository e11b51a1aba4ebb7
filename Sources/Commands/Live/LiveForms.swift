internal import Experience
internal import Formats
internal import Logging
internal import ServiceLifecycle
internal import Site
internal import Storage
internal import Synchronization

/// The forms that are asked: those of services' files, overlaid with those published in the browser. Of two with one
/// name the higher version is asked.
final class LiveForms: Sendable {
    private let record: Record
    private let catalogue: LiveCatalogue
    private let ready: FormFolder?
    private let today: @Sendable () -> CivilDate
    private let logger: Logger
    private let source = Mutex(FormSource())

    init(
        record: Record, catalogue: LiveCatalogue, ready: FormFolder?, today: @escaping @Sendable () -> CivilDate,
        logger: Logger
    ) {
        self.record = record
        self.catalogue = catalogue
        self.ready = ready
        self.today = today
        self.logger = logger
    }

    /// Reads what is published, and keeps the versions that came in files.
    func refresh() async throws {
        let services = catalogue.current.services
        let known = source.withLock { $0 }
        let found = try await known.additions(record, services: services, today: today())
        source.withLock { $0.take(found) }
        for changed in try await record.register(found.files) {
            logger.warning(
                "the form \(changed.key.service)/\(changed.key.form) was changed in its file without a new version; give it version \(changed.version + 1)."
            )
        }
    }

    /// The services with the forms that are asked now.
    func definitions() -> [ServiceDefinition] {
        source.withLock { $0 }.overlaid(on: catalogue.current.services)
    }

    /// The same as a catalogue.
    var current: ServiceCatalogue { ServiceCatalogue(definitions()) }

    /// A form in the version an answer was given to, or the nearest there is.
    func form(_ service: ServiceID, _ id: Slug, version: Int) -> FormDefinition? {
        source.withLock { $0 }.form(id, version: version, of: service) { catalogue.current[$0] }
    }

    /// Whether a field is a short or long text in every version of the service's forms that has a question of this name.
    func isComment(_ field: String, of service: ServiceDefinition) -> Bool {
        let kinds = source.withLock { $0 }.kinds(of: field, service)
        return !kinds.isEmpty && kinds.isSubset(of: [.shortText, .longText])
    }

    private func service(_ id: ServiceID) -> ServiceDefinition? { catalogue.current[id] }

    private func parsed(_ text: String, _ key: FormKey) -> FormDefinition? {
        readForm(
            yaml: text, file: "\(key.service)/\(key.form)", service: service(key.service), today: today()
        ).form
    }

    private func entry(_ service: ServiceDefinition, _ id: Slug, _ stored: StoredForm?) -> FormEntry? {
        let asked = definitions().first { $0.id == service.id }?.forms.first { $0.id == id }
        guard let stored else {
            guard let asked else { return nil }
            return FormEntry(
                service: service, id: id, published: asked, draft: nil,
                lifecycle: FormLifecycle(writing: nil, version: asked.version), revision: 0)
        }
        return FormEntry(
            service: service, id: id, published: asked, draft: stored.draft.flatMap { parsed($0, stored.key) },
            lifecycle: stored.lifecycle, revision: stored.revision, changedAt: stored.changedAt,
            changedBy: stored.changedBy)
    }

    private func key(_ service: ServiceDefinition, _ form: Slug) -> FormKey {
        FormKey(agency: service.agency, service: service.id, form: form)
    }

    private func all() async throws -> [FormEntry] {
        let stored = Dictionary(
            try await record.forms().map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        return definitions().flatMap { service in
            let written = stored.keys.filter { $0.agency == service.agency && $0.service == service.id }.map(\.form)
            var ids = service.forms.map(\.id)
            for id in written.sorted() where !ids.contains(id) { ids.append(id) }
            return ids.compactMap { entry(service, $0, stored[key(service, $0)]) }
        }
    }

    private func save(
        _ id: ServiceID, _ form: FormDefinition, _ revision: Int64, _ account: String
    ) async throws -> FormAnswer {
        guard let service = service(id) else { throw StorageError.refused("there is no such service.") }
        let key = key(service, form.id)
        let asked = definitions().first { $0.id == id }?.forms.first { $0.id == form.id }?.version ?? 0
        var draft = form
        draft.isClosed = false
        let text = writeForm(draft)
        return try await change(service, key, revision, account, note: "draft") {
            stored throws(FormLifecycle.Refusal) in
            let life = stored?.lifecycle
            return FormChange(
                lifecycle: FormLifecycle(
                    writing: .draft, version: max(life?.version ?? 0, asked), isClosed: life?.isClosed ?? false),
                draft: text)
        }
    }

    private func step(
        _ id: ServiceID, _ form: Slug, _ step: FormLifecycle.Step, _ revision: Int64, _ account: String
    ) async throws -> FormAnswer {
        guard let service = service(id) else { throw StorageError.refused("there is no such service.") }
        let key = key(service, form)
        guard let entry = entry(service, form, try await record.form(key)) else {
            throw StorageError.refused("there is no such form.")
        }
        let errors = entry.current?.check(service: service, today: today()).count { $0.severity == .error } ?? 1
        var life = entry.lifecycle
        do throws(FormLifecycle.Refusal) { try life.take(step, errors: errors) } catch { return .refused(error) }
        var current = entry.current
        current?.isClosed = false
        var published: String?
        if step == .publish {
            // The file may have moved on meanwhile: its number is never used again.
            life = FormLifecycle(writing: nil, version: max(life.version, (entry.published?.version ?? 0) + 1))
            current?.version = life.version
            published = current.map(writeForm)
        }
        let draft = life.writing == nil ? nil : current.map(writeForm)
        // A form of a file that is closed here is published here in its own version first.
        let wanted = FormChange(lifecycle: life, draft: draft, published: published)
        let answer = try await change(service, key, revision, account, note: step.rawValue) { _ in wanted }
        try await refresh()
        if case .done = answer, let now = self.entry(service, form, try await record.form(key)) { return .done(now) }
        return answer
    }

    private func change(
        _ service: ServiceDefinition, _ key: FormKey, _ revision: Int64, _ account: String, note: String,
        _ change: @escaping @Sendable (StoredForm?) throws(FormLifecycle.Refusal) -> FormChange
    ) async throws -> FormAnswer {
        let found = try await record.form(key)
        guard (found?.revision ?? 0) == revision else { return .conflict }
        let wanted: FormChange
        do throws(FormLifecycle.Refusal) { wanted = try change(found) } catch { return .refused(error) }
        let stored = try await record.changeForm(key, by: account, revision: revision, note: note) { _ in wanted }
        guard let entry = entry(service, key.form, stored) else { throw StorageError.refused("there is no such form.") }
        return .done(entry)
    }

    private func version(_ service: ServiceDefinition, _ form: Slug, _ number: Int) async throws -> FormDefinition? {
        let key = key(service, form)
        return try await record.version(number, of: key).flatMap { parsed($0.definition, key) }
    }

    var desk: FormDesk {
        FormDesk(
            all: { try await self.all() },
            entry: { service, form in
                guard let service = self.service(service) else { return nil }
                return self.entry(service, form, try await self.record.form(self.key(service, form)))
            },
            ready: { self.ready?.read(today: self.today()).forms.values.sorted { $0.id < $1.id } ?? [] },
            save: { try await self.save($0, $1, $2, $3) },
            step: { try await self.step($0, $1, $2, $3, $4) },
            versions: { service, form in
                guard let service = self.service(service) else { return [] }
                return try await self.record.versions(of: self.key(service, form)).map {
                    FormVersionLine(version: $0.version, at: $0.publishedAt, by: $0.publishedBy)
                }
            },
            version: { service, form, number in
                guard let service = self.service(service) else { return nil }
                return try await self.version(service, form, number)
            },
            read: { text, service in
                let reading = readForm(yaml: text, file: "form.yaml", service: service, today: self.today())
                return FormText(
                    form: reading.form, findings: reading.findings.map(\.description), isSound: reading.isSound)
            }, write: { writeForm($0) })
    }

    var unsent: UnsentDesk {
        let record = record
        return UnsentDesk(
            keep: { try await record.keep($0, code: $1, files: $2) },
            answers: { try await record.unsent($0, agency: $1, now: .now) },
            file: { try await record.unsentFile($0, $1, agency: $2, now: .now) },
            drop: { try await record.dropUnsent($0, agency: $1) },
            version: { try await self.version($0, $1, $2) })
    }
}

/// Takes up what another node published, and the versions of changed files.
struct FormWatcher: Service {
    let forms: LiveForms
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(5))
                if Task.isCancelled { return }
                do { try await forms.refresh() } catch { logger.warning("forms could not be read again: \(error)") }
            }
        }
    }
}
