internal import Crypto
package import Experience
internal import Foundation
internal import Formats
package import Storage

/// A promise event as a webhook receives it, signed as Standard Webhooks asks.
///
/// Headers: `webhook-id` (the same over every attempt, so that a receiver takes each event once), `webhook-timestamp`
/// (seconds; of this attempt, so that an old message can be refused) and `webhook-signature`, `v1,` and the base64 of
/// HMAC-SHA256 over `id.timestamp.body` under the subscription's secret.
package struct WebhookMessage: Sendable {
    package let id: String
    package let timestamp: Int64
    package let body: String
    package let signature: String

    package init(_ delivery: LeasedDelivery, at now: Instant) {
        id = delivery.messageID
        timestamp = now.microseconds / 1_000_000
        body = WebhookMessage.body(delivery.event)
        signature = WebhookMessage.signatures(
            id: id, timestamp: timestamp, body: body, delivery.secret.signing(at: now))
    }

    /// A message that tells of nothing, to see whether the receiver answers.
    package init(testing webhook: Webhook, _ secret: WebhookSecret, id: String, at now: Instant) {
        self.id = "msg_\(webhook.id)_test_\(id)"
        timestamp = now.microseconds / 1_000_000
        body =
            "{\"type\":\"webhook.test\",\"timestamp\":\"\(now.rfc3339)\",\"data\":{\"agency\":"
            + "\(JSONWriting.string(webhook.agency.text)),\"webhook\":\(JSONWriting.string(webhook.id))}}"
        signature = WebhookMessage.signatures(id: self.id, timestamp: timestamp, body: body, secret.signing(at: now))
    }

    /// One signature a key, as Standard Webhooks lists them: separated by spaces.
    private static func signatures(id: String, timestamp: Int64, body: String, _ secrets: [[UInt8]]) -> String {
        secrets.map { sign(id: id, timestamp: timestamp, body: body, secret: $0) }.joined(separator: " ")
    }

    package static func sign(id: String, timestamp: Int64, body: String, secret: [UInt8]) -> String {
        let code = HMAC<MessageDigest>.authenticationCode(
            for: Array("\(id).\(timestamp).\(body)".utf8), using: SymmetricKey(data: secret))
        return "v1," + Data(code).base64EncodedString()
    }

    /// The secret as it is shown once: `whsec_` and base64.
    package static func text(_ secret: [UInt8]) -> String { "whsec_" + Data(secret).base64EncodedString() }

    /// `type` is the ledger's word (`promise.repromised`), `timestamp` when it occurred, `data` the event: no names, no
    /// contacts, no free words.
    private static func body(_ recorded: RecordedEvent) -> String {
        let event = recorded.event
        let attributes = event.attributes.sorted { $0.key < $1.key }.map { name, value in
            let text =
                switch value {
                case .text(let text): JSONWriting.string(text)
                case .number(let number): number.isFinite ? "\(number)" : "null"
                case .integer(let number): "\(number)"
                case .boolean(let flag): flag ? "true" : "false"
                }
            return "\(JSONWriting.string(name)):\(text)"
        }
        let data = [
            "\"agency\":\(JSONWriting.string(event.agency.text))",
            "\"service\":\(JSONWriting.string(event.service.text))",
            "\"journey\":\(JSONWriting.string(event.journey.text))", "\"sequence\":\(recorded.sequence)",
            "\"attributes\":{\(attributes.joined(separator: ","))}",
        ]
        return "{\"type\":\(JSONWriting.string(event.activity)),\"timestamp\":\"\(event.occurred.rfc3339)\","
            + "\"data\":{\(data.joined(separator: ","))}}"
    }
}

private enum JSONWriting {
    static func string(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }
}
