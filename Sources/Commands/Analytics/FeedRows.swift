internal import Analyses
package import Analytics
package import Experience
internal import Storage

/// Writes events as rows for the analytics server, straight from the columns of the record.
final class EventRowWriter: LineReader {
    struct Written: Sendable {
        var rows = TabWriter()
        var last: Int64 = 0
        /// Wrapping.
        var sequences: Int64 = 0
    }

    private var written = Written()
    private let onMap = Set(EventKind.allCases.filter(ServiceSnapshot.isOnMap).map { Array($0.rawValue.utf8) })

    func take(_ line: EventLine) {
        line.with(.agency) { written.rows.add(utf8: $0) }
        line.with(.service) { written.rows.add(utf8: $0) }
        let isAttached = line.with(.journey) { text in
            written.rows.add(utf8: text)
            return text.first != 0x7E
        }
        written.rows.add(line.sequence)
        let isOnMap = line.with(.kind) { text in
            written.rows.add(utf8: text)
            return onMap.contains(Array(text))
        }
        line.with(.activity) { written.rows.add(utf8: $0) }
        line.with(.channel) { written.rows.add(utf8: $0) }
        line.with(.unit) { written.rows.add(utf8: $0) }
        written.rows.add(isOnMap && isAttached ? 1 : 0)
        written.rows.add(line.occurred)
        written.rows.add(line.recorded)
        written.rows.endRow()
        written.last = line.sequence
        written.sequences &+= line.sequence
    }

    func finish() -> Written { written }
}

/// Writes journeys' states as rows, each with a version that grows with its events.
final class JourneyRowWriter: LineReader {
    private var rows = TabWriter()
    private let edition: Int64

    init(edition: Int64) { self.edition = edition }

    func take(_ line: JourneyLine) {
        let (none, notYet) = (AnalyticsSchema.none, AnalyticsSchema.notYet)
        rows.add(line.agency)
        rows.add(line.service)
        rows.add(line.journey)
        rows.add(edition << 44 &+ line.lastSequence)
        rows.add(line.lastSequence)
        rows.add(line.opened)
        rows.add(line.lastOccurred)
        rows.add(line.closed?.at ?? notYet)
        rows.add(line.closed?.result ?? "")
        rows.add((line.channel ?? .unknown).rawValue)
        rows.add(min(line.contacts, Int(Int32.max)))
        rows.add(min(line.failureDemand, Int(Int32.max)))
        rows.add(line.outcome?.rawValue ?? "")
        rows.add(min(max(line.rating ?? 0, 0), 255))
        rows.add(min(line.responses, Int(Int32.max)))
        let attributes = line.cohorts.sorted { $0.key < $1.key }
        rows.add(attributes.map(\.key))
        rows.add(attributes.map(\.value))
        rows.add(line.promise?.rawValue ?? "")
        rows.add(line.firstDue ?? none)
        rows.add(line.lastDue ?? none)
        rows.add(line.promiseEnded ?? notYet)
        rows.add(min(line.repromises, Int(Int32.max)))
        rows.add(line.probability.map { "\($0)" } ?? "0")
        rows.endRow()
    }

    func finish() -> TabWriter { rows }
}

extension TabWriter {
    /// An answer or an offer, its items packed as scores count them.
    ///
    /// - Parameter form: a form in the version that was answered: a later one may name its questions otherwise.
    package mutating func add(_ recorded: RecordedEvent, form: (ServiceID, Slug, Int) -> FormDefinition?) {
        let event = recorded.event
        guard case .text(let name)? = event.attributes["form"], let id = Slug(name) else { return }
        let version = min(max(event.attributes["form_version"]?.integer ?? 0, 0), Int64(Int32.max))
        let asked =
            form(event.service, id, Int(version)).map { AskedForm($0) }
            ?? AskedForm(unknown: id, version: Int(version))
        add(event.agency.text)
        add(event.service.text)
        add(event.journey.text)
        add(recorded.sequence)
        add(event.kind.rawValue)
        add(name)
        add(version)
        add(event.channel.rawValue)
        add(event.touchpoint ?? "")
        add(event.occurred.microseconds)
        add(recorded.recorded.microseconds)
        add(unsigned: event.kind == .response ? asked.pack(event.attributes).bits : 0)
        add(unsigned: ResponseColumns.hash(event.source, event.sourceID))
        endRow()
    }
}
