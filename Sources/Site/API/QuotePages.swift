package import Experience
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /api/v1/quotes`: the date that would be given now.
///
/// Body: `{"service": "supply-order", "attributes": {"supplier": "atlas", "channel": "web"}}`. Answer: `due`, `half_by`,
/// `eight_of_ten_by` (dates or null), `probability`, `basis` ("history", "standard", "none"), `reason` (why there is no
/// date from history), `finished` (requests behind it), `unknown_attributes` (values history has not seen).
///
/// | status | error (end of `type`) | when |
/// |---|---|---|
/// | 400 | malformed | the body is no JSON object of this form |
/// | 401 | key | no API key, or one that is unknown or revoked |
/// | 404 | service-unknown | the key's agency has no such service |
/// | 413 | too-large | the body is larger than 64 KiB |
/// | 422 | attribute-unknown, no-promise | the service's quote does not depend on that attribute; it gives no dates |
struct QuotePages {
    let site: Site
    static let bodyLimit = 64 * 1024

    func add(to router: Router<SiteContext>) { router.post("/api/v1/quotes", use: quote) }

    private struct Asked: Decodable {
        var service: String
        var attributes: [String: Value]?

        enum Value: Decodable {
            case text(String)

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                if let text = try? value.decode(String.self) {
                    self = .text(text)
                } else if let flag = try? value.decode(Bool.self) {
                    self = .text(flag ? "true" : "false")
                } else if let whole = try? value.decode(Int64.self) {
                    self = .text(String(whole))
                } else {
                    self = .text("\(try value.decode(Double.self))")
                }
            }

            var plain: String {
                switch self {
                case .text(let text): text
                }
            }
        }
    }

    private func quote(_ request: Request, _ context: SiteContext) async throws -> Response {
        let sender = try await site.sender(request)
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: Self.bodyLimit) } catch {
            throw APIProblem(
                .contentTooLarge, "too_large", "The body is larger than 64 KiB; send one question at a time.")
        }
        guard let asked = try? JSONDecoder().decode(Asked.self, from: Data(body.readableBytesView)) else {
            throw APIProblem(
                .badRequest, "malformed",
                "Send {\"service\": \"…\", \"attributes\": {\"name\": \"value\"}}, attributes being texts, numbers or true and false."
            )
        }
        guard
            let definition = site.services.definitions().first(where: {
                $0.id.text == asked.service && $0.agency == sender.agency
            })
        else {
            throw APIProblem(
                .notFound, "service_unknown", "The agency of this key has no service with this id; check “service”.")
        }
        guard let rule = definition.promise else {
            throw APIProblem(.unprocessableContent, "no_promise", "This service gives no dates.")
        }
        let values = (asked.attributes ?? [:]).mapValues(\.plain)
        let known = rule.dependsOn + (rule.dependsOn.contains("channel") ? [] : ["channel"])
        if values.keys.contains(where: { !known.contains($0) }) {
            throw APIProblem(
                .unprocessableContent, "attribute_unknown",
                "A quote of this service depends on: \(known.joined(separator: ", ")). Leave other attributes out.")
        }
        let quote = try await site.services.promises.quote(definition, values)
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: Self.json(definition, quote))))
    }

    private static func json(_ definition: ServiceDefinition, _ quote: QuotedDate) -> String {
        func date(_ date: CivilDate?) -> String { date.map { "\"\($0)\"" } ?? "null" }
        let fields = [
            "\"service\":\(JSONText.string(definition.id.text))", "\"due\":\(date(quote.due))",
            "\"half_by\":\(date(quote.half))", "\"eight_of_ten_by\":\(date(quote.eightOfTen))",
            "\"probability\":\(quote.probability.map(DataTable.plain) ?? "null")",
            "\"basis\":\"\(quote.basis.rawValue)\"", "\"reason\":\(quote.reason.map(JSONText.string) ?? "null")",
            "\"finished\":\(quote.finished)",
            "\"unknown_attributes\":[\(quote.unknown.map(JSONText.string).joined(separator: ","))]",
        ]
        return "{\(fields.joined(separator: ","))}"
    }
}

/// The date that would be given now, as programs get it.
package struct QuotedDate: Sendable, Hashable {
    package enum Basis: String, Sendable { case history, standard, none }

    package var due: CivilDate?
    package var half: CivilDate?
    package var eightOfTen: CivilDate?
    package var probability: Double?
    package var basis: Basis
    /// Why the date does not come from history.
    package var reason: String?
    package var finished: Int
    package var unknown: [String]

    package init(
        due: CivilDate?, half: CivilDate?, eightOfTen: CivilDate?, probability: Double?, basis: Basis, reason: String?,
        finished: Int, unknown: [String]
    ) {
        self.due = due
        self.half = half
        self.eightOfTen = eightOfTen
        self.probability = probability
        self.basis = basis
        self.reason = reason
        self.finished = finished
        self.unknown = unknown
    }
}

extension Site {
    /// The sender of the request's key.
    func sender(_ request: Request) async throws -> IntakeDesk.Sender {
        guard let key = IntakePages.key(request), let sender = try await services.intake.sender(key) else {
            throw IntakePages.unknownKey
        }
        return sender
    }
}
