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

extension EventLogBuilder {
    /// Adds all that another builder holds, as if its events had been added here after those already added. For readers
    /// that take a file in parts at the same time: the result is that of one builder given the parts in order.
    package mutating func append(_ other: consuming EventLogBuilder) {
        let rows = other.times.count
        let runs = other.runStarts.count
        other.runStarts.append(UInt32(truncatingIfNeeded: rows))
        let declared = other.declarations
        let collected = other.attributes
        let ids = other.ids.freeze()
        let names = other.names.freeze()
        let journeys = (0..<ids.count).map { journey(ids.withBytes($0)) }
        let codes = (0..<names.count).map { activity(names.withBytes($0)) }
        let first = eventCount
        for run in 0..<runs {
            let journey = journeys[Int(other.runJourneys[run])]
            for row in Int(other.runStarts[run])..<Int(other.runStarts[run + 1]) {
                append(journey: journey, activity: codes[Int(other.activities[row])], time: other.times[row])
            }
        }
        for (attribute, declaration) in zip(collected, declared) {
            let target = declare(declaration)
            let texts = attribute.takeTexts().freeze()
            // Code 0 is "absent" on both sides.
            let map = [0] + (0..<texts.count).map { value(target, texts.withBytes($0)) }
            let old = attribute.takeCodes()
            switch declaration.level {
            case .event: attributes[target].append(old, from: first, through: map)
            case .journey:
                for index in 0..<min(old.count, journeys.count) where old[index] != 0 {
                    setJourney(journeys[index], target, code: map[Int(old[index])])
                }
            }
        }
    }
}

extension AttributeBuilder {
    fileprivate func append(_ old: borrowing GrowingCodes, from row: Int, through map: [UInt32]) {
        guard old.count > 0, codes.count <= row else { return }
        var column = takeCodes()
        column.pad(to: row)
        for index in 0..<old.count { column.append(map[Int(old[index])]) }
        swap(&column, &codes)
    }
}
