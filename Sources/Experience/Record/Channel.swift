/// Where a contact happens. A closed list: analyses compare channels, so a free word would split them.
package enum Channel: String, CaseIterable, Sendable, Codable, Hashable {
    case web, phone, inPerson = "in_person", mail, email, sms, chat, kiosk, partner, system, unknown
}

/// Who did it.
package struct Actor: Hashable, Sendable, Codable {
    package enum Role: String, CaseIterable, Sendable, Codable {
        case person, staff, partner, system, unknown
    }

    package var role: Role
    /// A pseudonymous key ("officer-48", "supplier-acme"); never a person's name.
    package var id: String?
    /// The staff unit, office or partner organisation.
    package var unit: String?

    package init(_ role: Role, id: String? = nil, unit: String? = nil) {
        self.role = role
        self.id = id
        self.unit = unit
    }
}
