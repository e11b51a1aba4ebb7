package import Experience
internal import Yams

/// What came of reading one definition: the service if it can stand, and every finding either way.
package struct ServiceDefinitionReading: Sendable {
    /// Nil when there is any error: a service never runs on half a definition.
    package var definition: ServiceDefinition?
    package var findings: [ServiceFinding]
}

/// Reads a service definition from YAML text.
///
/// - Parameters:
///   - file: the name to print in findings.
///   - calendars: the working calendars a promise may name.
///   - today: findings warn of a collection whose control number has expired by this day.
///   - ready: the forms a service may use by name.
package func readServiceDefinition(
    yaml: String, file: String, calendars: CalendarSet, today: CivilDate, ready: [Slug: FormDefinition] = [:]
) -> ServiceDefinitionReading {
    var reader = DefinitionReader(file: file)
    guard yaml.utf8.count <= 1 << 20 else {
        return failure(file, 0, "is larger than 1 MiB; a definition is a few hundred lines.")
    }
    let root: Node
    do {
        guard let node = try Yams.compose(yaml: yaml) else { return failure(file, 1, "is empty.") }
        root = node
    } catch let error as YamlError {
        let (line, message) = explain(error)
        return failure(file, line, message)
    } catch {
        return failure(file, 0, "could not be read as YAML.")
    }
    let definition = reader.service(.init(node: root, path: ""), calendars: calendars, today: today, ready: ready)
    let findings = reader.findings.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    let hasErrors = findings.contains { $0.severity == .error }
    return ServiceDefinitionReading(definition: hasErrors ? nil : definition, findings: findings)
}

private func failure(_ file: String, _ line: Int, _ message: String) -> ServiceDefinitionReading {
    ServiceDefinitionReading(
        definition: nil, findings: [ServiceFinding(file: file, line: line, path: "", message: message)])
}

func explain(_ error: YamlError) -> (line: Int, message: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        return (mark.line, "is not valid YAML: \(problem).")
    case .reader(let problem, _, _, _): return (0, "is not valid YAML: \(problem).")
    case .duplicatedKeysInMapping(let duplicates, let context):
        let names = duplicates.joined(separator: ", ")
        return (context.mark.line, "repeats the key \(names); keep one of them.")
    default: return (0, "is not valid YAML.")
    }
}

extension DefinitionReader {
    mutating func service(
        _ place: Place, calendars: CalendarSet, today: CivilDate, ready: [Slug: FormDefinition]
    ) -> ServiceDefinition? {
        guard
            let entries = mapping(
                place,
                required: ["service", "agency", "title", "summary", "channels", "steps", "outcome_question"],
                optional: [
                    "audience", "touchpoints", "promise", "request", "forms", "legal", "collection", "cohorts",
                    "results", "suppliers", "asking",
                ])
        else { return nil }
        let id = slug(entries["service"])
        let agency = agency(entries["agency"])
        let title = local(entries["title"], limit: 120)
        let summary = local(entries["summary"])
        let audience = word(entries["audience"], ServiceDefinition.Audience.self) ?? .public
        var channels: [Channel] = []
        for item in list(entries["channels"]) {
            if let channel = word(item, Channel.self), !channels.contains(channel) { channels.append(channel) }
        }
        let legal = legal(entries["legal"])
        let steps = steps(entries["steps"], legal: legal.map(\.id))
        let promise = promise(entries["promise"], steps: steps, calendars: calendars)
        let request = questions(entries["request"])
        let outcome = local(entries["outcome_question"], limit: 300)
        let collection = collection(entries["collection"], today: today)
        let forms = forms(
            entries["forms"], steps: steps.map(\.id), ready: ready,
            collection: collection.map { FormApproval(controlNumber: $0.controlNumber, expires: $0.expires) },
            today: today)
        let asking = askRules(entries["asking"], from: .standard)
        let touchpoints = touchpoints(
            entries["touchpoints"], channels: channels, forms: forms.map(\.id), asking: asking)
        let cohorts = cohorts(entries["cohorts"])
        let results = results(entries["results"])
        let suppliers = suppliers(
            entries["suppliers"], steps: steps, cohorts: cohorts, results: results, hasPromise: promise != nil)
        if let at = entries["steps"], !steps.isEmpty, !steps.contains(where: \.closes) {
            report(
                at,
                "no step closes a journey, so every one stays open until a “closed” event comes; mark the last with closes: true.",
                .warning)
        }
        guard let id, let agency, let title, let summary, let outcome else { return nil }
        return ServiceDefinition(
            id: id, agency: agency.id, agencyName: agency.name, title: title, summary: summary, audience: audience,
            steps: steps, channels: channels, touchpoints: touchpoints, promise: promise, request: request,
            forms: forms, outcome: outcome, legal: legal, collection: collection, cohorts: cohorts, results: results,
            suppliers: suppliers, asking: asking)
    }

