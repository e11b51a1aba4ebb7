internal import Experience
internal import Site
internal import Storage

extension RetentionDesk {
    /// The schedule of the configuration and the certificates of the record.
    static func live(
        _ record: Record, _ schedule: RetentionSchedule, now: @escaping @Sendable () -> Instant
    )
        -> RetentionDesk
    {
        RetentionDesk(
            schedule: {
                schedule.lines(at: now()).map { line in
                    RetentionView.Line(
                        rule: RetentionView.Rule(line.rule), keeps: line.keeps, cutoff: line.cutoff,
                        isCarriedOut: line.rule != .months || record.dropsMonths)
                }
            },
            view: { agency in
                let last = try await record.lastRetention()
                return RetentionView(
                    hour: schedule.settings.hour, lastRun: last?.at, lastFailed: last?.problem != nil,
                    brokenAt: try await record.firstBrokenCertificate(),
                    certificates: try await record.certificates(agency: agency).map { one in
                        RetentionView.Certificate(
                            id: one.id, at: one.at, agency: one.agency, account: one.account,
                            rule: RetentionView.Rule(one.rule), cutoff: one.cutoff, subjects: one.subjects,
                            items: one.items, document: RetentionCommand.document(one))
                    })
            })
    }
}

extension RetentionView.Rule {
    fileprivate init(_ rule: RetentionRule) {
        switch rule {
        case .words: self = .words
        case .contacts: self = .contacts
        case .messages: self = .messages
        case .months: self = .months
        }
    }
}
