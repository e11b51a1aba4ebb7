/// The journey engine answers one question: what happened, over a hundred million events?
///
/// An ``EventLog`` holds events in columns, journeys in contiguous ranges. Kernels (`Kernels/`, one question a file) go
/// over the columns once, on as many threads as asked, and give summaries that do not depend on the order of journeys
/// in the input, on the number of threads or on how the log was cut. Every summary merges exactly with that of another
/// part of the log.
///
/// Times are whole microseconds since 1970-01-01 UTC. Words and definitions are those of van der Aalst, *Process
/// Mining: Data Science in Action* (2nd ed., 2016).
package enum JourneyEngine {
    /// Times outside ± this many microseconds (36,000 years) are set to the limit, so that no difference, sum or square
    /// of differences overflows.
    package static let timeLimit: Int64 = 1 << 60
}
