import JourneyEngine

/// One flat JSON object an event, keys named as in the table ``CSVWriter`` makes; absent values are left out.
enum JSONLinesWriter {
    static func write(_ table: LogTable, to output: inout ByteOutput) throws(FormatError) {
        for journey in 0..<table.log.journeyCount {
            let id = table.log.journeyID(journey)
            for event in table.log.events(of: journey) {
                output.append(0x7B)
                JSONText.pair("case:concept:name", id, &output)
                output.append(0x2C)
                JSONText.pair("concept:name", table.activities[table.log.activity(at: event)], &output)
                output.append(",\"time:timestamp\":\"")
                WrittenTime.append(table.log.time(at: event), zone: "Z", to: &output)
                output.append(0x22)
                for attribute in table.eventAttributes {
                    guard let value = table.value(attribute, event: event) else { continue }
                    output.append(0x2C)
                    JSONText.pair(attribute.name, value, &output)
                }
                for attribute in table.journeyAttributes {
                    guard let value = table.value(attribute, journey: journey) else { continue }
                    output.append(0x2C)
                    JSONText.pair("case:" + attribute.name, value, &output)
                }
                output.append("}\n")
                try output.flushIfFull()
            }
        }
    }
}
