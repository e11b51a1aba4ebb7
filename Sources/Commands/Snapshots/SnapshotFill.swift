internal import Analyses
internal import Experience
internal import JourneyEngine
internal import Storage

/// Makes logs of a stretch of the record, a service each, straight from its columns.
final class RecordLogReader: LineReader {
    private final class Filling {
        var builder = EventLogBuilder()
        let unit: Int
        let channel: Int

        init() {
            unit = builder.declare(AttributeDeclaration("unit", level: .event))
            channel = builder.declare(AttributeDeclaration("channel", level: .event))
        }

        func take(_ line: EventLine) {
            let journey = line.with(.journey) { builder.journey($0) }
            let activity = line.with(.activity) { builder.activity($0) }
            builder.append(journey: journey, activity: activity, time: line.occurred)
            let isUnitKnown = line.with(.unit) { text in
                guard !text.isEmpty else { return false }
                builder.setEvent(unit, code: builder.value(unit, text))
                return true
            }
            if !isUnitKnown {
                line.with(.actor) { if !$0.isEmpty { builder.setEvent(unit, code: builder.value(unit, $0)) } }
            }
            line.with(.channel) { text in
                if !text.elementsEqual(Channel.unknown.rawValue.utf8) {
                    builder.setEvent(channel, code: builder.value(channel, text))
                }
            }
        }

        func finish() -> EventLog {
            var taken = EventLogBuilder()
            swap(&taken, &builder)
            return taken.finish()
        }
    }

    private var fillings: [String: Filling] = [:]
    /// The service of the line before, so that a run of one service is looked up once.
    private var last: (name: [UInt8], filling: Filling?) = ([], nil)
    private let onMap = Set(EventKind.allCases.filter(ServiceSnapshot.isOnMap).map { Array($0.rawValue.utf8) })

    func take(_ line: EventLine) {
        guard line.with(.kind, { onMap.contains(Array($0)) }), line.with(.journey, { $0.first != 0x7E }) else { return }
        if last.filling == nil || !line.with(.service, { $0.elementsEqual(last.name) }) {
            let name = line.with(.service) { Array($0) }
            let text = String(decoding: name, as: UTF8.self)
            let filling = fillings[text] ?? Filling()
            fillings[text] = filling
            last = (name, filling)
        }
        last.filling?.take(line)
    }

    func finish() -> [ServiceID: EventLog] {
        var logs: [ServiceID: EventLog] = [:]
        for (name, filling) in fillings {
            if let service = ServiceID(name) { logs[service] = filling.finish() }
        }
        return logs
    }
}

/// Makes the tables of all services from the view of journeys.
final class RecordTableReader: LineReader {
    struct Filled: Sendable {
        var table: JourneyTable
        var rows: [String: Int] = [:]
    }

    private let cohorts: (ServiceID) -> [String]
    private var services: [String: Filled] = [:]

    init(cohorts: @escaping (ServiceID) -> [String]) { self.cohorts = cohorts }

    func take(_ line: JourneyLine) {
        let name = line.service
        guard let id = ServiceID(name) else { return }
        var filled = services.removeValue(forKey: name) ?? Filled(table: JourneyTable(cohortNames: cohorts(id)))
        var made = JourneyTable.Line(journey: line.journey, opened: line.opened, lastOccurred: line.lastOccurred)
        if let closed = line.closed {
            made.closed = closed.at
            made.result = closed.result
        }
        made.outcome = .init(line.outcome)
        made.rating = line.rating ?? 0
        made.responses = line.responses
        made.contacts = line.contacts
        made.failureDemand = line.failureDemand
        made.channel = line.channel ?? .unknown
        if !filled.table.cohortNames.isEmpty { made.cohorts = line.cohorts }
        if let state = line.promise {
            made.promise = .init(state)
            made.firstDue = line.firstDue ?? JourneyTable.none
            made.lastDue = line.lastDue ?? JourneyTable.none
            made.settled = line.promiseEnded ?? JourneyTable.notYet
            made.repromises = line.repromises
            made.isUntold = line.repromises > 0 && line.isUntold
            made.said = line.probability ?? 0
            made.movedFrom = line.movedFrom ?? JourneyTable.none
            made.waitingSince = line.waitingSince ?? JourneyTable.none
            if let likely = line.likely {
                made.likely = likely.half.microseconds
                made.eightOfTen = likely.eightOfTen?.microseconds ?? JourneyTable.none
                made.nineOfTen = likely.nineOfTen?.microseconds ?? JourneyTable.none
            }
        }
        filled.rows[made.journey] = filled.table.append(made)
        services[name] = filled
    }

    func finish() -> [ServiceID: Filled] {
        var found: [ServiceID: Filled] = [:]
        for (name, filled) in services {
            if let service = ServiceID(name) { found[service] = filled }
        }
        return found
    }
}
