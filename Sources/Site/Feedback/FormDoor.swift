import Channels
import Crypto
import Experience
import Foundation

/// Through which door a person came to a form: what a poster, a widget, an invitation or an agent knows about the answer
/// before it is given. Signed, so that nobody answers through a door that was not opened for them.
struct FormDoor: Sendable, Hashable {
    var route: ChannelRoute
    var solicited: Solicitation
    var touchpoint: Slug?
    /// The key of the offer.
    var offer: String?
    var journey: JourneyID?
    /// The token of a link that works once.
    var invitation: String?
    var expires: Instant

    init(
        _ route: ChannelRoute, solicited: Solicitation? = nil, touchpoint: Slug? = nil, offer: String? = nil,
        journey: JourneyID? = nil, invitation: String? = nil, expires: Instant
    ) {
        self.route = route
        self.solicited = solicited ?? route.solicited
        self.touchpoint = touchpoint
        self.offer = offer
        self.journey = journey
        self.invitation = invitation
        self.expires = expires
    }

    /// Shown inside another site's page: no cookie of ours is there.
    var isFramed: Bool { route == .widget }

    private struct Document: Codable {
        var r: String
        var s: String
        var t: String?
        var o: String?
        var j: String?
        var i: String?
        var e: Int64
    }

    /// - Parameter place: the service and the form it leads to; a door leads nowhere else.
    func text(place: String, key: [UInt8]) -> String {
        let document = Document(
            r: route.source, s: solicited.rawValue, t: touchpoint?.text, o: offer, j: journey?.text, i: invitation,
            e: expires.microseconds)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = (try? encoder.encode(document)) ?? Data()
        let code = HMAC<SHA256>.authenticationCode(
            for: FormDoor.message(body, place), using: SymmetricKey(data: key))
        return FormDoor.plain(body) + "." + FormDoor.plain(Data(code))
    }

    init?(_ text: String, place: String, key: [UInt8], now: Instant) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 2_000, parts.count == 2, let body = FormDoor.bytes(parts[0]),
            let code = FormDoor.bytes(parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: FormDoor.message(body, place), using: SymmetricKey(data: key)),
            let document = try? JSONDecoder().decode(Document.self, from: body),
            let route = ChannelRoute.of(source: document.r), let solicited = Solicitation(rawValue: document.s),
            now.microseconds < document.e
        else { return nil }
        self.init(
            route, solicited: solicited, touchpoint: document.t.flatMap { Slug($0) }, offer: document.o,
            journey: document.j.flatMap { JourneyID($0) }, invitation: document.i,
            expires: Instant(microseconds: document.e))
    }

    /// The id of the one answer a link may bring: nothing of the link can be read from it.
    static func answer(to invitation: String) -> String {
        "i-"
            + SHA256.hash(data: Data("answer \(invitation)".utf8)).prefix(12)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func message(_ body: Data, _ place: String) -> Data {
        Data("door\n\(place.utf8.count)\n\(place)\n".utf8) + body
    }

    /// Base 64 that needs no escaping in addresses (RFC 4648, section 5).
    private static func plain(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func bytes(_ text: Substring) -> Data? {
        var full = text.replacing("-", with: "+").replacing("_", with: "/")
        while full.utf8.count % 4 != 0 { full += "=" }
        return Data(base64Encoded: String(full))
    }
}

extension Site {
    /// The door a request came through, with its text as forms carry it; nil for the front door.
    func door(
        _ fields: FormBody, _ definition: ServiceDefinition, _ form: FormDefinition
    ) -> (door: FormDoor, text: String)? {
        let place = FeedbackPages.place(definition, form)
        let now = services.now()
        if let text = fields["door"] {
            return FormDoor(text, place: place, key: configuration.formKey, now: now).map { ($0, text) }
        }
        // A printed code can't be signed for each person: it says only where it hangs.
        if fields["via"] == "poster", let at = fields["at"],
            let touchpoint = definition.touchpoints.first(where: { $0.id.text == at })
        {
            let door = FormDoor(.poster, touchpoint: touchpoint.id, expires: now.advanced(by: Instant.day))
            return (door, door.text(place: place, key: configuration.formKey))
        }
        return nil
    }

    func text(of door: FormDoor, _ definition: ServiceDefinition, _ form: FormDefinition) -> String {
        door.text(place: FeedbackPages.place(definition, form), key: configuration.formKey)
    }

    /// Whether a posted form came through a frame's door: it has no cookie, and nothing of a signed-in person's is at
    /// stake, so the door's signature stands for the form's token.
    func isFramed(_ form: FormBody, _ path: String) -> Bool {
        guard let text = form["door"] else { return false }
        let now = services.now()
        for definition in services.definitions() where path.contains("/\(definition.id)/") {
            for known in definition.forms {
                let first = Paths.feedback(definition.id, form: known.id)
                let isKept = path.hasPrefix(first + "/unsent/")
                guard path == first || isKept else { continue }
                let place = FeedbackPages.place(definition, known)
                // Whoever came in while the door was open may finish after it has closed: the code of kept answers is
                // the key to them then.
                let door = FormDoor(
                    text, place: place, key: configuration.formKey, now: isKept ? Instant(microseconds: 0) : now)
                if let door, door.isFramed { return true }
            }
        }
        return false
    }
}
