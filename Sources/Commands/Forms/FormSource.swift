package import Experience
internal import Formats
package import Storage

/// The one source of form definitions: what is asked now, and every version that was ever asked. Whoever asks, takes,
/// scores or shows answers reads forms from here.
package struct FormSource: Sendable {
    private struct Name: Hashable {
        var service: ServiceID
        var form: Slug
    }

    /// What was published in the browser, in its newest version.
    private var published: [FormKey: FormDefinition] = [:]
    /// Every version that is kept, by number.
    private var versions: [Name: [Int: FormDefinition]] = [:]

    /// Reads everything at once: for a command that ends.
    package static func read(
        _ record: Record, services: [ServiceDefinition], today: CivilDate
    ) async throws -> FormSource {
        var source = FormSource()
        let found = try await source.additions(record, services: services, today: today)
        source.take(found)
        return source
    }

    /// What the record holds beyond what is known here.
    struct Additions: Sendable {
        fileprivate var published: [FormKey: FormDefinition]
        fileprivate var versions: [(key: FormKey, form: FormDefinition)]
        /// Versions asked now that came in files: they are kept like all others.
        fileprivate(set) var files: [StoredVersion]
    }

    func additions(
        _ record: Record, services: [ServiceDefinition], today: CivilDate
    ) async throws -> Additions {
        let known = Dictionary(services.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        func parsed(_ stored: StoredVersion) -> FormDefinition? {
            readForm(
                yaml: stored.definition, file: "\(stored.key.service)/\(stored.key.form)",
                service: known[stored.key.service], today: today
            ).form
        }
        var found = Additions(published: [:], versions: [], files: [])
        for (key, number) in try await record.versionNames() where self[key.service, key.form, number] == nil {
            guard let stored = try await record.version(number, of: key), var form = parsed(stored) else { continue }
            form.version = number
            found.versions.append((key, form))
        }
        for stored in try await record.forms() where stored.lifecycle.version > 0 {
            let number = stored.lifecycle.version
            let fresh = found.versions.first { $0.key == stored.key && $0.form.version == number }?.form
            guard var form = fresh ?? self[stored.key.service, stored.key.form, number] else { continue }
            form.isClosed = stored.lifecycle.isClosed
            found.published[stored.key] = form
        }
        found.files = services.flatMap { service in
            service.forms.map { form in
                StoredVersion(
                    key: FormKey(agency: service.agency, service: service.id, form: form.id), version: form.version,
                    definition: writeForm(form), publishedAt: .now, publishedBy: "file")
            }
        }.filter { found.published[$0.key]?.version != $0.version }
        return found
    }

    mutating func take(_ found: Additions) {
        published = found.published
        for (key, form) in found.versions {
            versions[Name(service: key.service, form: key.form), default: [:]][form.version] = form
        }
    }

    /// The services with the forms that are asked now: those of their files, overlaid with those published in the
    /// browser. Of two with one name the higher version is asked.
    package func overlaid(on services: [ServiceDefinition]) -> [ServiceDefinition] {
        if published.isEmpty { return services }
        return services.map { service in
            var service = service
            let own = published.filter { $0.key.service == service.id && $0.key.agency == service.agency }
            for (key, form) in own.sorted(by: { $0.key.form < $1.key.form }) {
                if let at = service.forms.firstIndex(where: { $0.id == key.form }) {
                    if service.forms[at].version <= form.version { service.forms[at] = form }
                } else {
                    service.forms.append(form)
                }
            }
            return service
        }
    }

    /// A form in exactly this version; nil where that is not kept.
    package subscript(service: ServiceID, form: Slug, version: Int) -> FormDefinition? {
        versions[Name(service: service, form: form)]?[version]
    }

    /// A form in the version an answer was given to; where that version is not kept, the one asked now or, for a form
    /// that is gone, the newest that is kept.
    package func form(
        _ id: Slug, version: Int, of service: ServiceID, asked: (ServiceID) -> ServiceDefinition?
    ) -> FormDefinition? {
        if let kept = self[service, id, version] { return kept }
        let now = asked(service)?.forms.first { $0.id == id }
        let newest = versions[Name(service: service, form: id)]?.max { $0.key < $1.key }?.value
        return now?.version == version ? now : newestPublished(id, service) ?? now ?? newest
    }

    /// The same over services as they are defined: for whoever scores answers of many versions.
    package func forms(of services: [ServiceDefinition]) -> @Sendable (ServiceID, Slug, Int) -> FormDefinition? {
        let known = Dictionary(services.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return { service, form, version in self.form(form, version: version, of: service) { known[$0] } }
    }

    /// What questions of this name are or were, over all forms and versions of a service.
    func kinds(of question: String, _ service: ServiceDefinition) -> Set<Question.Kind> {
        var kinds: Set<Question.Kind> = []
        func take(_ form: FormDefinition) {
            for one in form.questions where one.id.text == question { kinds.insert(one.kind) }
        }
        for form in service.forms { take(form) }
        for (name, all) in versions where name.service == service.id { for form in all.values { take(form) } }
        return kinds
    }

    private func newestPublished(_ form: Slug, _ service: ServiceID) -> FormDefinition? {
        published.first { $0.key.service == service && $0.key.form == form }?.value
    }
}
