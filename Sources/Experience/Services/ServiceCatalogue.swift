/// The services that run, as one value: swapped whole when a definition changes.
package struct ServiceCatalogue: Sendable {
    /// In order of agency, then id.
    package let services: [ServiceDefinition]
    private let places: [ServiceID: Int]

    /// Of two definitions with one id, the first is kept; the reader of the folder reports the second.
    package init(_ definitions: [ServiceDefinition]) {
        var seen: Set<ServiceID> = []
        services = definitions.filter { seen.insert($0.id).inserted }
            .sorted { ($0.agency, $0.id) < ($1.agency, $1.id) }
        places = Dictionary(uniqueKeysWithValues: services.enumerated().map { ($0.element.id, $0.offset) })
    }

    package subscript(id: ServiceID) -> ServiceDefinition? { places[id].map { services[$0] } }
}
