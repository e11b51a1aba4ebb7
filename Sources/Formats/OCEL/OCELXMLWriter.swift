import JourneyEngine

/// OCEL 2.0 XML with one object type: every journey is an object, and its events concern it alone.
enum OCELXMLWriter {
    static func write(_ table: LogTable, _ objectType: String, to output: inout ByteOutput) throws(FormatError) {
        output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log>\n<object-types>\n")
        declaration("object-type", objectType, table.journeyAttributes, &output)
        output.append("</object-types>\n<event-types>\n")
        for activity in table.activities { declaration("event-type", activity, table.eventAttributes, &output) }
        output.append("</event-types>\n<objects>\n")
        for journey in 0..<table.log.journeyCount {
            output.append("<object")
            XMLText.attribute("id", table.log.journeyID(journey), &output)
            XMLText.attribute("type", objectType, &output)
            output.append("><attributes>")
            for attribute in table.journeyAttributes {
                guard let value = table.value(attribute, journey: journey) else { continue }
                output.append("<attribute")
                XMLText.attribute("name", attribute.name, &output)
                output.append(" time=\"1970-01-01T00:00:00.000Z\">")
                XMLText.escape(value, &output)
                output.append("</attribute>")
            }
            output.append("</attributes></object>\n")
            try output.flushIfFull()
        }
        output.append("</objects>\n<events>\n")
        for journey in 0..<table.log.journeyCount {
            for event in table.log.events(of: journey) { try write(event, journey, table, &output) }
        }
        output.append("</events>\n</log>\n")
    }

    private static func write(
        _ event: Int, _ journey: Int, _ table: LogTable, _ output: inout ByteOutput
    ) throws(FormatError) {
        output.append("<event")
        XMLText.attribute("id", "e\(event + 1)", &output)
        XMLText.attribute("type", table.activities[table.log.activity(at: event)], &output)
        output.append(" time=\"")
        WrittenTime.append(table.log.time(at: event), zone: "Z", to: &output)
        output.append("\"><attributes>")
        for attribute in table.eventAttributes {
            guard let value = table.value(attribute, event: event) else { continue }
            output.append("<attribute")
            XMLText.attribute("name", attribute.name, &output)
            output.append(0x3E)
            XMLText.escape(value, &output)
            output.append("</attribute>")
        }
        output.append("</attributes><objects><relationship")
        XMLText.attribute("object-id", table.log.journeyID(journey), &output)
        output.append(" qualifier=\"\"/></objects></event>\n")
        try output.flushIfFull()
    }

    private static func declaration(
        _ element: String, _ name: String, _ attributes: [LogTable.Attribute], _ output: inout ByteOutput
    ) {
        output.append("<" + element)
        XMLText.attribute("name", name, &output)
        output.append("><attributes>")
        for attribute in attributes {
            output.append("<attribute")
            XMLText.attribute("name", attribute.name, &output)
            output.append(" type=\"string\"/>")
        }
        output.append("</attributes></" + element + ">\n")
    }
}
