package import Experience

/// Every address of the site, typed: templates and handlers never spell one out.
package enum Paths {
    package static let home = "/"
    package static let about = "/about"
    package static let methods = "/methods"
    package static let track = "/track"
    package static let results = "/results"
    package static let health = "/health"
    package static let ready = "/health/ready"
    package static let metrics = "/metrics"

    package static func service(_ id: ServiceID) -> String { "/services/\(id)" }
    package static func request(_ id: ServiceID) -> String { "/services/\(id)/request" }
    package static func feedback(_ id: ServiceID, form: Slug, code: String? = nil) -> String {
        "/services/\(id)/feedback/\(form)" + query([("code", code)])
    }
    package static func feedbackThanks(_ id: ServiceID, form: Slug? = nil) -> String {
        "/services/\(id)/thanks" + query([("form", form?.text)])
    }
    /// Answers not yet sent: the page asked for, or wherever they stand.
    package static func unsent(
        _ id: ServiceID, form: Slug, _ code: TrackingCode, page: Slug?, checks: Bool = false
    ) -> String {
        "/services/\(id)/feedback/\(form)/unsent/\(code)"
            + query([("page", page?.text), ("check", checks ? "1" : nil)])
    }
    package static func savedAnswers(_ id: ServiceID, form: Slug, _ code: TrackingCode) -> String {
        "/services/\(id)/feedback/\(form)/unsent/\(code)/saved"
    }
    package static let resume = "/resume"
    package static func tracked(_ code: TrackingCode) -> String { "/track/\(code)" }
    package static func outcome(_ code: TrackingCode) -> String { "/track/\(code)/outcome" }
    package static func kiosk(_ id: ServiceID, touchpoint: Slug) -> String { "/kiosk/\(id)/\(touchpoint)" }
    package static func kioskPresses(_ id: ServiceID, touchpoint: Slug) -> String {
        "/kiosk/\(id)/\(touchpoint)/presses"
    }
    package static func supplier(_ token: String) -> String { "/suppliers/\(escape(token))" }
    package static func kioskPulse(_ id: ServiceID, touchpoint: Slug) -> String { "/kiosk/\(id)/\(touchpoint)/pulse" }
    package static let widgetScript = "/widget.js"
    package static func widgetDone(_ language: Language) -> String {
        "/widget/done" + query([(LanguageChoice.parameter, language.rawValue)])
    }
    package static func widget(_ id: ServiceID, touchpoint: Slug) -> String { "/widget/\(id)/\(touchpoint)" }
    package static func invitation(_ token: String) -> String { "/i/\(escape(token))" }
    package static func poster(_ id: ServiceID, touchpoint: Slug) -> String { "/q/\(id)/\(touchpoint)" }
    package static func method(_ id: String) -> String { "/methods#\(id)" }

    package enum Staff {
        package static let home = "/staff"
        package static let signIn = "/staff/sign-in"
        package static let signOut = "/staff/sign-out"
        package static let secondStep = "/staff/sign-in/code"
        package static let secondFactor = "/staff/second-factor"
        package static let sessions = "/staff/sessions"
        package static let accounts = "/staff/accounts"
        package static let password = "/staff/password"
        package static let forms = "/staff/forms"
        package static let retention = "/staff/retention"
        package static let system = "/staff/system"
        package static let certificates = "/staff/retention/certificates.jsonl"

        package static func form(_ id: ServiceID, _ form: Slug, _ part: String? = nil) -> String {
            "/staff/forms/\(id)/\(form)" + (part.map { "/\($0)" } ?? "")
        }
        package static func formPage(_ id: ServiceID, _ form: Slug, page: Slug) -> String {
            Staff.form(id, form, "pages/\(page)")
        }
        package static func formQuestion(_ id: ServiceID, _ form: Slug, question: Slug) -> String {
            Staff.form(id, form, "questions/\(question)")
        }
        package static let promises = "/staff/promises"
        package static let webhooks = "/staff/webhooks"

        package static func webhook(_ id: String) -> String { "/staff/webhooks/\(escape(id))" }

        package static func signIn(returningTo path: String) -> String {
            Staff.signIn + query([("next", path == Staff.home ? nil : path)])
        }
        package static func secondStep(returningTo path: String) -> String {
            Staff.secondStep + query([("next", path == Staff.home ? nil : path)])
        }
        package static func setUp(_ token: String) -> String { "/staff/set-up/\(token)" }
        package static func account(_ id: String) -> String { "/staff/accounts/\(escape(id))" }
        package static func service(_ id: ServiceID) -> String { "/staff/services/\(id)" }
        package static func live(_ id: ServiceID) -> String { "/staff/services/\(id)/live" }
        package static func feedback(_ id: ServiceID) -> String { "/staff/services/\(id)/feedback" }
        package static func feedbackTable(_ id: ServiceID, table: String, as format: String) -> String {
            "/staff/services/\(id)/feedback/\(table).\(format)"
        }
        package static func answers(_ id: ServiceID, _ filter: String? = nil) -> String {
            "/staff/services/\(id)/answers" + query([("answers", filter)])
        }
        package static func answer(_ id: ServiceID, _ number: Int64) -> String { "\(answers(id))/\(number)" }
        package static func answerReply(_ id: ServiceID, _ number: Int64) -> String { answer(id, number) + "/reply" }
        package static func answerFile(_ id: ServiceID, _ number: Int64, _ question: Slug) -> String {
            answer(id, number) + "/files/\(question)"
        }
        package static func followUps(_ id: ServiceID) -> String { "/staff/services/\(id)/follow-ups" }
        package static func followUp(_ service: ServiceID, id: String) -> String {
            "/staff/services/\(service)/follow-ups/\(escape(id))"
        }
        package static func saidDid(_ id: ServiceID) -> String { "/staff/services/\(id)/said-did" }
        package static func withdrawSaidDid(_ service: ServiceID, id: String) -> String {
            "/staff/services/\(service)/said-did/\(escape(id))/withdraw"
        }
        package static func reports(_ id: ServiceID, quarter: FiscalQuarter? = nil) -> String {
            "/staff/services/\(id)/reports" + query([("quarter", quarter?.description)])
        }
        package static func report(_ id: ServiceID, quarter: FiscalQuarter, file: String) -> String {
            "/staff/services/\(id)/reports/\(quarter)/\(escape(file))"
        }
        package static func journeys(_ id: ServiceID) -> String { "/staff/services/\(id)/journeys" }
        package static func journey(_ id: ServiceID, _ journey: JourneyID) -> String {
            "/staff/services/\(id)/journeys/\(escape(journey.text))"
        }
        package static func suppliers(_ id: ServiceID) -> String { "/staff/services/\(id)/suppliers" }
        package static func scorecard(_ id: ServiceID, by attribute: String? = nil, file: String? = nil) -> String {
            "/staff/services/\(id)/scorecard" + (file.map { "/\($0)" } ?? "") + query([("by", attribute)])
        }
        package static func date(_ id: ServiceID, _ journey: JourneyID) -> String {
            Staff.journey(id, journey) + "/date"
        }
        package static func channels(_ id: ServiceID) -> String { "/staff/services/\(id)/channels" }
        package static func quarantine(_ id: ServiceID) -> String { channels(id) + "/quarantine" }
        package static func devices(_ id: ServiceID) -> String { channels(id) + "/devices" }
        package static func device(_ id: ServiceID, _ device: Slug) -> String { devices(id) + "/\(device)" }
        package static func poster(_ id: ServiceID, touchpoint: Slug) -> String {
            channels(id) + "/posters/\(touchpoint)"
        }
        package static func posterCode(_ id: ServiceID, touchpoint: Slug) -> String {
            channels(id) + "/posters/\(touchpoint).svg"
        }
        package static func wall(_ id: ServiceID) -> String { "/staff/services/\(id)/wall" }
        package static func wallLive(_ id: ServiceID) -> String { wall(id) + "/live" }
        package static func onThePhone(_ id: ServiceID, _ journey: JourneyID, form: Slug) -> String {
            "/staff/services/\(id)/journeys/\(escape(journey.text))/ask/\(form)"
        }
        package static func download(_ id: ServiceID, table: String, as format: String) -> String {
            "/staff/services/\(id)/download/\(table).\(format)"
        }
    }

    package enum API {
        package static let events = "/api/v1/events"
        package static let responses = "/api/v1/responses"
        package static let quotes = "/api/v1/quotes"
        package static let openAPI = "/api/v1/openapi.json"
        package static func figures(_ id: ServiceID) -> String { "/api/v1/services/\(id)/figures" }
    }

    /// `?a=b&c=d` of the pairs that have a value; empty text when none has.
    package static func query(_ pairs: [(String, String?)]) -> String {
        let kept = pairs.compactMap { name, value in value.map { "\(escape(name))=\(escape($0))" } }
        return kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
    }

    /// Percent-encodes everything but unreserved characters (RFC 3986).
    package static func escape(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Undoes ``escape(_:)``; nil when what comes out is no UTF-8.
    package static func unescape(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var source = Array(text.utf8)[...]
        while let byte = source.popFirst() {
            if byte == 0x25, source.count >= 2,
                let value = UInt8(String(decoding: source.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                source.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// A path on this site that may be followed after signing in; anything else leads to the staff's home.
    package static func safeReturn(_ path: String?) -> String {
        guard let path, path.hasPrefix("/staff"), !path.hasPrefix("//"), path.utf8.count <= 1_000,
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C })
        else { return Staff.home }
        return path
    }
}
