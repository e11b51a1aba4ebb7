package import Experience
internal import Synchronization

/// The services as they run now. A changed file takes effect at once; a file that has become wrong keeps the
/// last definition that was right, and says so.
package final class LiveCatalogue: Sendable {
    private let folder: ServiceFolder
    private let calendars: CalendarSet
    private let state: Mutex<State>

    private struct State {
        var definitions: [String: ServiceDefinition] = [:]
        var catalogue = ServiceCatalogue([])
        var findings: [ServiceFinding] = []
        var fingerprint: [String: String] = [:]
    }

    package init(folder: ServiceFolder, calendars: CalendarSet, today: CivilDate) {
        self.folder = folder
        self.calendars = calendars
        state = Mutex(State())
        refresh(today: today, evenIfUnchanged: true)
    }

    package var current: ServiceCatalogue { state.withLock { $0.catalogue } }
    package var findings: [ServiceFinding] { state.withLock { $0.findings } }

    /// Reads the folder again when a file was added, changed or taken away. Returns what is wrong now if anything
    /// changed, nil if nothing did.
    @discardableResult
    package func refresh(today: CivilDate, evenIfUnchanged: Bool = false) -> [ServiceFinding]? {
        let fingerprint = folder.fingerprint()
        guard evenIfUnchanged || state.withLock({ $0.fingerprint != fingerprint }) else { return nil }
        let reading = folder.read(calendars: calendars, today: today)
        return state.withLock { state in
            var definitions: [String: ServiceDefinition] = [:]
            for name in reading.fingerprint.keys {
                // A file that can't be used keeps the service it defined before; a file taken away ends it.
                definitions[name] = reading.definitions[name] ?? state.definitions[name]
            }
            state.definitions = definitions
            state.catalogue = ServiceCatalogue(definitions.sorted { $0.key < $1.key }.map(\.value))
            state.findings = reading.findings
            state.fingerprint = reading.fingerprint
            return reading.findings
        }
    }
}
