import JourneyEngine

/// A table of one event a row (RFC 4180, LF), columns named as PM4Py and this reader expect them.
enum CSVWriter {
    static func write(_ table: LogTable, to output: inout ByteOutput) throws(FormatError) {
        let names =
            ["case:concept:name", "concept:name", "time:timestamp"] + table.eventAttributes.map(\.name)
            + table.journeyAttributes.map { "case:" + $0.name }
        for (index, name) in names.enumerated() {
            if index > 0 { output.append(0x2C) }
            field(name, &output)
        }
        output.append(0x0A)
        for journey in 0..<table.log.journeyCount {
            let id = table.log.journeyID(journey)
            let own = table.journeyAttributes.map { table.value($0, journey: journey) ?? "" }
            for event in table.log.events(of: journey) {
                field(id, &output)
                output.append(0x2C)
                field(table.activities[table.log.activity(at: event)], &output)
                output.append(0x2C)
                WrittenTime.append(table.log.time(at: event), zone: "Z", to: &output)
                for attribute in table.eventAttributes {
                    output.append(0x2C)
                    field(table.value(attribute, event: event) ?? "", &output)
                }
                for value in own {
                    output.append(0x2C)
                    field(value, &output)
                }
                output.append(0x0A)
                try output.flushIfFull()
            }
        }
    }

    static func field(_ text: String, _ output: inout ByteOutput) {
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
            output.append(text)
            return
        }
        output.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { output.append(0x22) }
            output.append(byte)
        }
        output.append(0x22)
    }
}
