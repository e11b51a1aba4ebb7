package import Experience

/// Whom or what sealed words belong to: erased together.
package struct VaultSubject: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The person of a journey; the id is the journey's.
        case person
        /// One response; the id is its event's source and source id.
        case response
    }

    package var agency: AgencyID
    package var kind: Kind
    package var id: String

    private init(agency: AgencyID, kind: Kind, id: String) {
        self.agency = agency
        self.kind = kind
        self.id = id
    }

    package static func person(_ journey: JourneyID, agency: AgencyID) -> VaultSubject {
        VaultSubject(agency: agency, kind: .person, id: journey.text)
    }

    package static func response(source: String, sourceID: String, agency: AgencyID) -> VaultSubject {
        VaultSubject(agency: agency, kind: .response, id: "\(source)/\(sourceID)")
    }

    /// The subject of the words given with a response event.
    package static func response(_ event: Event) -> VaultSubject {
        response(source: event.source, sourceID: event.sourceID, agency: event.agency)
    }

    /// The key under which the words are kept.
    var key: String { "\(kind.rawValue):\(id)" }
}

/// One field of personal data: a name, an e-mail address, words.
package struct VaultEntry: Hashable, Sendable {
    package var subject: VaultSubject
    /// The question's id: "name", "email", "words".
    package var field: String
    package var text: String

    package init(subject: VaultSubject, field: String, text: String) {
        self.subject = subject
        self.field = field
        self.text = text
    }
}
