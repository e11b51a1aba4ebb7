package import Experience

/// Where programs send events.
package struct IntakeDesk: Sendable {
    /// The sender a key belongs to; nil for a key that is unknown or revoked.
    package var sender: @Sendable (_ key: String) async throws -> Sender?
    /// As ``sender``, but may still know a key that was revoked since: ``append`` settles it.
    package var remembered: @Sendable (_ key: String) async throws -> Sender?
    /// Appends events that met the rules, in order; returns once they are durable. One answer an event. Throws
    /// ``Revoked`` when the sender's key no longer stands.
    package var append: @Sendable ([Event], _ key: String) async throws -> [Receipt]

    package struct Revoked: Error {
        package init() {}
    }

    /// One system that sends: its events carry its agency and its source.
    package struct Sender: Sendable, Hashable {
        package var agency: AgencyID
        package var source: String

        package init(agency: AgencyID, source: String) {
            self.agency = agency
            self.source = source
        }
    }

    package enum Receipt: Sendable, Hashable {
        case stored(sequence: Int64)
        /// The same source and id was stored before; nothing was stored now.
        case duplicate(sequence: Int64?)
        case refused(String)
    }

    /// Without arguments nobody may send: every key is unknown.
    package init(
        sender: @escaping @Sendable (String) async throws -> Sender? = { _ in nil },
        remembered: (@Sendable (String) async throws -> Sender?)? = nil,
        append: @escaping @Sendable ([Event], String) async throws -> [Receipt] = { _, _ in [] }
    ) {
        self.sender = sender
        self.remembered = remembered ?? sender
        self.append = append
    }
}
