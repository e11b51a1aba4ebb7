import Experience

/// Times as they are printed.
enum Moment {
    /// RFC 3339, UTC.
    static func text(_ microseconds: Int64) -> String { Instant(microseconds: microseconds).rfc3339 }
}
