internal import Experience

extension [ServiceDefinition] {
    /// The agency a flag names; throws which there are when none of these services belongs to it.
    func agency(named name: String) throws -> AgencyID {
        let known = Set(map(\.agency))
        guard let agency = AgencyID(name), known.contains(agency) else {
            let names = known.map(\.text).sorted().joined(separator: ", ")
            throw CommandFailure.usage("no service belongs to the agency “\(name)”; use one of: \(names).")
        }
        return agency
    }
}
