import Channels
import Experience
import HTTPTypes
import Hummingbird
import NIOCore

/// Our forms inside other sites' pages: one script, and a frame that only the sites named in the configuration may show.
struct WidgetPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/widget.js", use: script)
        router.get("/widget/:service/:touchpoint", use: open)
        router.get("/widget/done", use: done)
    }

    /// Under an address that never changes, as it stands in other people's pages.
    private func script(_ request: Request, _ context: SiteContext) throws -> Response {
        guard let asset = site.library.assets["widget.js"] else { throw SiteError.notFound }
        var headers: HTTPFields = [.contentType: asset.contentType, .cacheControl: "public, max-age=300"]
        // To be read by any page: it holds nothing of anybody's.
        if let name = HTTPField.Name("Cross-Origin-Resource-Policy") { headers[name] = "cross-origin" }
        if let name = HTTPField.Name("Access-Control-Allow-Origin") { headers[name] = "*" }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }

    /// Decides whether this person is asked, and shows the form or nothing. Asked again for the same transaction, the
    /// decision is the same: loading the page twice is one offer.
    private func open(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try site.services.definition(context.parameters.get("service"))
        guard let place = definition.touchpoints.first(where: { $0.id.text == context.parameters.get("touchpoint") }),
            let form = PosterPages.form(place, definition)
        else { throw SiteError.notFound }
        let query = site.query(request)
        let now = site.services.now()
        // As long as answers are kept unsent: a page left open is answered late, not lost.
        var door = FormDoor(
            .widget, touchpoint: place.id, expires: now.advanced(by: UnsentAnswers.keptDays * Instant.day))
        if query["mode"] == "button" {
            door.solicited = .volunteered
        } else {
            guard let transaction = WidgetPages.name(query["transaction"]) else { throw SiteError.malformed }
            let known = "widget:\(transaction)"
            let decision = try await site.services.channels.offer(
                OfferAsk(
                    agency: definition.agency, service: definition.id, form: form.id, channel: .web,
                    touchpoint: place.id, solicited: .intercepted,
                    person: WidgetPages.name(query["person"]).map { "widget:\($0)" }, transaction: known,
                    rules: place.ask?.rules ?? definition.asking, at: now))
            guard decision.isOpen else { return try site.render(WidgetPage(says: "skip", title: ""), request, context) }
            door.offer = try await site.services.channels.offerKey(definition, known)
        }
        let language = query["language"].flatMap(Language.init(rawValue:))
        return site.redirect(
            to: Paths.feedback(definition.id, form: form.id)
                + Paths.query([
                    ("door", site.text(of: door, definition, form)), (LanguageChoice.parameter, language?.rawValue),
                ]))
    }

    private func done(_ request: Request, _ context: SiteContext) throws -> Response {
        let words = site.words(context.language)
        return try site.render(WidgetPage(says: "done", title: words["thanks_title"]), request, context)
    }

    /// What a page calls a person or a transaction: any short text without control characters.
    static func name(_ text: String?) -> String? {
        guard let text, (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return nil
        }
        return text
    }
}

/// A page of the frame without a form: thanks, or nothing at all.
struct WidgetPage: Page {
    static let template = "pages/widget"
    /// What the frame tells the page around it.
    var says: String
    var title: String
    var layout: Layout { .frame }
    var scripts: [String] { ["frame.js"] }
}
