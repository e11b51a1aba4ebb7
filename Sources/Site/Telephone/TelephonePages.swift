import Channels
import Experience
import HTTPTypes
import Hummingbird
import NIOCore

/// What a telephone carrier calls: messages and keys pressed, each signed. Off until the carrier's secret is configured.
struct TelephonePages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.post("/api/v1/telephone/:agency/sms", use: message)
        router.post("/api/v1/telephone/:agency/calls/:service/:touchpoint", use: keys)
    }

    /// The fields of a request the carrier signed.
    private func read(_ request: Request, _ context: SiteContext) async throws -> (AgencyID, TelephoneRequest) {
        guard let token = site.configuration.telephoneToken else { throw SiteError.notFound }
        guard let agency = context.slug("agency"),
            site.services.definitions().contains(where: { $0.agency == agency })
        else { throw SiteError.notFound }
        guard let body = try? await request.body.collect(upTo: 64 * 1024),
            let form = FormBody(urlEncoded: String(buffer: body))
        else { throw APIProblem(.contentTooLarge, "too_large", "The request is larger than a message can be.") }
        let fields = form.pairs.map { TelephoneRequest.Field(name: $0.name, value: $0.value) }
        let query = request.uri.query.map { "?\($0)" } ?? ""
        let url = site.origin(request) + request.uri.path + query
        guard let name = HTTPField.Name("X-Twilio-Signature"), let signature = request.headers[name],
            TelephoneSignature.isValid(signature, token: token, url: url, fields: fields)
        else {
            throw APIProblem(
                .forbidden, "signature",
                "The signature does not match; check the carrier's secret and the public address of this site.")
        }
        return (agency, TelephoneRequest(fields: fields))
    }

    private func message(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (agency, message) = try await read(request, context)
        guard let id = message.id, let from = message.from else {
            throw APIProblem(.badRequest, "malformed", "A message has a MessageSid and a From.")
        }
        let reply = try await site.services.channels.telephone.message(agency, id, from, message["Body"] ?? "")
        return TelephonePages.xml(TwiML.message(reply))
    }

    private func keys(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (agency, call) = try await read(request, context)
        let definition = try site.services.definition(context.parameters.get("service"))
        guard let id = call.id, definition.agency == agency,
            let touchpoint = definition.touchpoints.first(where: {
                $0.id.text == context.parameters.get("touchpoint") && $0.ask != nil
            })
        else { throw SiteError.notFound }
        let query = site.query(request)
        let turn = max(0, min(query["turn"].flatMap { Int($0) } ?? 0, 1_000))
        let language = query["language"].flatMap(Language.init(rawValue:)) ?? .en
        let action =
            request.uri.path + Paths.query([("language", language.rawValue), ("turn", String(turn + 1))])
        let asked = TelephoneDesk.KeysAsked(
            service: definition.id, touchpoint: touchpoint.id, language: language, digits: call["Digits"],
            action: action)
        // A caller who hides the number is a person all the same: known by this call only.
        return TelephonePages.xml(
            try await site.services.channels.telephone.keys(agency, id, call.from ?? "call \(id)", turn, asked))
    }

    static func xml(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/xml; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
