package import Experience
package import JourneyEngine

/// A service as the record had it at one moment: its events in the engine's columns and a line a journey.
///
/// A value: a page works on one snapshot from its first figure to its last, so that they agree.
package struct ServiceSnapshot: Sendable {
    package var service: ServiceID
    package var log: EventLog
    package var table: JourneyTable
    /// The row of a journey by its id.
    package var rowOf: [String: Int]
    /// The last event of the record that is in it.
    package var sequence: Int64

    package init(
        service: ServiceID, log: EventLog, table: JourneyTable, rowOf: [String: Int], sequence: Int64
    ) {
        self.service = service
        self.log = log
        self.table = table
        self.rowOf = rowOf
        self.sequence = sequence
    }

    /// Whether an event belongs on the map of the journey: what people and staff did, not the bookkeeping about it
    /// (ledger entries of a promise, offers of a form) nor what people said of it.
    package static func isOnMap(_ kind: EventKind) -> Bool {
        switch kind {
        case .step, .contact, .closed, .reopened: true
        case .promise, .offer, .response, .outcome: false
        }
    }

    /// The log's journeys that stand in these rows of the table.
    package func selection(_ rows: [Int32]) -> JourneySelection {
        var selection = JourneySelection(of: log.journeyCount)
        if rows.count == table.count { return JourneySelection(all: true, of: log.journeyCount) }
        for row in rows {
            if let journey = log.journeyIndex(ofID: table.ids[Int(row)]) { selection.insert(journey) }
        }
        return selection
    }

    /// The rows of the table that hold these journeys of the log.
    package func rows(_ selection: JourneySelection) -> [Int32] {
        var rows: [Int32] = []
        selection.forEach { journey in
            if let row = rowOf[log.journeyID(journey)] { rows.append(Int32(row)) }
        }
        rows.sort()
        return rows
    }
}
