internal import ArgumentParser
internal import Channels
internal import Crypto
internal import Experience
internal import Formats
internal import Foundation
internal import Site
internal import Storage

/// Takes a spreadsheet of answers into the record. The same file twice is stored once.
struct ImportResponses: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take a spreadsheet of answers into the record: CSV or TSV with a header line.",
        discussion: """
            Columns are guessed from the form's question ids and texts, in English or Spanish, and printed; say which is
            which with --column QUESTION=COLUMN (also id, occurred, channel, touchpoint, code, language). Bad rows are
            listed with line and reason in FILE.rejects.csv and never stop the good ones.
            """)

    @Argument(help: "A CSV or TSV file.")
    var file: String

    @Option(help: "The service's id.")
    var service: String

    @Option(help: "The form's id.")
    var form: String

    @Option(name: .customLong("column"), help: "Which column holds what, as QUESTION=COLUMN.")
    var columns: [String] = []

    @Flag(help: "Read and check only; store nothing.")
    var dryRun = false

    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            guard fileKind(file) == .file, let bytes = FileManager.default.contents(atPath: file) else {
                throw CommandFailure.noInput("there is no file at \(file); check the name.")
            }
            guard bytes.count <= 512 << 20 else {
                throw CommandFailure.badData("\(file) is larger than 512 MiB; import it in parts.")
            }
            let folders = [ServiceFolder(path: try place.folder()), ServiceFolder(path: data.services)]
            let catalogue = LiveCatalogue(folders: folders, calendars: .standard, today: CivilDate(utc: .now))
            // A dry run makes no database; where there is one, it knows the forms written in the browser.
            if dryRun, fileKind(data.folder) != .folder { return try await take(bytes, catalogue, nil) }
            let rules = ViewRules(definition: { catalogue.current[$1] }, calendars: { .standard })
            try await data.onRecord(rules: rules) { try await take(bytes, catalogue, $0) }
        }
    }

    private func take(_ bytes: Data, _ catalogue: LiveCatalogue, _ record: Record?) async throws {
        var services = catalogue.current.services
        if let record {
            services = try await FormSource.read(record, services: services, today: CivilDate(utc: .now))
                .overlaid(on: services)
        }
        let (definition, asked) = try find(ServiceCatalogue(services))
        let table: DelimitedTable
        let mapping: AnswerColumns
        do {
            table = try DelimitedTable(Array(bytes))
            mapping = try AnswerColumns(header: table.columns, form: asked, said: try said())
        } catch let problem as DelimitedTable.Problem {
            throw CommandFailure.badData("\(file): \(problem)")
        } catch let problem as AnswerColumns.Problem {
            throw CommandFailure.badData("\(file): \(problem)")
        }
        for column in mapping.columns {
            print("  \(column.meaning): \(column.name)\(column.isGuessed ? " (guessed)" : "")")
        }
        for name in mapping.unread { print("  not read: \(name)") }
        let reading = AnswerRows(definition: definition, form: asked, columns: mapping, now: .now)
        try await take(reading, table, record)
    }

    private func take(_ reading: AnswerRows, _ table: DelimitedTable, _ record: Record?) async throws {
        let desk = dryRun ? nil : record.map { FeedbackDesk.live($0, now: { .now }) }
        let rejects = RejectFile(for: file)
        var seen: [String: Int] = [:]
        var good = 0
        for (at, row) in table.rows.enumerated() {
            switch reading.read(row, seen: &seen) {
            case .success(let response):
                do {
                    try await desk?.submit(response)
                    good += 1
                } catch let error as StorageError {
                    guard case .refused(let reason) = error else { throw CommandFailure.unavailable("\(error)") }
                    try rejects.add(line: at + 2, reason: reason, excerpt: "")
                }
            case .failure(let refusal): try rejects.add(line: at + 2, reason: refusal.why, excerpt: "")
            }
        }
        var line = "\(file): \(grouped(good)) answers \(dryRun ? "could be stored" : "taken")"
        line += ", \(grouped(rejects.count)) rejected"
        if table.ragged > 0 { line += ", \(grouped(table.ragged)) lines with another number of fields left out" }
        print(line + ".")
        if rejects.count > 0 { print("  the rejected rows, with reasons: \(rejects.path)") }
        if good == 0 { throw CommandFailure.badData("\(file) holds no usable answer; see the reasons above.") }
    }

    private func find(_ catalogue: ServiceCatalogue) throws -> (ServiceDefinition, FormDefinition) {
        guard let id = ServiceID(service), let definition = catalogue[id] else {
            let known = catalogue.services.map(\.id.text).joined(separator: ", ")
            throw CommandFailure.usage("there is no service “\(service)”; there are: \(known).")
        }
        guard let asked = definition.forms.first(where: { $0.id.text == form }) else {
            let known = definition.forms.map(\.id.text).joined(separator: ", ")
            throw CommandFailure.usage("“\(form)” is no form of \(service); it has: \(known).")
        }
        return (definition, asked)
    }

    private func said() throws -> [(meaning: String, column: String)] {
        try columns.map { pair in
            guard let cut = pair.firstIndex(of: "="), cut > pair.startIndex else {
                throw CommandFailure.usage("--column \(pair) is no pair; write it as QUESTION=COLUMN.")
            }
            return (String(pair[..<cut]), String(pair[pair.index(after: cut)...]))
        }
    }
}

