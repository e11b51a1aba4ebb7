import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Site {
    /// The fields of a posted form. The only way to read one, and it refuses a form without our token, so that no
    /// handler can forget to ask for it.
    ///
    /// - Parameter uploads: the most bytes of a form that brings files; nil where it brings none.
    func form(
        _ request: Request, _ context: SiteContext, limit: Int = 256 * 1024, uploads: Int? = nil
    ) async throws -> FormBody {
        try refuseOtherSites(request)
        let boundary = request.headers[.contentType].flatMap { MultipartBody.boundary(of: $0) }
        if boundary != nil, uploads == nil { throw SiteError.malformed }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: uploads ?? limit)
        } catch { throw SiteError.tooLarge }
        let read =
            boundary.map { FormBody(multipart: Data(body.readableBytesView), boundary: $0) }
            ?? FormBody(urlEncoded: String(buffer: body))
        guard let form = read else { throw boundary == nil ? SiteError.tooLarge : SiteError.malformed }
        // In a frame no cookie of ours is sent: the signature of its door stands for the token.
        if context.session == nil, isFramed(form, request.uri.path) { return form }
        guard let visit = context.visit, let token = form["form_token"],
            tokens.isValid(token, visit: visit, session: context.session?.token)
        else { throw SiteError.formExpired }
        return form
    }

    /// Browsers say where a request comes from; where they do, another site's is refused at once.
    func refuseOtherSites(_ request: Request) throws(SiteError) {
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name], site == "cross-site" {
            throw .crossSite
        }
    }

    func query(_ request: Request) -> FormBody {
        FormBody(urlEncoded: request.uri.query ?? "") ?? .empty
    }
}
