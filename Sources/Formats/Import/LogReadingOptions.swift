/// How to read a log. The defaults read every log that says enough about itself.
package struct LogReadingOptions: Sendable {
    package enum Encoding: Sendable { case utf8, latin1 }

    package enum AttributeChoice: Sendable, Hashable {
        case all, none
        case only(Set<String>)
    }

    /// Nil: by the name and the first bytes.
    package var format: LogFormat?
    /// Columns (CSV) or keys (JSON Lines) by role; roles not named are guessed and reported.
    package var roles: [ColumnRole: String] = [:]
    /// CSV: nil is guessed.
    package var delimiter: UInt8?
    package var encoding: Encoding = .utf8
    package var hasHeader = true
    /// CSV and JSON Lines: nil is guessed over the column.
    package var timeFormat: TimeFormat?
    /// What times without a zone mean.
    package var zone: ZoneRule = .utc
    /// Attributes to keep besides journey, activity and time.
    package var attributes: AttributeChoice = .all
    /// XES: name of a declared classifier whose keys make the activity, joined by "+"; nil is `concept:name`.
    package var classifier: String?
    /// XES: give events and traces that lack a global attribute its declared default, as the standard allows.
    /// Never for times, names and ids: an invented time is worse than none.
    package var globalDefaults = true
    /// OCEL: objects of this type are the journeys. Nil: the only type, or else an error that lists them.
    package var objectType: String?
    /// The first bad row ends the reading with an error.
    package var strict = false
    /// Rejected rows kept with reason and text in the report; all are counted.
    package var rejectedKept = 1000
    /// Stop with an error when the unpacked text is larger; nil: no limit (memory does not depend on it).
    package var maximumBytes: Int64?
    /// 0: as many as the machine has processors.
    package var threads = 0
    /// A plain CSV or XES file is read in as many parts at a time as there are threads, if each is at least this long.
    /// The result is the same.
    package var minimumPart: Int64 = 1 << 23

    package init() {}
}
