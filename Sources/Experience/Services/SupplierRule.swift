/// How a service's suppliers are judged: the ready programme, and which steps of the service mean what to it.
package struct SupplierRule: Hashable, Sendable {
    package enum Programme: String, CaseIterable, Sendable, Codable {
        case globalSupply = "gsa_global_supply"
        case advantage = "gsa_advantage"

        /// Days after the last day of a month until all its lines are judged: in Global Supply each on its seventh day.
        package var daysToJudge: Int {
            switch self {
            case .globalSupply: 7
            case .advantage: 1
            }
        }

        /// The first day of the last month that can be judged as a whole on a day; nil at the ends of the calendar.
        package func lastJudgedMonth(on day: CivilDate) -> CivilDate? {
            func first(_ date: CivilDate) -> CivilDate? { CivilDate(year: date.year, month: date.month, day: 1) }
            guard let current = first(day) else { return nil }
            let lastOfMonth = current.adding(days: -1)
            if lastOfMonth.adding(days: daysToJudge) <= day { return first(lastOfMonth) }
            return first(lastOfMonth).flatMap { first($0.adding(days: -1)) }
        }
    }

    package var programme: Programme
    /// The comparison attribute that names the supplier of an order.
    package var attribute: String
    /// The step by which the supplier confirms an order, where there is one.
    package var acknowledged: Slug?
    /// The step that reports a shipment.
    package var shipped: Slug
    package var backordered: Slug?
    /// The step the contract judges: shipped or delivered.
    package var fulfilled: Slug
    /// The word of a close that means cancelled.
    package var cancelled: Slug?
    /// Days from the order within which the contract asks for fulfilment; nil = the service's promised date.
    package var within: Budget?

    package init(
        programme: Programme, attribute: String, acknowledged: Slug? = nil, shipped: Slug, backordered: Slug? = nil,
        fulfilled: Slug, cancelled: Slug? = nil, within: Budget? = nil
    ) {
        self.programme = programme
        self.attribute = attribute
        self.acknowledged = acknowledged
        self.shipped = shipped
        self.backordered = backordered
        self.fulfilled = fulfilled
        self.cancelled = cancelled
        self.within = within
    }
}
