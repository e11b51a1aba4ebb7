extension TimeFormat {
    /// One written time as microseconds since 1970-01-01T00:00:00Z, nil when it is none of this format. For single values,
    /// as a form or a query gives them; files are read by parsers that keep a reader.
    package static func microseconds(_ text: String, format: TimeFormat = .iso8601, zone: ZoneRule = .utc) -> Int64? {
        var reader = TimeReader(format, zone: zone)
        return withBytes(of: text) { reader.microseconds($0) }
    }
}
