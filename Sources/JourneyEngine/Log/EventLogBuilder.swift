/// Takes events in any order and makes an ``EventLog`` of them.
///
/// Ids, activities and attribute values are numbered by their exact bytes. Rows that come journey by journey in order
/// of time are taken over as they are; others are put in order by ``finish(threads:)``.
///
/// Numbers passed to `append`, `setEvent` and `setJourney` must be ones this builder gave; an event with another is
/// left out and counted in ``rejected``.
package struct EventLogBuilder: ~Copyable {
    var ids = TextTableBuilder()
    var names = TextTableBuilder()
    var times = GrowingColumn<Int64>()
    var activities = GrowingCodes()
    /// Where the journey of the rows changes, and to which.
    var runStarts = GrowingColumn<UInt32>()
    var runJourneys = GrowingColumn<UInt32>()
    private(set) var declarations: [AttributeDeclaration] = []
    var attributes: [AttributeBuilder] = []
    private var currentJourney = UInt32.max
    private var currentTime = Int64.min
    /// No event is earlier than the one before it in the same run.
    var isInTimeOrder = true
    /// Events left out because they named a journey or activity this builder does not know, or came after 2³² - 2
    /// others.
    package private(set) var rejected = 0

    package init(attributes: [AttributeDeclaration] = []) {
        for attribute in attributes { _ = declare(attribute) }
    }

    package var eventCount: Int { times.count }
    package var journeyCount: Int { ids.count }

    /// The index of an attribute; the same name and level give the same index. May be called at any time.
    package mutating func declare(_ attribute: AttributeDeclaration) -> Int {
        let known = declarations.firstIndex { $0.level == attribute.level && sameText($0.name, attribute.name) }
        if let known { return known }
        declarations.append(attribute)
        attributes.append(AttributeBuilder())
        return declarations.count - 1
    }

    package mutating func journey(_ id: UnsafeBufferPointer<UInt8>) -> UInt32 { ids.code(id) }
    package mutating func journey(_ id: String) -> UInt32 { ids.code(id) }

    package mutating func activity(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 { names.code(name) }
    package mutating func activity(_ name: String) -> UInt32 { names.code(name) }

    /// The code of a value, from 1. An index that was not declared gives 0, "absent".
    package mutating func value(_ attribute: Int, _ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard attributes.indices.contains(attribute) else { return 0 }
        return attributes[attribute].texts.code(text) + 1
    }

    package mutating func value(_ attribute: Int, _ text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { value(attribute, $0) }
    }

    /// Adds an event; `time` in microseconds since 1970 UTC.
    package mutating func append(journey: UInt32, activity: UInt32, time: Int64) {
        let row = times.count
        guard journey < ids.count, activity < names.count, row < Int(UInt32.max) - 1 else {
            rejected += 1
            return
        }
        let time = min(max(time, -JourneyEngine.timeLimit), JourneyEngine.timeLimit)
        if journey != currentJourney {
            runStarts.append(UInt32(truncatingIfNeeded: row))
            runJourneys.append(journey)
            currentJourney = journey
        } else if time < currentTime {
            isInTimeOrder = false
        }
        currentTime = time
        times.append(time)
        activities.append(activity)
    }

    /// Sets an attribute of the event appended last. 0 removes it.
    package mutating func setEvent(_ attribute: Int, code: UInt32) {
        guard attributes.indices.contains(attribute), declarations[attribute].level == .event, times.count > 0 else {
            return
        }
        attributes[attribute].set(times.count - 1, code: code)
    }

    /// Sets an attribute of a journey; the last value given stays. 0 removes it.
    package mutating func setJourney(_ journey: UInt32, _ attribute: Int, code: UInt32) {
        guard attributes.indices.contains(attribute), declarations[attribute].level == .journey, journey < ids.count
        else { return }
        attributes[attribute].set(Int(journey), code: code)
    }
}

/// One attribute being collected: its texts and a code for each row or journey.
final class AttributeBuilder {
    var texts = TextTableBuilder()
    var codes = GrowingCodes()

    func set(_ index: Int, code: UInt32) {
        guard code <= texts.count else { return }
        if index == codes.count {
            codes.append(code)
        } else if index < codes.count {
            codes.write(code, at: index)
        } else if code != 0 {
            codes.pad(to: index)
            codes.append(code)
        }
    }

    /// The codes, leaving an empty column behind.
    func takeCodes() -> GrowingCodes {
        var taken = GrowingCodes(capacity: 16)
        swap(&taken, &codes)
        return taken
    }

    func takeTexts() -> TextTableBuilder {
        var taken = TextTableBuilder()
        swap(&taken, &texts)
        return taken
    }
}