/// Rows of a spreadsheet as answers.
struct AnswerRows {
    let definition: ServiceDefinition
    let form: FormDefinition
    let columns: AnswerColumns
    let now: Instant

    struct Refusal: Error { var why: String }

    /// - Parameter seen: how often a row without an id was met before: two people may say the same.
    func read(_ row: [String], seen: inout [String: Int]) -> Result<NewResponse, Refusal> {
        do throws(Refusal) { return .success(try judge(row, &seen)) } catch { return .failure(error) }
    }

    private func judge(_ row: [String], _ seen: inout [String: Int]) throws(Refusal) -> NewResponse {
        var answers: [Slug: KeptAnswer] = [:]
        var id: String?
        var occurred = now
        var channel = ChannelRoute.spreadsheet.channel
        var touchpoint: Slug?
        var code: TrackingCode?
        var language = Language.en
        for column in columns.columns where column.index < row.count {
            let cell = ConversationScript.plain(row[column.index])
            guard !cell.isEmpty else { continue }
            switch column.meaning {
            case .id: id = cell
            case .occurred:
                guard let at = AnswerRows.time(cell) else {
                    throw Refusal(why: "“\(cell.prefix(40))” is no time; write it like 2026-04-14T16:59:00-05:00.")
                }
                occurred = min(at, now)
            case .channel:
                guard let known = Channel(rawValue: cell.lowercased().replacing(" ", with: "_")) else {
                    throw Refusal(why: "“\(cell.prefix(40))” is no channel.")
                }
                channel = known
            case .touchpoint:
                guard let found = definition.touchpoints.first(where: { AnswerRows.names($0).contains(cell) }) else {
                    throw Refusal(why: "“\(cell.prefix(40))” is no touchpoint of this service.")
                }
                touchpoint = found.id
            case .code:
                guard let read = TrackingCode(cell) else {
                    throw Refusal(why: "“code” can't be a tracking code; check it.")
                }
                code = read
            case .language: language = Language(rawValue: String(cell.lowercased().prefix(2))) ?? .en
            case .question(let question):
                guard let asked = form.questions.first(where: { $0.id == question }) else { continue }
                do throws(AnswerProblem) {
                    let kept = try asked.keep(AnswerColumns.values(cell, asked))
                    if kept != .none { answers[question] = kept }
                } catch { throw Refusal(why: "“\(cell.prefix(40))” is no answer to “\(question)”.") }
            }
        }
        guard !answers.isEmpty else { throw Refusal(why: "no question is answered.") }
        let digest = MessageDigest.hash(data: Data(row.joined(separator: "\u{1F}").utf8))
            .prefix(12).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let name = id.map { String($0.filter { !$0.isWhitespace }.prefix(100)) } ?? digest
        let times = seen[name, default: 0]
        seen[name] = times + 1
        // An id given twice is one answer; a row without an id that comes twice is two people's.
        let whole = id != nil || times == 0 ? name : "\(name)-\(times)"
        return NewResponse(
            id: "\(form.id):\(whole)", service: definition, form: form, answers: answers, channel: channel,
            touchpoint: touchpoint, code: code, occurred: occurred, language: language,
            intake: ResponseIntake(.spreadsheet))
    }

    private static func names(_ place: ServiceDefinition.Touchpoint) -> [String] {
        [place.id.text, place.title.en, place.title.es]
    }

    /// RFC 3339, or a plain date or date and time, then in UTC.
    private static func time(_ text: String) -> Instant? {
        if let at = Instant(rfc3339: text) { return at }
        if let day = CivilDate(text) { return day.startUTC }
        let parts = text.split { $0 == " " || $0 == "T" }
        guard parts.count == 2 else { return nil }
        let seconds = parts[1].split(separator: ":").count == 2 ? "\(parts[1]):00" : String(parts[1])
        return Instant(rfc3339: "\(parts[0])T\(seconds)Z")
    }
}
