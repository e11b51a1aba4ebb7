import Experience

/// Addresses of staff pages with their filters.
struct StaffLinks: Sendable {
    var service: ServiceID
    var filter: JourneyFilter
    var today: CivilDate

    func page(_ change: (inout JourneyFilter) -> Void = { _ in }) -> String {
        Paths.Staff.service(service) + Paths.query(filter.with(change).pairs(today: today))
    }

    /// The journeys behind a number.
    func journeys(_ group: JourneyGroup = .all, _ change: (inout JourneyFilter) -> Void = { _ in }) -> String {
        Paths.Staff.journeys(service)
            + Paths.query(
                [("show", group == .all ? nil : group.rawValue)] + filter.with(change).pairs(today: today))
    }

    func download(_ table: String, as format: String) -> String {
        Paths.Staff.download(service, table: table, as: format) + Paths.query(filter.pairs(today: today))
    }
}
