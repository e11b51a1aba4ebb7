/// A short machine name: letters, digits, hyphen, underscore, dot; 1 to 64 bytes. Agencies, services, steps,
/// forms and touchpoints are named with it in definitions, URLs and the record.
package struct Slug: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    package init?(_ text: some StringProtocol) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Slug.allows) else { return nil }
        self.text = String(text)
    }

    /// As the generic one, on the string's own bytes: every event read passes here.
    package init?(_ text: String) {
        var text = text
        let isAllowed = text.withUTF8 { (1...64).contains($0.count) && $0.allSatisfy(Slug.allows) }
        guard isAllowed else { return nil }
        self.text = text
    }

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let raw = try container.decode(String.self)
        guard let slug = Slug(raw) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(raw.prefix(80))” is not a name: use 1–64 letters, digits, - _ .")
        }
        self = slug
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package static func < (a: Slug, b: Slug) -> Bool { a.text < b.text }
    package var description: String { text }
}

package typealias AgencyID = Slug
package typealias ServiceID = Slug

/// The key of a journey inside an agency: any text of 1 to 200 UTF-8 bytes without control characters, so that
/// ids from other systems ("NA", "case 7/2026", emoji) are kept as they are.
package struct JourneyID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    package init?(_ text: some StringProtocol) {
        guard (1...200).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return nil
        }
        self.text = String(text)
    }

    /// As the generic one, on the string's own bytes: every event read passes here.
    package init?(_ text: String) {
        var text = text
        let isAllowed = text.withUTF8 { bytes in
            (1...200).contains(bytes.count) && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        }
        guard isAllowed else { return nil }
        self.text = text
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = JourneyID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a journey id is 1–200 bytes of text without control characters")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package static func < (a: JourneyID, b: JourneyID) -> Bool { a.text < b.text }
    package var description: String { text }
}

extension JourneyID {
    /// Where answers go that belong to no known journey: a kiosk press, an open link. One for each touchpoint or form,
    /// kept apart from the journeys of people.
    package static func unattached(_ place: String) -> JourneyID? { JourneyID("~" + place) }

    package var isUnattached: Bool { text.hasPrefix("~") }
}
