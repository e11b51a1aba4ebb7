internal import ArgumentParser
internal import Experience
internal import Formats
internal import Foundation
internal import Storage

/// The working calendars promises are counted by.
struct CalendarsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendars", abstract: "List the working calendars, and close days on one.",
        subcommands: [CalendarsList.self, CalendarsClose.self])
}

struct CalendarsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the calendars and their versions.")

    @OptionGroup var data: DataPlace

    func run() async throws {
        let set = data.calendars.current
        for id in set.ids {
            guard let calendar = set[id] else { continue }
            print("\(calendar.reference)  \(calendar.zone)  \(calendar.definition.closures.count) one-off closures")
        }
    }
}

struct CalendarsClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close days on a calendar: a new version, by which every promise still owed is worked out again.",
        discussion: "Each promise gets one line in its ledger that says why its date moved.")

    @Argument(help: "The calendar, as calendars list names it.")
    var calendar: String

    @Option(help: "A day to close, such as 2026-12-24; repeat for more.")
    var day: [String] = []

    @Option(help: "An iCalendar file whose events close days.")
    var feed: String?

    @Option(help: "Why, as the ledgers will say.")
    var reason: String

    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            let folder = data.calendars
            guard let id = Slug(calendar), let old = folder.current[id] else {
                let names = folder.current.ids.map(\.text).joined(separator: ", ")
                throw CommandFailure.usage("no calendar is called “\(calendar)”; use one of: \(names).")
            }
            var definition = old.definition
            for text in day {
                guard let date = CivilDate(text) else {
                    throw CommandFailure.usage("“\(text)” is no day; write it as 2026-12-24.")
                }
                definition.closures.append(.init(date: date, name: reason))
            }
            if let feed {
                guard let bytes = FileManager.default.contents(atPath: feed) else {
                    throw CommandFailure.usage("\(feed) can't be read.")
                }
                let year = CivilDate(utc: .now).year
                do {
                    let read = try CalendarFeed(
                        String(decoding: bytes, as: UTF8.self), years: year - 1...year + 5, zone: old.zone)
                    for finding in read.findings { printError("\(feed) \(finding)") }
                    definition.closures += read.closures.filter { !definition.closures.contains($0) }
                } catch {
                    throw CommandFailure.badData("\(error)")
                }
            }
            guard definition.closures.count > old.definition.closures.count else {
                throw CommandFailure.usage("nothing to close; name days with --day or a file with --feed.")
            }
            definition.version = old.version + 1
            let new: WorkingCalendar
            do { new = try WorkingCalendar(definition) } catch {
                throw CommandFailure.usage("\(error)")
            }
            let definitions = try allDefinitions(data: data, place: place)
            try folder.keep(new)
            let set = folder.current
            try await data.onRecord(rules: ViewRules(services: definitions, calendars: set)) { record in
                let progress = ProgressLine()
                let done = try await record.reproject(to: new, reason: reason, at: .now)
                print(
                    "\(new.reference): \(grouped(done.journaled)) promises worked out again in "
                        + "\(oneDecimal(progress.seconds)) s, \(grouped(done.moved)) dates moved.")
            }
        }
    }
}
