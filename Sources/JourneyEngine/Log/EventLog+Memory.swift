/// What a log's columns take, in bytes.
package struct LogMemory: Sendable, Hashable {
    /// Journey ranges, activity codes and times.
    package var events = 0
    package var attributeCodes = 0
    /// Journey ids with their index.
    package var ids = 0
    /// Activity names and attribute values with their indexes.
    package var dictionaries = 0
    package var total: Int { events + attributeCodes + ids + dictionaries }
}

extension EventLog {
    package var memory: LogMemory {
        var memory = LogMemory()
        for segment in segments {
            memory.events += segment.offsets.bytes + segment.times.bytes
            memory.events += segment.activities.count * segment.activities.width
            for case let column? in segment.attributes { memory.attributeCodes += column.count * column.width }
            memory.ids += segment.ids.size
        }
        for table in book.texts.tables + values.flatMap(\.texts.tables) { memory.dictionaries += table.size }
        return memory
    }
}

extension TextTable {
    var size: Int { bytes.bytes + offsets.bytes + slots.bytes }
}
