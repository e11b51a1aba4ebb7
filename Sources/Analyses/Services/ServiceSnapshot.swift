package import Experience
package import JourneyEngine

/// A service as the record had it at one moment: its events in the engine's columns and a line a journey.
///
/// A value: a page works on one snapshot from its first figure to its last, so that they agree.
package struct ServiceSnapshot: Sendable {
    package var service: ServiceID
    package let log: EventLog
    package let table: JourneyTable
    /// The last event of the record that is in it.
    package var sequence: Int64
    let places: JourneyPlaces
    private let rework: JourneyRework

    package init(service: ServiceID, log: EventLog, table: JourneyTable, sequence: Int64) {
        self.service = service
        self.log = log
        self.table = table
        self.sequence = sequence
        places = JourneyPlaces()
        rework = JourneyRework()
    }

    /// By row of the table: how many steps of the journey were done again.
    var reworked: [UInt8] { rework.ofRows(log, table, places) }

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
        if rows.count == table.count { return JourneySelection(all: true, of: log.journeyCount) }
        return JourneySelection(rows, of: places.ofRows(log, table), journeyCount: log.journeyCount)
    }

    /// Those of the rows whose journeys are selected in the log, in the same order.
    package func rows(_ rows: [Int32], in selection: JourneySelection) -> [Int32] {
        let journeys = places.ofRows(log, table)
        return rows.filter { selection.contains(Int(journeys[Int($0)])) }
    }
}
