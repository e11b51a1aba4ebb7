/// Reads a table, one event a row, into a sink by a ``CSVPlan``.
///
/// A journey's own attributes are the columns named `case:…`, as PM4Py and others write them. Empty fields are absent
/// values; an empty journey id or activity makes the row bad. Nothing else is special: `NA` and `null` are text.
struct CSVParser<Sink: EventSink & ~Copyable>: ~Copyable {
    var sink: Sink
    private(set) var table: CSVTokenizer
    private(set) var times: TimeReader
    private(set) var isFinished = false
    private let journeyColumn: Int
    private let activityColumn: Int
    private let timeColumn: Int
    private let width: Int
    private let needed: Int
    private var values: [CSVValueColumn] = []

    private var skipsHeader: Bool

    /// - Parameter skipsHeader: whether the first record is the header.
    init(
        _ table: consuming CSVTokenizer, _ plan: CSVPlan, sink: consuming Sink, _ options: LogReadingOptions,
        skipsHeader: Bool
    ) {
        self.sink = sink
        self.table = table
        self.skipsHeader = skipsHeader
        times = TimeReader(plan.timeFormat, zone: options.zone)
        width = plan.columns.count
        journeyColumn = plan.roles[.journey]?.index ?? 0
        activityColumn = plan.roles[.activity]?.index ?? 0
        timeColumn = plan.roles[.time]?.index ?? 0
        needed = max(journeyColumn, activityColumn, timeColumn) + 1
        for (index, name) in plan.columns.enumerated()
        where ![journeyColumn, activityColumn, timeColumn].contains(index) {
            let isJourney = name.hasPrefix("case:")
            let title = isJourney ? String(name.dropFirst(5)) : name
            guard !title.isEmpty, options.attributes.keeps(name) || options.attributes.keeps(title) else { continue }
            let slot: AttributeSlot =
                switch plan.roles.first(where: { $0.value.index == index })?.key {
                case .resource: .resource
                case .lifecycle: .lifecycle
                case .recorded: .recorded
                default: .plain
                }
            let attribute = withBytes(of: title) { self.sink.attribute($0, journey: isJourney, slot: slot) }
            values.append(CSVValueColumn(column: index, attribute: attribute, isJourney: isJourney))
        }
        self.sink.openJourney()
    }

    mutating func advance() throws(FormatError) {
        if skipsHeader {
            skipsHeader = false
            _ = try table.next()
        }
        while !sink.isFull {
            guard try table.next() else {
                isFinished = true
                return
            }
            readRow()
        }
    }

    @inline(__always)
    private mutating func readRow() {
        let count = table.fieldCount
        guard table.fault == .none, count >= needed, count <= width || extraIsEmpty() else { return rejectShape() }
        let journey = table.field(journeyColumn)
        guard !journey.isEmpty else { return reject("the journey id is empty") }
        let activity = table.field(activityColumn)
        guard !activity.isEmpty else { return reject("the activity is empty") }
        guard let time = times.microseconds(table.field(timeColumn)) else { return rejectTime() }
        sink.nameJourney(journey)
        for value in values where value.column < count {
            let field = table.field(value.column)
            if field.isEmpty { continue }
            if value.isJourney {
                sink.setJourney(value.attribute, field, .text)
            } else {
                sink.setEvent(value.attribute, field, .text)
            }
        }
        sink.endEvent(activity: activity, time: time, line: table.line)
    }

    private mutating func extraIsEmpty() -> Bool {
        for index in width..<table.fieldCount where !table.field(index).isEmpty { return false }
        return true
    }

    @inline(never)
    private mutating func rejectShape() {
        switch table.fault {
        case .openQuote: reject("a quote is never closed")
        case .afterQuote: reject("text follows a closing quote")
        case .notUTF8: reject("it holds bytes that are no UTF-8 (is the file Latin-1?)")
        case .none: reject("it has \(table.fieldCount) fields where the header has \(width)")
        }
    }

    @inline(never)
    private mutating func rejectTime() {
        let text = table.field(timeColumn)
        reject(
            text.isEmpty ? "the time is empty" : "“\(UnsafeBufferPointer(rebasing: text.prefix(60)).text)” is no time")
    }

    @inline(never)
    private mutating func reject(_ reason: String) {
        sink.dropEvent(RejectedRow(line: table.line, reason: reason, row: table.record))
    }
}

/// A column that holds an attribute.
struct CSVValueColumn: Sendable {
    var column: Int
    var attribute: Int
    var isJourney: Bool
}
