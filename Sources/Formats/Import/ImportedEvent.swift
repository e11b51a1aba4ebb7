package import Experience

/// One event of a file on its way into the record: nothing interpreted beyond the format.
package struct ImportedEvent: Sendable, Hashable {
    package var journey: String
    package var activity: String
    /// Microseconds since 1970-01-01T00:00:00Z.
    package var occurred: Int64
    package var recorded: Int64?
    package var resource: String?
    package var lifecycle: String?
    /// Attributes of the journey, given with its first event where the format holds them once (XES), with each event otherwise.
    package var journeyAttributes: [String: AttributeValue]
    package var attributes: [String: AttributeValue]
    /// Line of the row in the file, from 1; for XES and OCEL XML the line on which the event ends.
    package var line: Int
    /// Position among the events of the file, from 0, bad ones counted: equal times keep this order.
    package var position: Int

    package init(
        journey: String, activity: String, occurred: Int64, recorded: Int64? = nil, resource: String? = nil,
        lifecycle: String? = nil, journeyAttributes: [String: AttributeValue] = [:],
        attributes: [String: AttributeValue] = [:], line: Int, position: Int
    ) {
        self.journey = journey
        self.activity = activity
        self.occurred = occurred
        self.recorded = recorded
        self.resource = resource
        self.lifecycle = lifecycle
        self.journeyAttributes = journeyAttributes
        self.attributes = attributes
        self.line = line
        self.position = position
    }
}

/// Some events in the order of the file, and the rows between them that were left out.
package struct ImportedBatch: Sendable {
    package var events: [ImportedEvent] = []
    package var rejected: [RejectedRow] = []
}
