internal import ArgumentParser
internal import Experience
internal import Foundation
internal import Storage

/// The retention schedule by hand. The server runs it by itself once a day.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Erase what its time is over for, and list the certificates.",
        subcommands: [RetentionRun.self, RetentionList.self])

    struct RetentionRun: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run", abstract: "Carry out the configured schedule now.",
            discussion: "retention.words.days and the other keys of throughline.json say what goes when.")

        @Flag(help: "Only say how much would be erased.")
        var dryRun = false

        @OptionGroup var data: DataPlace
        @OptionGroup var place: ServicesPlace

        func run() async throws {
            try await reportingFailures {
                let schedule = RetentionSchedule(
                    settings: try RetentionSettings(try await ServeSettings.reader(dataFolder: data.folder)))
                guard !schedule.settings.isEmpty else {
                    throw CommandFailure.usage(
                        "no retention is configured, so nothing is erased; set retention.words.days, "
                            + "retention.contacts.days, retention.messages.days or retention.record.months.")
                }
                try await onRecord { record in
                    if dryRun { return try await tell(schedule, record) }
                    let made = try await schedule.run(on: record, by: "command line", at: .now) { _ in
                        printError("Months of the record can be dropped on PostgreSQL only; they stay.")
                    }
                    for certificate in made { print(RetentionCommand.line(certificate)) }
                    printError(made.isEmpty ? "Nothing's time was over." : "\(made.count) certificates written.")
                }
            }
        }

        private func tell(_ schedule: RetentionSchedule, _ record: Record) async throws {
            for line in schedule.lines(at: .now) {
                if line.rule == .months {
                    print(
                        "months: those recorded before \(CivilDate(utc: line.cutoff)) as far as every journey in them ended"
                    )
                } else {
                    print("\(line.rule.rawValue): \(try await record.due(line.rule, before: line.cutoff))")
                }
            }
        }

        private func onRecord(_ work: (Record) async throws -> Void) async throws {
            let definitions = try allDefinitions(data: data, place: place)
            let rules = ViewRules(services: definitions, calendars: data.calendars.current)
            try await data.onRecord(rules: rules, work)
        }
    }

    struct RetentionList: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the certificates of what was erased, and check that none is missing.")

        @Flag(help: "As JSON, one certificate a line.")
        var json = false

        @OptionGroup var data: DataPlace

        func run() async throws {
            try await reportingFailures {
                try await data.onRecord { record in
                    for certificate in try await record.certificates().reversed() {
                        print(json ? RetentionCommand.document(certificate) : RetentionCommand.line(certificate))
                    }
                    if let broken = try await record.firstBrokenCertificate() {
                        throw CommandFailure.badData(
                            "certificate \(broken) does not follow from those before it: it or one before was changed; "
                                + "compare with the backups.")
                    }
                    if !json { printError("Every certificate follows from the one before.") }
                }
            }
        }
    }

    static func line(_ one: ErasureCertificate) -> String {
        "\(one.id)  \(one.at.rfc3339)  \(one.agency?.text ?? "*")  \(one.rule.rawValue)  \(one.items) of "
            + "\(one.subjects), kept before \(CivilDate(utc: one.cutoff))  by \(one.account)  \(one.digest.prefix(16))"
    }

    static func document(_ one: ErasureCertificate) -> String {
        struct Document: Encodable {
            var id, at, agency, rule, cutoff, account, oldest, newest, digest, seal: String
            var subjects, items: Int
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let document = Document(
            id: one.id, at: one.at.rfc3339, agency: one.agency?.text ?? "*", rule: one.rule.rawValue,
            cutoff: one.cutoff.rfc3339, account: one.account, oldest: one.oldest.rfc3339, newest: one.newest.rfc3339,
            digest: one.digest, seal: one.seal, subjects: one.subjects, items: one.items)
        return (try? encoder.encode(document)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
