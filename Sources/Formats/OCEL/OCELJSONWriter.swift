import JourneyEngine

/// OCEL 2.0 JSON with one object type: every journey is an object, and its events concern it alone.
enum OCELJSONWriter {
    static func write(_ table: LogTable, _ objectType: String, to output: inout ByteOutput) throws(FormatError) {
        output.append("{\"objectTypes\":[{")
        JSONText.pair("name", objectType, &output)
        output.append(",\"attributes\":")
        declarations(table.journeyAttributes, &output)
        output.append("}],\n\"eventTypes\":[")
        for (index, activity) in table.activities.enumerated() {
            output.append(index == 0 ? "{" : ",{")
            JSONText.pair("name", activity, &output)
            output.append(",\"attributes\":")
            declarations(table.eventAttributes, &output)
            output.append(0x7D)
        }
        output.append("],\n\"objects\":[")
        for journey in 0..<table.log.journeyCount {
            output.append(journey == 0 ? "\n{" : ",\n{")
            JSONText.pair("id", table.log.journeyID(journey), &output)
            output.append(0x2C)
            JSONText.pair("type", objectType, &output)
            output.append(",\"attributes\":[")
            var isFirst = true
            for attribute in table.journeyAttributes {
                guard let value = table.value(attribute, journey: journey) else { continue }
                output.append(isFirst ? "{" : ",{")
                isFirst = false
                JSONText.pair("name", attribute.name, &output)
                output.append(",\"time\":\"1970-01-01T00:00:00.000Z\",")
                JSONText.pair("value", value, &output)
                output.append(0x7D)
            }
            output.append("]}")
            try output.flushIfFull()
        }
        output.append("],\n\"events\":[")
        for journey in 0..<table.log.journeyCount {
            let id = table.log.journeyID(journey)
            for event in table.log.events(of: journey) {
                output.append(event == 0 ? "\n{" : ",\n{")
                JSONText.pair("id", "e\(event + 1)", &output)
                output.append(0x2C)
                JSONText.pair("type", table.activities[table.log.activity(at: event)], &output)
                output.append(",\"time\":\"")
                WrittenTime.append(table.log.time(at: event), zone: "Z", to: &output)
                output.append("\",\"attributes\":[")
                var isFirst = true
                for attribute in table.eventAttributes {
                    guard let value = table.value(attribute, event: event) else { continue }
                    output.append(isFirst ? "{" : ",{")
                    isFirst = false
                    JSONText.pair("name", attribute.name, &output)
                    output.append(0x2C)
                    JSONText.pair("value", value, &output)
                    output.append(0x7D)
                }
                output.append("],\"relationships\":[{")
                JSONText.pair("objectId", id, &output)
                output.append(",\"qualifier\":\"\"}]}")
                try output.flushIfFull()
            }
        }
        output.append("]}\n")
    }

    private static func declarations(_ attributes: [LogTable.Attribute], _ output: inout ByteOutput) {
        output.append(0x5B)
        for (index, attribute) in attributes.enumerated() {
            output.append(index == 0 ? "{" : ",{")
            JSONText.pair("name", attribute.name, &output)
            output.append(",\"type\":\"string\"}")
        }
        output.append(0x5D)
    }
}
