extension EventLogBuilder {
    /// Adds many events in one call, as if by `append` one after another; the row number of the first.
    ///
    /// For readers: a call across modules costs more than the work it asks for when that is one event.
    package mutating func append(
        journeys: UnsafeBufferPointer<UInt32>, activities codes: UnsafeBufferPointer<UInt32>,
        times: UnsafeBufferPointer<Int64>
    ) -> Int {
        let first = eventCount
        for index in 0..<min(journeys.count, codes.count, times.count) {
            append(journey: journeys[index], activity: codes[index], time: times[index])
        }
        return first
    }

    /// Sets an attribute of the events from `row` on; 0 is "absent". Rows must not have been set before.
    package mutating func setEvents(_ attribute: Int, from row: Int, codes: UnsafeBufferPointer<UInt32>) {
        guard attributes.indices.contains(attribute), declarations[attribute].level == .event, row >= 0,
            row + codes.count <= eventCount
        else { return }
        attributes[attribute].set(from: row, codes)
    }
}

extension AttributeBuilder {
    func set(from row: Int, _ added: UnsafeBufferPointer<UInt32>) {
        guard codes.count <= row else { return }
        let limit = texts.count
        var column = takeCodes()
        column.pad(to: row)
        for code in added { column.append(code <= limit ? code : 0) }
        swap(&column, &codes)
    }
}
