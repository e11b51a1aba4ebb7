import Channels
import Experience
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Where other systems send what happened and read what is published.
struct IntakePages {
    let site: Site
    static let bodyLimit = 16 * 1024 * 1024

    func add(to router: Router<SiteContext>) {
        router.post("/api/v1/events", use: events)
        router.post("/api/v1/responses", use: responses)
        router.post("/api/v1/offers", use: offer)
        router.get("/api/v1/services/:service/figures", use: figures)
    }

    static let unknownKey = APIProblem(
        .unauthorized, "key", "Send the source's API key as “Authorization: Bearer …”; an administrator issues it.")

    /// The key in `Authorization: Bearer …` or `X-API-Key`.
    static func key(_ request: Request) -> String? {
        var key: String?
        if let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") {
            key = String(header.dropFirst(7))
        } else if let name = HTTPField.Name("X-API-Key") {
            key = request.headers[name]
        }
        guard let key, key.utf8.count <= 256, !key.isEmpty else { return nil }
        return key
    }

    private func body(_ request: Request, limit: Int = IntakePages.bodyLimit) async throws -> ByteBuffer {
        do { return try await request.body.collect(upTo: limit) } catch {
            throw APIProblem(
                .contentTooLarge, "too_large", "The body is larger than \(limit / 1_048_576) MiB; send it in parts.")
        }
    }

    private func events(_ request: Request, _ context: SiteContext) async throws -> Response {
        let desk = site.services.intake
        guard let key = IntakePages.key(request), let sender = try await desk.remembered(key) else {
            throw IntakePages.unknownKey
        }
        let body = try await body(request)
        let services = Set(site.services.definitions().filter { $0.agency == sender.agency }.map(\.id))
        let type = (request.headers[.contentType] ?? "").lowercased()
        let isLines = [
            "application/x-ndjson", "application/jsonl", "application/x-jsonlines", "application/json-lines",
        ]
        .contains { type.hasPrefix($0) }
        let batch: EventBatch
        do throws(EventBatch.Problem) {
            batch =
                isLines
                ? try EventBatch(lines: body, sender: sender, services: services)
                : try EventBatch(json: body, sender: sender, services: services)
        } catch {
            switch error {
            case .tooMany:
                throw APIProblem(
                    .contentTooLarge, "too_many",
                    "More than \(EventBatch.limit) events in one request; send them in parts.")
            case .malformed(let byte, let reason):
                throw APIProblem(
                    .badRequest, "malformed", "The body is no JSON at byte \(byte): \(reason). Nothing was stored.")
            }
        }
        var events: [Event] = []
        for case .event(let event) in batch.reads { events.append(event) }
        let receipts: [IntakeDesk.Receipt]
        if events.isEmpty {
            guard try await desk.sender(key) != nil else { throw IntakePages.unknownKey }
            receipts = []
        } else {
            do { receipts = try await desk.append(events, key) } catch is IntakeDesk.Revoked {
                throw IntakePages.unknownKey
            }
        }
        let refusals = batch.reads.map { read -> String? in
            if case .refused(let why) = read { return why }
            return nil
        }
        return IntakePages.answer(refusals, receipts, tellsNumbers: true)
    }

    /// What became of each item, in the order they came.
    ///
    /// - Parameters:
    ///   - refusals: an item each: why it could not be read, nil where it could.
    ///   - receipts: one for every item that could be read.
    ///   - tellsNumbers: whether an item stored says under which number; so it is with events.
    private static func answer(
        _ refusals: [String?], _ receipts: [IntakeDesk.Receipt], tellsNumbers: Bool
    ) -> Response {
        var items = ""
        var counts = (stored: 0, duplicate: 0, refused: 0)
        var next = receipts.makeIterator()
        for (at, refusal) in refusals.enumerated() {
            if at > 0 { items += "," }
            let receipt: IntakeDesk.Receipt =
                if let refusal {
                    .refused(refusal)
                } else {
                    next.next() ?? .refused("it was not answered for; send it again.")
                }
            switch receipt {
            case .stored(let sequence):
                counts.stored += 1
                let number = tellsNumbers ? ",\"sequence\":\(sequence)" : ""
                items += "{\"index\":\(at),\"status\":\"stored\"\(number)}"
            case .duplicate:
                counts.duplicate += 1
                items += "{\"index\":\(at),\"status\":\"duplicate\"}"
            case .refused(let why):
                counts.refused += 1
                items += "{\"index\":\(at),\"status\":\"refused\",\"detail\":\(JSONText.string(why))}"
            }
        }
        let text =
            "{\"stored\":\(counts.stored),\"duplicate\":\(counts.duplicate),\"refused\":\(counts.refused),"
            + "\"items\":[\(items)]}"
        let isAllRefused = counts.refused > 0 && counts.stored + counts.duplicate == 0
        return json(text, status: isAllRefused ? .unprocessableContent : .ok)
    }

    private static func json(_ text: String, status: HTTPResponse.Status = .ok, cache: String = "no-store") -> Response
    {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: cache],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// One response or up to 1,000, answered once all are durable; one that breaks a rule does not keep the others out.
    private func responses(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let key = IntakePages.key(request), let sender = try await site.services.intake.remembered(key) else {
            throw IntakePages.unknownKey
        }
        let body = try await body(request, limit: 4 * 1_048_576)
        let documents: [ResponseDocument]
        do throws(ResponseDocument.Problem) { documents = try ResponseDocument.list(body) } catch {
            switch error {
            case .tooMany:
                throw APIProblem(
                    .contentTooLarge, "too_many",
                    "More than \(ResponseDocument.limit) responses in one request; send them in parts.")
            case .malformed(let problem):
                throw APIProblem(
                    .badRequest, "malformed",
                    "The body can't be read at byte \(problem.at): \(problem.reason). Send one response or an array of "
                        + "them: {\"id\":…,\"service\":…,\"form\":…,\"answers\":{…}}. Nothing was stored.")
            }
        }
        let (definitions, now) = (site.services.definitions(), site.services.now())
        var reads: [Result<NewResponse, ResponseDocument.Refusal>] = []
        for document in documents {
            var read = document.read(sender, definitions, now: now)
            if let transaction = document.transaction, case .success(var response) = read {
                response.intake.offer = try await site.services.channels.offerKey(
                    response.service, "api:\(transaction)")
                read = .success(response)
            }
            reads.append(read)
        }
        let good = reads.compactMap { try? $0.get() }
        let receipts: [IntakeDesk.Receipt]
        do { receipts = try await site.services.feedback.submitAll(good, key) } catch is IntakeDesk.Revoked {
            throw IntakePages.unknownKey
        }
        let refusals = reads.map { read -> String? in
            if case .failure(let refusal) = read { return refusal.why }
            return nil
        }
        return IntakePages.answer(refusals, receipts, tellsNumbers: false)
    }

    /// Asks whether a person is asked about a transaction, and records it; the same transaction again is answered alike.
    private func offer(_ request: Request, _ context: SiteContext) async throws -> Response {
        let sender = try await site.sender(request)
        let body = try await body(request, limit: 64 * 1024)
        guard let document = try? JSONDecoder().decode(OfferDocument.self, from: Data(body.readableBytesView)) else {
            throw APIProblem(
                .badRequest, "malformed",
                "Send {\"service\":…,\"form\":…,\"channel\":…,\"transaction\":…}; “person” and “touchpoint” if known.")
        }
        switch document.read(sender, site.services.definitions(), now: site.services.now()) {
        case .failure(let refusal): throw APIProblem(.unprocessableContent, "refused", refusal.why)
        case .success(let ask):
            let decision = try await site.services.channels.offer(ask)
            return IntakePages.json(OfferDocument.answer(decision))
        }
    }

    /// The published facts, as on the service's page.
    private func figures(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try site.services.definition(context.parameters.get("service"))
        let facts = try await site.services.facts(definition)
        let named = [
            ("promise_kept", facts.kept), ("half_done", facts.halfDone), ("nine_of_ten_done", facts.nineOfTenDone),
            ("solved", facts.solved),
        ]
        func number(_ value: Double?) -> String { value.map(DataTable.plain) ?? "null" }
        let figures = named.map { name, figure in
            "\"\(name)\":{\"value\":\(number(figure.value)),\"low\":\(number(figure.low)),\"high\":\(number(figure.high)),"
                + "\"n\":\(figure.value == nil ? "null" : "\(figure.n)"),\"unit\":\"\(figure.unit.key)\","
                + "\"method\":\(JSONText.string(figure.method))}"
        }
        return IntakePages.json(
            "{\"service\":\(JSONText.string(definition.id.text)),\"from\":\"\(facts.period.first)\","
                + "\"through\":\"\(facts.period.last)\",\(figures.joined(separator: ","))}",
            cache: "public, max-age=60")
    }
}

extension ShownFigure.Unit {
    var key: String {
        switch self {
        case .share: "share"
        case .seconds: "seconds"
        case .days: "days"
        case .count: "count"
        case .perJourney: "per_journey"
        case .score: "score"
        case .points: "points"
        }
    }
}

/// An error with words of its own for the program's author.
struct APIProblem: Error {
    var status: HTTPResponse.Status
    var kind: String
    var detail: String

    init(_ status: HTTPResponse.Status, _ kind: String, _ detail: String) {
        self.status = status
        self.kind = kind
        self.detail = detail
    }
}
