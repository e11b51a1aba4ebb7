import Experience
import Hummingbird
import NIOCore
import Synchronization

/// What people say today, for a screen in the office: readable from across the room, new within a second.
struct WallPages {
    let site: Site
    private let boards = FilledBoards()

    init(site: Site) { self.site = site }

    func add(to router: Router<SiteContext>) {
        router.get("/staff/services/:service/wall", use: show)
        router.get("/staff/services/:service/wall/live", use: live)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, _) = try site.staffService(request, context)
        let state = try await site.services.channels.wall(definition)
        let format = site.format(context.language)
        let page = WallPage(
            definition, WallBoard(definition, state, format), stylesheet: site.library.assets.path("wall.css"), format)
        return try site.render(page, request, context)
    }

    /// The whole board whenever it changed, at most five times a second: a screen that lost the line is right again
    /// with the next one, and five hundred presses a second are five boards.
    private func live(_ request: Request, _ context: SiteContext) throws -> Response {
        let (definition, _) = try site.staffService(request, context)
        let (site, boards, format) = (site, boards, site.format(context.language))
        let stream = EventStream(
            items: site.services.channels.live(definition), retryAfter: .seconds(2), keeps: 1,
            pause: .milliseconds(200))
        return stream.response { state in
            try boards.event(definition.id, format.language, state) {
                let page = WallPage.Filled(
                    page: .init(board: WallBoard(definition, state, format)), t: format.words.table)
                return serverSentEvent("board", html: try site.fill(page, template: "components/wall-board"))
            }
        }
    }
}

/// The newest board of each wall, filled once a language for all screens that show it.
final class FilledBoards: Sendable {
    private struct Key: Hashable {
        var service: ServiceID
        var language: Language
    }

    private let known = Mutex<[Key: (number: Int64, event: ByteBuffer)]>([:])

    func event(
        _ service: ServiceID, _ language: Language, _ state: WallState, fill: () throws -> ByteBuffer
    ) throws -> ByteBuffer {
        // A state without a number is nobody else's.
        guard state.number > 0 else { return try fill() }
        // Filled under the lock: screens wake together, and one filling serves them all.
        return try known.withLock { known in
            let key = Key(service: service, language: language)
            if let found = known[key], found.number == state.number { return found.event }
            let event = try fill()
            known[key] = (state.number, event)
            return event
        }
    }
}

struct WallPage: Page {
    static let template = "staff/wall"
    var title: String
    var agency: String
    var board: WallBoard
    var livePath: String
    var backPath: String
    var stylesheet: String
    var layout: Layout { .staff }
    var scripts: [String] { ["wall.js"] }

    init(_ definition: ServiceDefinition, _ board: WallBoard, stylesheet: String, _ format: Format) {
        title = definition.title[format.language]
        agency = definition.agencyName[format.language]
        self.board = board
        livePath = Paths.Staff.wallLive(definition.id)
        backPath = Paths.Staff.channels(definition.id)
        self.stylesheet = stylesheet
    }

    /// The board alone, as the line sends it.
    struct Filled: Sendable {
        struct Inner: Sendable {
            var board: WallBoard
        }

        var page: Inner
        var t: [String: String]
    }
}

/// Today's faces by place, and the last answers.
struct WallBoard: Sendable {
    var total: String
    var totalLabel: String
    var happy: String?
    var places: [Place]
    var hasPlaces: Bool
    var last: [Line]
    var hasLast: Bool

    struct Place: Sendable {
        var title: String
        var total: String
        var faces: [Face]
    }

    struct Face: Sendable {
        var picture: String
        var label: String
        var count: String
        /// 0 to 10: how full its bar is.
        var level: Int
        var isNone: Bool
    }

    struct Line: Sendable {
        var face: String?
        var place: String
        var when: String
        var words: String?
    }

    init(_ definition: ServiceDefinition, _ state: WallState, _ format: Format) {
        let words = format.words
        func title(_ id: Slug?) -> String {
            guard let place = definition.touchpoints.first(where: { $0.id == id }) else {
                return words["ch_wall_other"]
            }
            return place.title[format.language]
        }
        let all = state.places.reduce(0) { $0 + $1.counts.reduce(0, +) }
        let good = state.places.reduce(0) { $0 + $1.counts.dropFirst(3).reduce(0, +) }
        total = format.count(all)
        totalLabel = words[all == 1 ? "ch_wall_answers_one" : "ch_wall_answers_other"]
        happy = all > 0 ? words["ch_wall_happy", ["n": format.count(good), "all": format.count(all)]] : nil
        let most = max(1, state.places.flatMap(\.counts).max() ?? 1)
        places = state.places.map { place in
            Place(
                title: title(place.touchpoint), total: format.count(place.counts.reduce(0, +)),
                faces: place.counts.prefix(5).enumerated().map { at, count in
                    Face(
                        picture: Faces.picture(at + 1), label: words["face_\(at + 1)"], count: format.count(count),
                        level: count == 0 ? 0 : max(1, count * 10 / most), isNone: count == 0)
                })
        }
        hasPlaces = !places.isEmpty
        last = state.last.prefix(6).map { answer in
            Line(
                face: answer.rating.map { Faces.picture($0) } ?? answer.solved.map { Faces.thumb(up: $0 != .no) },
                place: answer.touchpoint == nil
                    ? words["channel_\(answer.channel.rawValue)"] : title(answer.touchpoint),
                when: format.time(answer.at), words: answer.words.map { String($0.prefix(160)) })
        }
        hasLast = !last.isEmpty
    }
}
