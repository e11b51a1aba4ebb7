/// False alarms a year of a set of charts, so that the number is stated before the charts go live.
///
/// - Formula: alarms a year = streams × observations a year / ARL₀.
/// - Assumes streams are independent and in control; real streams share shocks, alarms then come in bunches.
package enum AlarmRate {
    /// Expected false alarms a year; `nil` when a number is not positive (streams and observations may be 0).
    package static func perYear(streams: Double, observationsPerYear: Double, runLength: Double) -> Double? {
        guard streams >= 0, observationsPerYear >= 0, runLength > 0, streams.isFinite, observationsPerYear.isFinite
        else { return nil }
        return streams * observationsPerYear / runLength
    }

    /// The in-control run length that leaves a wanted number of false alarms a year; `nil` unless that number is positive.
    package static func runLengthNeeded(
        streams: Double, observationsPerYear: Double, alarmsPerYear: Double
    ) -> Double? {
        guard alarmsPerYear > 0, streams >= 0, observationsPerYear >= 0 else { return nil }
        return streams * observationsPerYear / alarmsPerYear
    }
}
