#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A run of selected journeys that lie side by side in a segment.
struct JourneyRun {
    var journeys: Range<Int>
    var events: Range<Int>
}

/// What one thread copies of one segment, and where it goes.
struct SelectedShare {
    var segment: Int
    var runs: [JourneyRun] = []
    var journeys = 0
    var events = 0
    var firstJourney = 0
    var firstEvent = 0
}

/// The columns of selected journeys of one segment, written by several threads at once, each its own part.
final class SelectedColumns: @unchecked Sendable {
    private let source: LogSegment
    private let attributes: [AttributeDeclaration]
    private let journeys: Int
    private let events: Int
    private var offsets: GrowingColumn<UInt32>
    private var places: GrowingColumn<UInt32>
    private var times: GrowingColumn<Int64>
    private let codes: [CodesTarget?]

    /// A column of codes of known length.
    private final class CodesTarget: @unchecked Sendable {
        var column: GrowingCodes

        init(_ source: CodeColumn, count: Int) {
            column = GrowingCodes(like: source.width, capacity: count)
            column.setCount(count)
        }

        func freeze() -> CodeColumn {
            var taken = GrowingCodes(capacity: 16)
            swap(&taken, &column)
            return taken.freeze()
        }
    }

    init(_ source: LogSegment, _ attributes: [AttributeDeclaration], journeys: Int, events: Int) {
        self.source = source
        self.attributes = attributes
        self.journeys = journeys
        self.events = events
        offsets = GrowingColumn(capacity: journeys + 1)
        offsets.setCount(journeys + 1)
        places = GrowingColumn(capacity: journeys)
        places.setCount(journeys)
        times = GrowingColumn(capacity: events)
        times.setCount(events)
        let columns = [source.activities] + source.attributes
        codes = columns.enumerated().map { index, column in
            let isJourneys = index > 0 && attributes[index - 1].level == .journey
            return column.map { CodesTarget($0, count: isJourneys ? journeys : events) }
        }
    }

    /// From where to where the codes of one column go.
    private struct CodesPath {
        var source: UnsafeRawPointer
        var target: UnsafeMutableRawPointer
        var width: Int
        var isJourneys: Bool
    }

    func copy(_ share: SelectedShare) {
        let columns = [source.activities] + source.attributes
        var paths: [CodesPath] = []
        for (index, column) in columns.enumerated() {
            guard let column, let target = codes[index] else { continue }
            paths.append(
                CodesPath(
                    source: column.start, target: target.column.start, width: column.width,
                    isJourneys: index > 0 && attributes[index - 1].level == .journey))
        }
        let times = times.start
        let offsets = offsets.start
        let places = places.start
        let source = source
        var journey = share.firstJourney
        var event = share.firstEvent
        for run in share.runs {
            memcpy(times + event, source.times.start + run.events.lowerBound, run.events.count * 8)
            for path in paths {
                let range = path.isJourneys ? run.journeys : run.events
                let target = path.target + (path.isJourneys ? journey : event) * path.width
                memcpy(target, path.source + range.lowerBound * path.width, range.count * path.width)
            }
            for local in run.journeys {
                let from = min(max(Int(source.offsets[local]), run.events.lowerBound), run.events.upperBound)
                offsets[journey] = UInt32(truncatingIfNeeded: event + from - run.events.lowerBound)
                places[journey] = UInt32(truncatingIfNeeded: source.ids.entry(local))
                journey += 1
            }
            event += run.events.count
        }
    }

    func finish() -> LogSegment {
        offsets[journeys] = UInt32(truncatingIfNeeded: events)
        let columns = codes.map { $0?.freeze() }
        return LogSegment(
            offsets: Self.take(&offsets), times: Self.take(&times), activities: columns[0] ?? source.activities,
            ids: JourneyIDs(source.ids.table, places: Self.take(&places)), attributes: Array(columns.dropFirst()))
    }

    private static func take<Element>(_ column: inout GrowingColumn<Element>) -> Column<Element> {
        var taken = GrowingColumn<Element>(capacity: 16)
        swap(&taken, &column)
        return taken.freeze()
    }
}
