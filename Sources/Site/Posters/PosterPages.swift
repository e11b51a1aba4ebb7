import Experience
import Hummingbird
import NIOCore

/// A sheet to print and hang up: a question in both languages and a code that opens the form of a place.
struct PosterPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/services/:service/channels/posters/:file", use: show)
        router.get("/q/:service/:touchpoint", use: follow)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, _) = try site.staffService(request, context)
        let file = context.parameters.get("file") ?? ""
        let isPicture = file.hasSuffix(".svg")
        let name = isPicture ? String(file.dropLast(4)) : file
        guard let place = definition.touchpoints.first(where: { $0.id.text == name }) else { throw SiteError.notFound }
        let address = site.origin(request) + Paths.poster(definition.id, touchpoint: place.id)
        guard let picture = QRPicture.svg(address, title: address) else { throw SiteError.unavailable }
        if isPicture {
            return Response(
                status: .ok,
                headers: [
                    .contentType: "image/svg+xml",
                    .contentDisposition: "attachment; filename=\"\(definition.id)-\(place.id).svg\"",
                    .cacheControl: "no-store",
                ], body: ResponseBody(byteBuffer: ByteBuffer(string: picture)))
        }
        return try site.render(
            PosterPage(
                definition, place, address: address, picture: picture,
                stylesheet: site.library.assets.path("poster.css"), english: site.words(.en), spanish: site.words(.es)),
            request, context)
    }

    /// The short address of the code: on to the form the place asks, else to the service's page.
    private func follow(_ request: Request, _ context: SiteContext) throws -> Response {
        let definition = try site.services.definition(context.parameters.get("service"))
        guard let place = definition.touchpoints.first(where: { $0.id.text == context.parameters.get("touchpoint") })
        else { throw SiteError.notFound }
        guard let form = PosterPages.form(place, definition) else {
            return site.redirect(to: Paths.service(definition.id))
        }
        return site.redirect(
            to: Paths.feedback(definition.id, form: form.id)
                + Paths.query([("via", "poster"), ("at", place.id.text)]))
    }

    /// What a place asks; where it says nothing, the first form nobody is sent.
    static func form(
        _ place: ServiceDefinition.Touchpoint, _ definition: ServiceDefinition
    ) -> FormDefinition? {
        if let plan = place.ask { return definition.forms.first { $0.id == plan.form } }
        return definition.forms.first { $0.askAfter == nil } ?? definition.forms.first
    }
}

struct PosterPage: Page {
    static let template = "staff/poster"
    var title: String
    var agency: LocalText
    var service: LocalText
    var place: String
    var question: LocalText
    var invitation: LocalText
    var address: String
    var picture: String
    var picturePath: String
    var channelsPath: String
    var stylesheet: String
    var layout: Layout { .staff }

    init(
        _ definition: ServiceDefinition, _ place: ServiceDefinition.Touchpoint, address: String, picture: String,
        stylesheet: String, english: Words, spanish: Words
    ) {
        title = "\(definition.title.en) – \(place.title.en)"
        agency = definition.agencyName
        service = definition.title
        self.place = place.place ?? place.title.en
        let form = PosterPages.form(place, definition)
        question = form?.title ?? definition.outcome
        invitation = LocalText(en: english["ch_poster_scan"], es: spanish["ch_poster_scan"])
        self.address = address
        self.picture = picture
        picturePath = Paths.Staff.posterCode(definition.id, touchpoint: place.id)
        channelsPath = Paths.Staff.channels(definition.id)
        self.stylesheet = stylesheet
    }
}
