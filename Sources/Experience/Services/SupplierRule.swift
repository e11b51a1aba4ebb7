/// How a service's suppliers are judged: the ready programme, and which steps of the service mean what to it.
package struct SupplierRule: Hashable, Sendable {
    package enum Programme: String, CaseIterable, Sendable, Codable {
        case globalSupply = "gsa_global_supply"
        case advantage = "gsa_advantage"
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
