extension ObjectCentricLog {
    /// Reads OCEL 2.0, JSON or XML, packed or not. Memory is in proportion to the log.
    package static func read(
        path: String, options: LogReadingOptions = LogReadingOptions()
    ) throws(FormatError) -> ObjectCentricLog {
        try parse(try LogInput(path: path, options: options), options)
    }

    /// The same from bytes in memory; `name` stands for the file's name (its ending tells the format).
    package static func read(
        bytes: [UInt8], named name: String, options: LogReadingOptions = LogReadingOptions()
    ) throws(FormatError) -> ObjectCentricLog {
        try parse(try LogInput(bytes: bytes, named: name, options: options), options)
    }

    static func parse(_ input: LogInput, _ options: LogReadingOptions) throws(FormatError) -> ObjectCentricLog {
        switch input.format {
        case .ocelJSON:
            var parser = try OCELJSONParser(input.source, zone: options.zone)
            return try parser.parse()
        case .ocelXML:
            var parser = OCELXMLParser(input.source, zone: options.zone)
            return try parser.parse()
        case .xes, .csv, .jsonLines: throw .unknownFormat(path: input.path)
        }
    }
}
