package import Experience

/// One line of a supply order, as the supplier scorecards judge it.
package struct SupplyLine: Sendable, Hashable {
    package var id: String
    package var supplier: String
    package var ordered: CivilDate
    package var acknowledged: CivilDate?
    /// The day by which it must be shipped or delivered under the contract.
    package var due: CivilDate
    /// When a shipment status was reported.
    package var statusReported: CivilDate?
    /// When a backorder was reported.
    package var backordered: CivilDate?
    /// When it was shipped or delivered, whichever the contract judges.
    package var fulfilled: CivilDate?
    package var cancelled: CivilDate?
    package var answer: SupplierAnswer?

    package init(
        id: String, supplier: String, ordered: CivilDate, acknowledged: CivilDate? = nil, due: CivilDate,
        statusReported: CivilDate? = nil, backordered: CivilDate? = nil, fulfilled: CivilDate? = nil,
        cancelled: CivilDate? = nil, answer: SupplierAnswer? = nil
    ) {
        self.id = id
        self.supplier = supplier
        self.ordered = ordered
        self.acknowledged = acknowledged
        self.due = due
        self.statusReported = statusReported
        self.backordered = backordered
        self.fulfilled = fulfilled
        self.cancelled = cancelled
        self.answer = answer
    }
}

/// What a supplier files about a line of its card.
package struct SupplierAnswer: Sendable, Hashable, Codable {
    package enum Contest: String, Sendable, Hashable, Codable, CaseIterable {
        /// A reason and remedy only; the line stands.
        case none
        /// Contested, not yet decided: the line still counts and is marked.
        case open
        /// Accepted: the line no longer counts.
        case accepted
        case refused
    }

    package var reason: String
    package var remedy: String
    package var contest: Contest
    package var filed: CivilDate

    package init(reason: String, remedy: String, contest: Contest = .none, filed: CivilDate) {
        self.reason = reason
        self.remedy = remedy
        self.contest = contest
        self.filed = filed
    }
}
