import JourneyEngine

/// XES (IEEE 1849-2016): traces named by their journey, events by activity and time, every other value a string.
enum XESWriter {
    static func write(_ table: LogTable, to output: inout ByteOutput) throws(FormatError) {
        output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        output.append("<log xes.version=\"1849-2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n")
        for (name, prefix) in [
            ("Concept", "concept"), ("Time", "time"), ("Organizational", "org"), ("Lifecycle", "lifecycle"),
        ] {
            let uri = "http://www.xes-standard.org/\(prefix).xesext"
            output.append("  <extension name=\"\(name)\" prefix=\"\(prefix)\" uri=\"\(uri)\"/>\n")
        }
        output.append("  <global scope=\"trace\">\n    <string key=\"concept:name\" value=\"\"/>\n  </global>\n")
        output.append("  <global scope=\"event\">\n    <string key=\"concept:name\" value=\"\"/>\n")
        output.append("    <date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000+00:00\"/>\n  </global>\n")
        output.append("  <classifier name=\"Activity\" keys=\"concept:name\"/>\n")
        for journey in 0..<table.log.journeyCount { try trace(table, journey, &output) }
        output.append("</log>\n")
    }

    private static func trace(_ table: LogTable, _ journey: Int, _ output: inout ByteOutput) throws(FormatError) {
        output.append("  <trace>\n")
        string("concept:name", table.log.journeyID(journey), "    ", &output)
        for attribute in table.journeyAttributes {
            guard let value = table.value(attribute, journey: journey) else { continue }
            string(attribute.name, value, "    ", &output)
        }
        for event in table.log.events(of: journey) {
            output.append("    <event>\n")
            string("concept:name", table.activities[table.log.activity(at: event)], "      ", &output)
            output.append("      <date key=\"time:timestamp\" value=\"")
            WrittenTime.append(table.log.time(at: event), zone: "+00:00", to: &output)
            output.append("\"/>\n")
            for attribute in table.eventAttributes {
                guard let value = table.value(attribute, event: event) else { continue }
                string(attribute.name, value, "      ", &output)
            }
            output.append("    </event>\n")
            try output.flushIfFull()
        }
        output.append("  </trace>\n")
    }

    private static func string(_ key: String, _ value: String, _ indent: String, _ output: inout ByteOutput) {
        output.append(indent + "<string")
        XMLText.attribute("key", key, &output)
        XMLText.attribute("value", value, &output)
        output.append("/>\n")
    }
}
