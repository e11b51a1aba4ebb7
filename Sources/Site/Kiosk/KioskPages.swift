import Channels
import Experience
import Foundation
import HTTPTypes
import Hummingbird

/// One question, five faces, on a device that stands in a hall. With the script it works offline; without it, it is
/// a plain form of five buttons.
struct KioskPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/kiosk/:service/:touchpoint", use: show)
        router.post("/kiosk/:service/:touchpoint", use: press)
        router.post("/kiosk/:service/:touchpoint/presses", use: presses)
        router.post("/kiosk/:service/:touchpoint/pulse", use: pulse)
        router.get("/kiosk/worker.js", use: worker)
    }

    struct Place {
        var definition: ServiceDefinition
        var touchpoint: ServiceDefinition.Touchpoint
        var form: FormDefinition
        var question: Question
    }

    private func find(_ context: SiteContext) throws(SiteError) -> Place {
        let definition = try site.services.definition(context.parameters.get("service"))
        guard
            let touchpoint = definition.touchpoints.first(where: { $0.id.text == context.parameters.get("touchpoint") })
        else { throw .notFound }
        // A form nobody is sent is asked on the spot; one sent after a step only where there is no other.
        let onTheSpot = definition.forms.filter { $0.askAfter == nil }
        for form in onTheSpot + definition.forms where form.mayBeAsked(in: definition, on: site.today) {
            if let question = form.questions.first(where: { $0.kind == .faces }) {
                return Place(definition: definition, touchpoint: touchpoint, form: form, question: question)
            }
        }
        throw .notFound
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let place = try find(context)
        let page = KioskPage(
            place, thanked: site.query(request)["thanks"] == "1", pressID: site.services.freshID().description,
            worker: "/kiosk/worker.js", site.words(context.language))
        return try site.render(page, request, context)
    }

    /// The service worker, under the path it may take over. Its cache is named by the content it was built for.
    private func worker(_ request: Request, _ context: SiteContext) throws -> Response {
        guard let asset = site.library.assets["kiosk-worker.js"] else { throw SiteError.notFound }
        return Response(
            status: .ok, headers: [.contentType: asset.contentType, .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }

    private func press(_ request: Request, _ context: SiteContext) async throws -> Response {
        let place = try find(context)
        let form = try await site.form(request, context)
        guard let id = form["press_id"].flatMap({ TimeOrderedID($0) }) else { throw SiteError.malformed }
        let press = KioskPress(id: id.description, value: form["value"].flatMap { Int($0) } ?? 0, at: nil)
        try await site.services.feedback.submit(
            try response(press, place, context, try await intake(place, device: nil, context)))
        return site.redirect(to: Paths.kiosk(place.definition.id, touchpoint: place.touchpoint.id) + "?thanks=1")
    }

    /// Presses kept while offline, each with its own key. No cookie gives this address any power, so it needs no form
    /// token; the token could have died while the device was cut off.
    private func presses(_ request: Request, _ context: SiteContext) async throws -> Response {
        let place = try find(context)
        try site.refuseOtherSites(request)
        guard let body = try? await request.body.collect(upTo: 64 * 1024) else { throw SiteError.tooLarge }
        guard let batch = try? JSONDecoder().decode(KioskBatch.self, from: Data(body.readableBytesView)),
            batch.presses.count <= 200
        else { throw SiteError.malformed }
        let device = try await device(request, place)
        let intake = try await intake(place, device: device, context)
        // Held back by device, not by address: kiosks of one building share one.
        guard site.presses.allows("\(place.definition.id)/\(place.touchpoint.id)/\(device?.id.text ?? "")") else {
            throw SiteError.tooManyTries
        }
        var refused: [String] = []
        var sent: [String] = []
        var responses: [NewResponse] = []
        for press in batch.presses {
            do throws(SiteError) {
                responses.append(try response(press, place, context, intake))
                sent.append(press.id)
            } catch { refused.append(press.id) }
        }
        // A queue that waited for its line is made durable at once.
        var stored: [String] = []
        for (id, receipt) in zip(sent, try await site.services.feedback.submitAll(responses, nil)) {
            if case .refused = receipt { refused.append(id) } else { stored.append(id) }
        }
        if let device {
            try await site.services.channels.devices.note(
                place.definition, device.id, max(0, (batch.waiting ?? 0) - stored.count), stored.count)
        }
        let answer = try JSONEncoder().encode(KioskReceipt(stored: stored, refused: refused))
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer)))
    }

    /// A device says that it lives and what it still holds. Unknown ones are answered alike: nothing is told to a guess.
    private func pulse(_ request: Request, _ context: SiteContext) async throws -> Response {
        let place = try find(context)
        try site.refuseOtherSites(request)
        guard let body = try? await request.body.collect(upTo: 1_024),
            let pulse = try? JSONDecoder().decode(KioskPulse.self, from: Data(body.readableBytesView))
        else { throw SiteError.malformed }
        if let device = try await device(request, place) {
            try await site.services.channels.devices.note(place.definition, device.id, pulse.waiting, 0)
        }
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }

    /// The device whose token came with the request, if it stands here.
    private func device(_ request: Request, _ place: Place) async throws -> TouchpointDevice? {
        guard let name = HTTPField.Name("X-Device-Token"), let token = request.headers[name],
            VisitMiddleware.isToken(token)
        else { return nil }
        let device = try await site.services.channels.devices.find(place.definition, token)
        return device?.touchpoint == place.touchpoint.id ? device : nil
    }

    /// A press from no known device is put aside where devices were issued, so that nobody fills a hall's score from
    /// home.
    private func intake(
        _ place: Place, device: TouchpointDevice?, _ context: SiteContext
    ) async throws -> ResponseIntake {
        var intake = ResponseIntake(.kiosk, device: device?.id)
        if device == nil, try await site.services.channels.devices.isGuarded(place.definition, place.touchpoint.id) {
            intake.held = [.unknownDevice]
        }
        return intake
    }

    private func response(
        _ press: KioskPress, _ place: Place, _ context: SiteContext, _ intake: ResponseIntake
    ) throws(SiteError) -> NewResponse {
        guard (1...5).contains(press.value), VisitMiddleware.isToken(press.id) else { throw SiteError.malformed }
        let now = site.services.now()
        var occurred = now
        if let text = press.at {
            guard let at = Instant(rfc3339: text) else { throw SiteError.malformed }
            // A device's clock may be wrong: never later than now, never more than 60 days back.
            occurred = min(now, max(at, now.advanced(by: -60 * Instant.day)))
        }
        return NewResponse(
            id: press.id, service: place.definition, form: place.form,
            answers: [place.question.id: .value(.integer(Int64(press.value)))], channel: .kiosk,
            touchpoint: place.touchpoint.id, code: nil, occurred: occurred, language: context.language,
            intake: intake)
    }
}

