package import Experience
internal import Synchronization

/// The services as they run now. A changed file takes effect at once; a file that has become wrong keeps the
/// last definition that was right, and says so.
package final class LiveCatalogue: Sendable {
    private let folders: [ServiceFolder]
    private let calendars: CalendarSet
    private let state: Mutex<State>

    private struct State {
        var definitions: [String: ServiceDefinition] = [:]
        var catalogue = ServiceCatalogue([])
        var findings: [ServiceFinding] = []
        var fingerprint: [String: String] = [:]
    }

    /// - Parameter folders: the earlier one wins where two define a service; one that does not exist is empty.
    package init(folders: [ServiceFolder], calendars: CalendarSet, today: CivilDate) {
        self.folders = folders
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
        let fingerprint = marks()
        guard evenIfUnchanged || state.withLock({ $0.fingerprint != fingerprint }) else { return nil }
        var read: [String: ServiceDefinition] = [:]
        var findings: [ServiceFinding] = []
        for (place, folder) in folders.enumerated() where place == 0 || folder.files() != nil {
            let reading = folder.read(calendars: calendars, today: today)
            for (name, definition) in reading.definitions { read["\(place)/\(name)"] = definition }
            findings += reading.findings
        }
        return state.withLock { state in
            var definitions: [String: ServiceDefinition] = [:]
            for name in fingerprint.keys {
                // A file that can't be used keeps the service it defined before; a file taken away ends it.
                definitions[name] = read[name] ?? state.definitions[name]
            }
            state.definitions = definitions
            state.catalogue = ServiceCatalogue(definitions.sorted { $0.key < $1.key }.map(\.value))
            state.findings = findings
            state.fingerprint = fingerprint
            return findings
        }
    }

    /// By place of the folder and name of the file.
    private func marks() -> [String: String] {
        var marks: [String: String] = [:]
        for (place, folder) in folders.enumerated() {
            for (name, mark) in folder.fingerprint() { marks["\(place)/\(name)"] = mark }
        }
        return marks
    }
}
