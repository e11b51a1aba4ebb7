package import Experience
internal import Foundation

/// A page of public reviews as a host's interface gives it, in the shape Yelp Fusion documents:
/// `{"reviews":[{"id","rating","text","time_created","url","user":{…},"public_reply"?}],"total":n}`.
///
/// Who wrote a review is not read: we have no use for it.
package struct ReviewPage: Hashable, Sendable {
    package struct Review: Hashable, Sendable {
        package var id: String
        /// 1 to 5.
        package var rating: Int
        package var text: String
        package var written: Instant
        package var url: String?
        /// What the agency answered under it.
        package var reply: String?
    }

    package var reviews: [Review]
    /// How many the host says there are.
    package var total: Int
    /// Entries that could not be read: without an id, a rating or a time.
    package var unread: Int

    package enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        case notAPage
        case refused(code: String)

        package var description: String {
            switch self {
            case .notAPage: "the answer is no list of reviews; check the address and the key."
            case .refused(let code): "the host refuses (\(code)); check the key and the place's id."
            }
        }
    }

    private struct Document: Decodable {
        struct Entry: Decodable {
            var id: String?
            var rating: Double?
            var text: String?
            var written: String?
            var url: String?
            var reply: Reply?

            enum CodingKeys: String, CodingKey {
                case id, rating, text, url
                case written = "time_created"
                case reply = "public_reply"
            }
        }

        struct Reply: Decodable {
            var text: String

            init(from decoder: any Decoder) throws {
                if let plain = try? decoder.singleValueContainer().decode(String.self) {
                    text = plain
                } else {
                    text = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .text)
                }
            }

            enum Key: CodingKey { case text }
        }

        struct Refusal: Decodable { var code: String? }

        var reviews: [Lenient<Entry>]?
        var total: Int?
        var error: Refusal?
    }

    private struct Lenient<Value: Decodable>: Decodable {
        var value: Value?
        init(from decoder: any Decoder) { value = try? Value(from: decoder) }
    }

    /// - Parameter zone: seconds east of UTC of the place: the host gives local times without an offset.
    package init(json: [UInt8], secondsFromUTC zone: Int = 0) throws(Problem) {
        guard json.count <= 4 << 20, let document = try? JSONDecoder().decode(Document.self, from: Data(json)) else {
            throw .notAPage
        }
        if let error = document.error { throw .refused(code: String((error.code ?? "error").prefix(60))) }
        guard let entries = document.reviews else { throw .notAPage }
        var seen: Set<String> = []
        reviews = []
        unread = 0
        for entry in entries {
            guard let one = entry.value, let id = one.id, (1...100).contains(id.utf8.count),
                id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let rating = one.rating, (1...5).contains(rating),
                let written = one.written.flatMap({ ReviewPage.time($0, zone) })
            else {
                unread += 1
                continue
            }
            guard seen.insert(id).inserted else { continue }
            let url = one.url.flatMap { $0.hasPrefix("https://") && $0.utf8.count <= 500 ? $0 : nil }
            reviews.append(
                Review(
                    id: id, rating: Int(rating.rounded()), text: String((one.text ?? "").prefix(5_000)),
                    written: written, url: url, reply: one.reply.map { String($0.text.prefix(5_000)) }))
        }
        total = max(document.total ?? reviews.count, reviews.count)
    }

    /// "2026-04-14 16:59:00", in the place's time.
    private static func time(_ text: String, _ zone: Int) -> Instant? {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let local = Instant(rfc3339: "\(parts[0])T\(parts[1])Z") else {
            return Instant(rfc3339: text)
        }
        return local.advanced(by: -Int64(zone) * 1_000_000)
    }
}