struct KioskPress: Codable, Sendable {
    var id: String
    var value: Int
    var at: String?
}

struct KioskBatch: Codable, Sendable {
    var presses: [KioskPress]
    /// All that the device holds, these included.
    var waiting: Int?
}

struct KioskPulse: Codable, Sendable {
    var waiting: Int
}

/// What the device may forget: what is stored, and what can never be.
struct KioskReceipt: Codable, Sendable {
    var stored: [String]
    var refused: [String]
}

struct KioskPage: Page {
    static let template = "pages/kiosk"
    var title: String
    var question: String
    var place: String
    var action: String
    var pressesPath: String
    var pulsePath: String
    var workerPath: String
    var pressID: String
    var faces: [QuestionField.Choice]
    var thanked: Bool
    var control: String?
    /// Seconds without a touch after which the device is as it was set up.
    var idle = 30
    var layout: Layout { .kiosk }
    var scripts: [String] { ["kiosk.js"] }

    init(_ place: KioskPages.Place, thanked: Bool, pressID: String, worker: String, _ words: Words) {
        let language = words.language
        title = place.definition.title[language]
        question = place.question.text[language]
        self.place = place.touchpoint.place ?? place.touchpoint.title[language]
        action = Paths.kiosk(place.definition.id, touchpoint: place.touchpoint.id)
        pressesPath = Paths.kioskPresses(place.definition.id, touchpoint: place.touchpoint.id)
        pulsePath = Paths.kioskPulse(place.definition.id, touchpoint: place.touchpoint.id)
        workerPath = worker
        self.pressID = pressID
        faces = (1...5).map {
            QuestionField.Choice(
                id: "face-\($0)", value: "\($0)", label: words["face_\($0)"], isChosen: false,
                picture: Faces.picture($0))
        }
        self.thanked = thanked
        control = place.definition.collection.map {
            words[
                "control_short", ["number": $0.controlNumber, "expires": $0.expires.description]]
        }
    }
}
