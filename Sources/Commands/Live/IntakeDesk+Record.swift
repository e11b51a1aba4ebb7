internal import Site
internal import Storage

extension IntakeDesk {
    static func live(_ record: Record) -> IntakeDesk {
        IntakeDesk(
            sender: { secret in
                try await record.accounts.key(secret).map { Sender(agency: $0.agency, source: $0.source) }
            },
            append: { events in
                try await record.append(events).map { outcome in
                    switch outcome {
                    case .stored(let sequence): .stored(sequence: sequence)
                    case .duplicate(let sequence): .duplicate(sequence: sequence)
                    case .refused(let reason): .refused("\(reason)")
                    }
                }
            })
    }
}
