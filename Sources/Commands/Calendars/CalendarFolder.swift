internal import Experience
internal import Foundation
internal import Storage
internal import Synchronization

/// The calendars an installation works by: the ready ones, and its own versions in the data folder, `calendars/ID@N.json`.
/// A version is never changed: a closure more is a new one.
final class CalendarFolder: Sendable {
    let path: String
    private let known: Mutex<(set: CalendarSet, files: [String])>

    init(path: String) {
        self.path = path
        known = Mutex((.standard, []))
        _ = refresh()
    }

    var current: CalendarSet { known.withLock { $0.set } }

    /// Reads versions that came since the last call; gives them, oldest first.
    func refresh() -> [WorkingCalendar] {
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter {
            $0.hasSuffix(".json")
        }
        .sorted()
        let new = known.withLock { known in files.filter { !known.files.contains($0) } }
        let read = new.compactMap { file -> (String, WorkingCalendar)? in
            guard let data = FileManager.default.contents(atPath: path + "/" + file),
                let calendar = try? JSONDecoder().decode(WorkingCalendar.self, from: data),
                file == "\(calendar.reference).json"
            else { return nil }
            return (file, calendar)
        }
        known.withLock { known in
            for (file, calendar) in read {
                known.set.insert(calendar)
                known.files.append(file)
            }
        }
        return read.map(\.1).sorted { $0.version < $1.version }
    }

    /// Why a version came: the names of the days it closes and the one before it did not. People read it beside their
    /// date.
    func reason(for calendar: WorkingCalendar) -> String {
        let before = current[CalendarReference(id: calendar.id, version: calendar.version - 1)]
        let known = before?.definition.closures ?? []
        var names: [String] = []
        for closure in calendar.definition.closures where !known.contains(closure) && !names.contains(closure.name) {
            names.append(closure.name)
        }
        return names.isEmpty ? "\(calendar.reference)" : String(names.joined(separator: ", ").prefix(200))
    }

    /// Keeps a new version: written beside and renamed, so that nobody reads half of it.
    func keep(_ calendar: WorkingCalendar) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            let file = "\(path)/\(calendar.reference).json"
            try encoder.encode(calendar).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw CommandFailure.unavailable("\(path) can't be written; check the rights of the data folder.")
        }
        _ = refresh()
    }
}

extension DataPlace {
    /// The installation's calendars.
    var calendars: CalendarFolder { CalendarFolder(path: folder + "/calendars") }
}
