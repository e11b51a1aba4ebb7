internal import Experience
package import JourneyEngine

extension JourneyFilter {
    /// The journeys of a log that this filter keeps, one pass a condition.
    ///
    /// - Parameter text: the filter as written, for errors that point into it.
    /// - Throws: `FilterError` for an activity or attribute the log does not have.
    package func select(_ log: EventLog, text: String = "", threads: Int = 0) throws -> JourneySelection {
        var context = FilterContext(log: log, text: text, threads: threads)
        return try context.select(self)
    }

    /// Reads and applies in one go.
    package static func select(_ text: String, in log: EventLog, threads: Int = 0) throws -> JourneySelection {
        try JourneyFilter(text).select(log, text: text, threads: threads)
    }
}

private struct FilterContext {
    let log: EventLog
    let text: String
    let threads: Int
    /// Worked out when a condition first asks for ranks.
    private var assignment: VariantAssignment?

    init(log: EventLog, text: String, threads: Int) {
        self.log = log
        self.text = text
        self.threads = threads
    }

    mutating func select(_ filter: JourneyFilter) throws -> JourneySelection {
        switch filter {
        case .and(let a, let b): return try select(a).and(select(b))
        case .or(let a, let b): return try select(a).or(select(b))
        case .not(let a): return try select(a).not()
        case .variantRank(let wanted):
            let known = assignment ?? log.variantAssignment(threads: threads)
            assignment = known
            let last = min(wanted.upperBound, known.variants.count)
            guard wanted.lowerBound <= last else { return JourneySelection(of: log.journeyCount) }
            return known.selection(Set((wanted.lowerBound - 1)..<last))
        default: return log.select(try criterion(filter), threads: threads)
        }
    }

    private func criterion(_ filter: JourneyFilter) throws -> JourneyCriterion {
        switch filter {
        case .intersecting(let window): return .intersecting(window)
        case .startedIn(let window): return .started(in: window)
        case .endedIn(let window): return .ended(in: window)
        case .eventIn(let window): return .hasEvent(in: window)
        case .contained(let window): return .contained(in: window)
        case .startsWith(let name): return .startsWith([try activity(name)])
        case .endsWith(let name): return .endsWith([try activity(name)])
        case .passes(let name): return .passesThrough([try activity(name)])
        case .follows(let a, let b, let isDirect, let limit):
            let range: ClosedRange<Int64>? = limit.map { 0...max(0, $0) }
            return isDirect
                ? .directlyFollows(from: try activity(a), to: try activity(b), within: range)
                : .eventuallyFollows(from: try activity(a), to: try activity(b), within: range)
        case .duration(let bound): return .duration(bound.range(from: 0, to: .max))
        case .length(let bound):
            let range = bound.range(from: 0, to: Int64.max)
            return .length(Int(range.lowerBound)...Int(range.upperBound))
        case .attribute(let name, let values, let isNegated):
            let attribute = try attribute(name)
            let named = Set(values.compactMap { log.attributeCode(attribute, of: $0) })
            return .attribute(attribute, codes: isNegated ? allCodes(attribute).subtracting(named) : named)
        case .exists(let name):
            let attribute = try attribute(name)
            return .attribute(attribute, codes: allCodes(attribute))
        case .and, .or, .not, .variantRank: return .length(0...Int.max)
        }
    }

    private func allCodes(_ attribute: Int) -> Set<Int> {
        let count = log.attributeValues(attribute).count
        return count == 0 ? [] : Set(1...count)
    }

    private func activity(_ name: JourneyFilter.Name) throws -> Int {
        if let index = log.activityIndex(name.text) { return index }
        throw FilterError(
            text: text, offset: name.offset, length: name.length, expected: "an activity of the log",
            found: name.text, nearest: nearestName(to: name.text, in: log.activityNames))
    }

    private func attribute(_ name: JourneyFilter.Name) throws -> Int {
        if let found = log.resolveAttribute(name.text) { return found.index }
        throw FilterError(
            text: text, offset: name.offset, length: name.length, expected: "an attribute of the log",
            found: name.text, nearest: nearestName(to: name.text, in: log.attributes.map(\.name)))
    }
}

extension JourneyFilter.Bound where Value == Int64 {
    func range(from least: Int64, to most: Int64) -> ClosedRange<Int64> {
        let lower = max(least, lower ?? least)
        return lower...max(lower, upper ?? most)
    }
}

extension EventLog {
    /// An attribute by the name a person wrote: a journey's before an event's, `case:` for a journey's only.
    func resolveAttribute(_ name: String) -> (index: Int, level: AttributeDeclaration.Level)? {
        if let index = attributeIndex(name, level: .journey) { return (index, .journey) }
        if name.hasPrefix("case:"), let index = attributeIndex(String(name.dropFirst(5)), level: .journey) {
            return (index, .journey)
        }
        return attributeIndex(name, level: .event).map { ($0, .event) }
    }
}
