internal import ArgumentParser

/// How a quarter's report is written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Header and detail files of the first version.
    case a11v1 = "a11-v1"
    /// Upload of answers and survey lines of the second version.
    case a11v2 = "a11-v2"
    /// The layout in which quarterly data are published.
    case csv
    case json
}
