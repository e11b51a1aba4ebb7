import Experience
import HTTPTypes
package import Hummingbird
import NIOCore

extension Site {
    /// Every route of the site. A page is a line here, a line in ``Paths``, a template and a test.
    package func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        let methods = RouteMethods()
        router.add(middleware: RequestLog())
        router.add(middleware: SecurityHeaders(isSecure: configuration.isSecure))
        router.add(middleware: ErrorPages(site: self, methods: methods))
        router.add(middleware: VisitMiddleware(site: self))
        // Again inside: a page's own errors know the visitor; the outer one catches what reading the visit throws.
        router.add(middleware: ErrorPages(site: self, methods: methods))

        router.get("/assets/:hash/:name", use: asset)
        HealthPages(site: self).add(to: router)
        router.get("/robots.txt") { _, _ in
            "User-agent: *\nDisallow: /staff\nDisallow: /track\nDisallow: /kiosk\nDisallow: /suppliers\n"
        }

        CataloguePages(site: self).add(to: router)
        RequestPages(site: self).add(to: router)
        TrackingPages(site: self).add(to: router)
        FeedbackPages(site: self).add(to: router)
        KioskPages(site: self).add(to: router)
        AccessPages(site: self).add(to: router)
        SecondStepPages(site: self).add(to: router)
        SecondFactorPages(site: self).add(to: router)
        SessionPages(site: self).add(to: router)
        AccountPages(site: self).add(to: router)
        PasswordPages(site: self).add(to: router)
        StaffFormPages(site: self).add(to: router)
        StaffPages(site: self, layouter: layouter).add(to: router)
        ChannelsPages(site: self).add(to: router)
        PosterPages(site: self).add(to: router)
        WallPages(site: self).add(to: router)
        WidgetPages(site: self).add(to: router)
        InvitationPages(site: self).add(to: router)
        TelephonePages(site: self).add(to: router)
        IntakePages(site: self).add(to: router)
        ResultPages(site: self).add(to: router)
        FollowUpPages(site: self).add(to: router)
        AnswerPages(site: self).add(to: router)
        QuotePages(site: self).add(to: router)
        PromisePages(site: self).add(to: router)
        SupplierPages(site: self).add(to: router)
        WebhookPages(site: self).add(to: router)
        RetentionPages(site: self).add(to: router)
        SystemPages(site: self).add(to: router)
        OpenAPIPages(site: self).add(to: router)
        methods.fill(router.routes)
        return router
    }

    private func asset(_ request: Request, _ context: SiteContext) throws -> Response {
        guard let name = context.parameters.get("name"), let asset = library.assets[name],
            context.parameters.get("hash") == asset.hash
        else { throw SiteError.notFound }
        return Response(
            status: .ok,
            headers: [.contentType: asset.contentType, .cacheControl: "public, max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