    private mutating func agency(_ place: Place?) -> (id: AgencyID, name: LocalText)? {
        guard let place, let entries = mapping(place, required: ["id", "name"]) else { return nil }
        let id = slug(entries["id"])
        let name = local(entries["name"], limit: 160)
        guard let id, let name else { return nil }
        return (id, name)
    }

    private mutating func legal(_ place: Place?) -> [ServiceDefinition.LegalBasis] {
        var read: [(Place, ServiceDefinition.LegalBasis)] = []
        for item in list(place) {
            guard let entries = mapping(item, required: ["id", "title", "citation"], optional: ["url"]) else {
                continue
            }
            let id = slug(entries["id"])
            let title = local(entries["title"])
            let citation = text(entries["citation"])
            let url = text(entries["url"])
            if let url, !url.hasPrefix("https://"), let at = entries["url"] {
                report(at, "a link must begin with https://.")
            }
            if let id, let title, let citation {
                read.append((item, .init(id: id, title: title, citation: citation, url: url)))
            }
        }
        return unique(read, by: \.id.text, called: "legal basis")
    }

    private mutating func collection(_ place: Place?, today: CivilDate) -> ServiceDefinition.InformationCollection? {
        guard let place,
            let entries = mapping(place, required: ["control_number", "expires", "information"], optional: ["minutes"])
        else { return nil }
        let number = text(entries["control_number"], limit: 40)
        let expires = date(entries["expires"])
        if let expires, expires < today, let at = entries["expires"] {
            report(
                at, "the approval expired on \(expires); its forms may no longer be asked until it is renewed.",
                .warning)
        }
        var information: [LocalText] = []
        for item in list(entries["information"]) {
            if let one = local(item) { information.append(one) }
        }
        let minutes = self.number(entries["minutes"], in: 0...10_000, what: "minutes a response takes")
        guard let number, let expires else { return nil }
        return .init(controlNumber: number, expires: expires, information: information, minutes: minutes)
    }

    private mutating func cohorts(_ place: Place?) -> [ServiceDefinition.CohortAttribute] {
        var read: [(Place, ServiceDefinition.CohortAttribute)] = []
        for item in list(place) {
            guard let entries = mapping(item, required: ["name", "title"]) else { continue }
            if let name = text(entries["name"], limit: 64), let title = local(entries["title"]) {
                read.append((item, .init(name: name, title: title)))
            }
        }
        return unique(read, by: \.name, called: "cohort")
    }

    private mutating func results(_ place: Place?) -> [ServiceDefinition.Result] {
        var read: [(Place, ServiceDefinition.Result)] = []
        for item in list(place) {
            guard let entries = mapping(item, required: ["id", "title", "granted"]) else { continue }
            if let id = slug(entries["id"]), let title = local(entries["title"]) {
                read.append((item, .init(id: id, title: title, granted: flag(entries["granted"], default: false))))
            }
        }
        return unique(read, by: \.id.text, called: "result")
    }
}
