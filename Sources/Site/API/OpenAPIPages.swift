import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /api/v1/openapi.json`: what programs may ask, as an OpenAPI 3.1 document. It lies beside the other assets; a
/// test holds it against the routes, and `Tests/API` asks a running server everything it promises.
struct OpenAPIPages {
    let site: Site
    static let document = "openapi.json"

    func add(to router: Router<SiteContext>) { router.get("/api/v1/openapi.json", use: document) }

    private func document(_ request: Request, _ context: SiteContext) throws -> Response {
        guard let asset = site.library.assets[Self.document] else { throw SiteError.notFound }
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "public, max-age=300"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
