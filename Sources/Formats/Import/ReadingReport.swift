package import JourneyEngine

/// What was read, what was left out and what was assumed: to be shown to whoever asked for the reading.
package struct ReadingReport: Sendable {
    package var format: LogFormat
    /// Events kept.
    package var events = 0
    /// Rows (events) left out.
    package var rejectedCount = 0
    /// The first of them.
    package var rejected: [RejectedRow] = []
    package var roles: [AssignedRole] = []
    package var attributes: [AttributeDeclaration] = []
    package var delimiter: UInt8?
    package var timeFormat: TimeFormat?
    /// XES: classifier name → keys.
    package var classifiers: [XESClassifier] = []
    /// Some times had no zone; they were read by the option's, which is UTC unless told.
    package var timesWithoutZone = false
    package var warnings: [String] = []

    package init(format: LogFormat) { self.format = format }

    /// Rows met, good and bad.
    package var rowsRead: Int { events + rejectedCount }
}

package struct LoadedLog: Sendable {
    package var log: EventLog
    package var report: ReadingReport
}

package struct XESClassifier: Sendable, Hashable {
    package var name: String
    package var keys: [String]

    package init(name: String, keys: [String]) {
        self.name = name
        self.keys = keys
    }
}
