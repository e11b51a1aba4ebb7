/// A segment being made of journeys of others.
struct SegmentCopy: ~Copyable {
    private var ids = TextTableBuilder()
    private var offsets = GrowingColumn<UInt32>()
    private var times = GrowingColumn<Int64>()
    private var activities = GrowingCodes()
    private var attributes: [AttributeCopy]
    private var journeys = 0

    final class AttributeCopy {
        let level: AttributeDeclaration.Level
        var codes = GrowingCodes()
        /// No journey or event had a value so far.
        var isEmpty = true

        init(_ level: AttributeDeclaration.Level) { self.level = level }

        /// The code of event or journey `index`, the next ones being absent until set.
        func set(_ index: Int, _ code: UInt32) {
            guard code != 0 else { return }
            codes.pad(to: index)
            codes.append(code)
            isEmpty = false
        }

        func take(count: Int) -> CodeColumn? {
            if isEmpty { return nil }
            var taken = GrowingCodes(capacity: 16)
            swap(&taken, &codes)
            taken.pad(to: count)
            return taken.freeze()
        }
    }

    init(attributes: [AttributeDeclaration]) {
        self.attributes = attributes.map { AttributeCopy($0.level) }
        offsets.append(0)
    }

    /// Adds a journey of a segment with the same dictionaries, with some of its events.
    mutating func append(_ journey: Int, of segment: LogSegment, events: Range<Int>) {
        begin(segment.ids.withBytes(journey))
        for (copy, column) in zip(attributes, segment.attributes) {
            guard let column else { continue }
            copy.isEmpty = false
            if copy.level == .event {
                copy.codes.pad(to: times.count)
                copy.codes.append(contentsOf: column, events)
            } else {
                copy.codes.pad(to: journeys)
                copy.codes.append(contentsOf: column, journey..<journey + 1)
            }
        }
        times.append(contentsOf: segment.times.start + events.lowerBound, count: events.count)
        activities.append(contentsOf: segment.activities, events)
        close()
    }

    mutating func begin(_ id: UnsafeBufferPointer<UInt8>) { _ = ids.code(id) }

    /// Adds an event to the journey begun, its codes seen through `map` when there is one.
    mutating func addEvent(_ segment: LogSegment, _ event: Int, map: CodeMap?) {
        let activity = segment.activities[event]
        if let map {
            activities.append(activity < map.activities.count ? map.activities[activity] : 0)
            for (column, target) in zip(segment.attributes, map.attributes)
            where attributes[target.index].level == .event {
                attributes[target.index].set(times.count, CodeColumn.mapped(column, event, target.codes))
            }
        } else {
            activities.append(UInt32(truncatingIfNeeded: activity))
            for (column, copy) in zip(segment.attributes, attributes) where copy.level == .event {
                if let column { copy.set(times.count, UInt32(truncatingIfNeeded: column[event])) }
            }
        }
        times.append(segment.times[event])
    }

    /// Sets the journey's attributes, the new ones over the old, and closes it.
    mutating func end(
        _ old: (segment: LogSegment, journey: Int)?, _ new: (segment: LogSegment, journey: Int), _ map: CodeMap
    ) {
        var codes = [UInt32](repeating: 0, count: attributes.count)
        if let old {
            for (index, column) in old.segment.attributes.enumerated() where attributes[index].level == .journey {
                if let column { codes[index] = UInt32(truncatingIfNeeded: column[old.journey]) }
            }
        }
        for (column, target) in zip(new.segment.attributes, map.attributes)
        where attributes[target.index].level == .journey {
            let code = CodeColumn.mapped(column, new.journey, target.codes)
            if code != 0 { codes[target.index] = code }
        }
        for (copy, code) in zip(attributes, codes) where copy.level == .journey { copy.set(journeys, code) }
        close()
    }

    private mutating func close() {
        offsets.append(UInt32(truncatingIfNeeded: times.count))
        journeys += 1
    }

    consuming func finish() -> LogSegment {
        let events = times.count
        let count = journeys
        let columns: [CodeColumn?] = attributes.map { $0.take(count: $0.level == .event ? events : count) }
        return LogSegment(
            offsets: offsets.freeze(), times: times.freeze(), activities: activities.freeze(),
            ids: JourneyIDs(ids.freeze()),
            attributes: columns)
    }
}
