import Commands
import Experience
import Foundation
import Formats
import Logging
import Storage
import Synchronization
import Testing

/// A stand-in of the documented interface: pages of a list that can change between two looks.
final class ReviewHost: Sendable {
    let entries = Mutex<[String]>([])
    let asked = Mutex<[String]>([])

    static func entry(_ id: String, reply: String? = nil) -> String {
        let answer = reply.map { ",\"public_reply\":\"\($0)\"" } ?? ""
        return
            "{\"id\":\"\(id)\",\"rating\":2,\"text\":\"Call me at 212-555-0147\",\"time_created\":\"2026-04-14 16:59:00\"\(answer)}"
    }

    func page(_ url: String) -> [UInt8] {
        asked.withLock { $0.append(url) }
        let query = URLComponents(string: url)?.queryItems ?? []
        func number(_ name: String) -> Int { query.first { $0.name == name }?.value.flatMap { Int($0) } ?? 0 }
        let all = entries.withLock { $0 }
        let some = all.dropFirst(number("offset")).prefix(min(3, number("limit")))
        return Array("{\"reviews\":[\(some.joined(separator: ","))],\"total\":\(all.count)}".utf8)
    }
}

@Suite struct ReviewPollerTests {
    static let service = ServiceDefinition(
        id: Slug("passport")!, agency: Slug("consular")!, agencyName: LocalText(en: "C", es: "C"),
        title: LocalText(en: "P", es: "P"), summary: LocalText(en: "P", es: "P"), steps: [], channels: [.web],
        outcome: LocalText(en: "?", es: "?"))

    @Test func keepsEachReviewOnceWithItsReplyAndMarksWhatTheHostRemoved() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("reviews-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let keys = VaultKeys(current: VaultKey.random())
        let record = try await Record.open(path: folder, options: RecordOptions(vaultKeys: keys))
        let host = ReviewHost()
        let poller = ReviewPoller(
            record: record, sources: [], services: { [Self.service] }, logger: Logger(label: "test"),
            fetch: { url, _ in host.page(url) })
        let source = ReviewSource(
            host: "yelp", place: "office 1", url: "https://api.example/v3/businesses", key: "k", service: "passport")
        host.entries.withLock { $0 = (0..<7).map { ReviewHost.entry("r\($0)") } }
        #expect(try await poller.look(source) == 7)
        #expect(host.asked.withLock { $0.first?.contains("/office%201/reviews?limit=50&offset=0") } == true)
        #expect(try await poller.look(source) == 7)
        #expect(try await record.eventCount() == 7)
        let event = try #require(try await record.tail(after: 0, limit: 1).first?.event)
        #expect(event.attributes["solicited"] == .text("review") && event.attributes["rating"] == .integer(2))
        host.entries.withLock { $0 = [ReviewHost.entry("r0", reply: "We are sorry."), ReviewHost.entry("r1")] }
        _ = try await poller.look(source)
        let known = try await record.reviews(host: "yelp", place: "office 1", agency: Self.service.agency)
        #expect(known.filter { $0.removed != nil }.map(\.id) == ["r2", "r3", "r4", "r5", "r6"])
        #expect(known.filter(\.isReplied).map(\.id) == ["r0"])
        let words = try await record.words(of: .response(event), reader: "test")
        #expect(words["reply"] == "We are sorry." && words["words"]?.contains("0147") == false)
        await record.close()
    }
}
