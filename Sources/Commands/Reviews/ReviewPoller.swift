internal import Channels
package import Experience
internal import Foundation
package import Logging
internal import ServiceLifecycle
internal import Site
package import Storage

/// One place on another site whose public reviews are read.
package struct ReviewSource: Codable, Sendable, Hashable {
    /// "yelp": only names the source of the events.
    package var host: String
    /// The host's id of the place.
    package var place: String
    /// Address of the interface up to the place: "https://api.yelp.com/v3/businesses".
    package var url: String
    package var key: String
    package var service: String
    package var touchpoint: String?
    /// Seconds east of UTC of the place, whose local times the host gives.
    package var secondsFromUTC: Int?

    package init(
        host: String, place: String, url: String, key: String, service: String, touchpoint: String? = nil,
        secondsFromUTC: Int? = nil
    ) {
        self.host = host
        self.place = place
        self.url = url
        self.key = key
        self.service = service
        self.touchpoint = touchpoint
        self.secondsFromUTC = secondsFromUTC
    }
}

/// Reads the reviews of the configured places, a few times a day. Each becomes a response of its own, solicited as a
/// review; the reply under it is kept; one that vanishes from a complete list is marked removed and never deleted.
package struct ReviewPoller: Service {
    let record: Record
    let sources: [ReviewSource]
    let services: @Sendable () -> [ServiceDefinition]
    let logger: Logger
    let now: @Sendable () -> Instant
    /// A page of an address; nil when it can't be had.
    let fetch: @Sendable (_ url: String, _ key: String) async -> [UInt8]?
    private static let page = 50
    private static let most = 20

    package init(
        record: Record, sources: [ReviewSource], services: @escaping @Sendable () -> [ServiceDefinition],
        logger: Logger, now: @escaping @Sendable () -> Instant = { .now },
        fetch: @escaping @Sendable (String, String) async -> [UInt8]? = { await WebPage.fetch($0, key: $1) }
    ) {
        self.record = record
        self.sources = sources
        self.services = services
        self.logger = logger
        self.now = now
        self.fetch = fetch
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                for source in sources where !Task.isCancelled {
                    do { _ = try await look(source) } catch {
                        logger.warning(
                            "reviews could not be read", metadata: ["place": "\(source.place)", "reason": "\(error)"])
                    }
                }
                try? await Task.sleep(for: .seconds(6 * 3_600))
            }
        }
    }

    /// Reads one place to the end of its list; gives how many reviews were seen.
    package func look(_ source: ReviewSource) async throws -> Int {
        guard let service = services().first(where: { $0.id.text == source.service }) else {
            throw CommandFailure.usage("there is no service “\(source.service)” for the reviews of \(source.place).")
        }
        var seen: [ReviewPage.Review] = []
        var ids: Set<String> = []
        var total = 0
        var isWhole = false
        for _ in 0..<Self.most {
            let url =
                "\(source.url)/\(Paths.escape(source.place))/reviews?limit=\(Self.page)&offset=\(ids.count)"
            guard let bytes = await fetch(url, source.key) else {
                throw CommandFailure.unavailable("the host of the reviews did not answer.")
            }
            let page = try ReviewPage(json: bytes, secondsFromUTC: source.secondsFromUTC ?? 0)
            total = page.total
            let fresh = page.reviews.filter { ids.insert($0.id).inserted }
            seen += fresh
            // Some interfaces show a few of many, whatever is asked: then nothing follows from what is not seen.
            isWhole = seen.count >= total && page.unread == 0
            if isWhole || fresh.isEmpty { break }
        }
        for review in seen { try await keep(review, source, service) }
        try await record.noteReviews(
            host: source.host, place: source.place, agency: service.agency, service: service.id,
            seen: seen.map { ($0.id, $0.reply != nil) }, isComplete: isWhole)
        return seen.count
    }

    private func keep(_ review: ReviewPage.Review, _ source: ReviewSource, _ service: ServiceDefinition) async throws {
        let touchpoint = source.touchpoint.flatMap { Slug($0) }
        guard let journey = JourneyID.unattached(touchpoint?.text ?? "reviews"), let form = Slug("review") else {
            return
        }
        var attributes: [String: AttributeValue] = [
            ResponseKey.form: .text(form.text), ResponseKey.solicited: .text(Solicitation.review.rawValue),
            JourneyState.Key.rating: .integer(Int64(review.rating)), "host": .text(source.host),
        ]
        if let url = review.url { attributes[ResponseKey.url] = .text(url) }
        let event = Event(
            agency: service.agency, service: service.id, journey: journey, source: ChannelRoute.review.source,
            sourceID: "\(source.host)/\(source.place)/\(review.id)", kind: .response, activity: "response",
            channel: ChannelRoute.review.channel, touchpoint: touchpoint?.text, actor: Actor(.person),
            occurred: min(review.written, now()), attributes: attributes)
        let submission = ReviewSubmission.make(event, review)
        _ = try await record.append(submission)
    }
}
