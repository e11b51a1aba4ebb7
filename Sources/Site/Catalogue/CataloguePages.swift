import Experience
import Hummingbird

/// The public face: what there is, and how each service is doing.
struct CataloguePages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/", use: home)
        router.get("/methods", use: methods)
        router.get("/services/:service", use: service)
    }

    private func home(_ request: Request, _ context: SiteContext) async throws -> Response {
        let format = site.format(context.language)
        let find = site.query(request)["q"] ?? ""
        var cards: [HomePage.Card] = []
        for definition in site.services.definitions() where HomePage.matches(definition, find, context.language) {
            let facts = try? await site.services.facts(definition)
            cards.append(HomePage.Card(definition, facts, format))
        }
        return try site.render(HomePage(cards: cards, find: find, format: format), request, context)
    }

    private func methods(_ request: Request, _ context: SiteContext) throws -> Response {
        try site.render(MethodsPage(words: site.words(context.language)), request, context)
    }

    private func service(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try site.services.definition(context.parameters.get("service"))
        let facts = try await site.services.facts(definition)
        let page = ServicePage(definition, facts, site.format(context.language))
        return try site.render(page, request, context)
    }
}
