internal import ArgumentParser
internal import Experience
internal import Formats
internal import Storage

struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Derive every view again from the record, with today's definitions.")

    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            let definitions = try allDefinitions(data: data, place: place)
            let rules = ViewRules(services: definitions, calendars: data.calendars.current)
            try await data.onRecord(rules: rules) { record in
                let progress = ProgressLine()
                let before = try await record.viewsDigest()
                let journeys = try await record.rebuild()
                let after = try await record.viewsDigest()
                print(
                    "\(grouped(journeys)) journeys rebuilt in \(oneDecimal(progress.seconds)) s; the views \(before == after ? "were already what the record says" : "have changed")."
                )
            }
        }
    }
}

/// Every definition that can run: those shipped or configured, and those made by imports.
func allDefinitions(data: DataPlace, place: ServicesPlace) throws -> [ServiceDefinition] {
    let today = CivilDate(utc: .now)
    var folders = [data.services]
    if let folder = try? place.folder() { folders.insert(folder, at: 0) }
    return ServiceFolder.definitions(
        in: folders, calendars: data.calendars.current, today: today, forms: try place.formFolder())
}
