internal import Analyses
internal import Channels
internal import Experience
internal import Site
internal import Storage

/// An answer as it goes into the record: how it came in beside it, personal data taken out of its words.
struct ResponseSubmission {
    let record: Record

    /// - Parameters:
    ///   - event: the response with its answers as attributes.
    ///   - words: the person's own words by field, as they came.
    func make(
        _ response: NewResponse, _ event: Event, words: [(field: String, text: String)]
    ) throws(StorageError) -> Submission {
        let intake = response.intake
        var event = event
        event.source = intake.route.source
        event.attributes[ResponseKey.solicited] = .text(intake.solicited.rawValue)
        if let offer = intake.offer { event.attributes[ResponseKey.offer] = .text(offer) }
        if let device = intake.device { event.attributes[ResponseKey.device] = .text(device.text) }
        if let first = intake.held.first { event.attributes[ResponseKey.held] = .text(first.rawValue) }
        if let url = intake.url { event.attributes[ResponseKey.url] = .text(url) }
        let subject = VaultSubject.response(event)
        var entries: [VaultEntry] = []
        var redactions = 0
        var longest: [UInt64] = []
        for (field, text) in words {
            // An address that was asked for is no slip of the tongue; it is kept as it is, in the vault like all words.
            let kind = response.form.questions.first { $0.id.text == field }?.kind
            guard kind == .shortText || kind == .longText else {
                entries.append(VaultEntry(subject: subject, field: field, text: text))
                continue
            }
            let read = IntakeWords(text)
            entries.append(VaultEntry(subject: subject, field: field, text: read.shown))
            if let original = read.original {
                entries.append(
                    VaultEntry(subject: subject, field: ResponseSubmission.originalPrefix + field, text: original))
            }
            redactions += read.redactions
            if read.sketch.count > longest.count { longest = read.sketch }
        }
        var mark: IntakeMark?
        if intake.route.isOpen || !intake.held.isEmpty || redactions > 0 {
            var sender: String?
            if let address = intake.sender {
                let day = event.occurred.microseconds / Instant.day
                sender = String(try record.keyed("sender", "\(day)/\(address)").prefix(16))
            }
            mark = IntakeMark(
                key: .init(source: event.source, sourceID: event.sourceID), form: response.form.id,
                channel: event.channel, touchpoint: response.touchpoint, at: event.occurred,
                rating: event.attributes[JourneyState.Key.rating]?.integer.map { Int($0) },
                sender: intake.route.isOpen ? sender : nil, sketch: intake.route.isOpen ? longest : [],
                state: intake.held.isEmpty ? .clear : .held, reasons: intake.held, redactions: redactions)
        }
        do throws(EventProblem) { try event.check() } catch { throw .refused(error.description) }
        return Submission(events: [event], words: entries, mark: mark)
    }

    static let originalPrefix = "original."

    /// What may be shown of an answer's words: without originals, numbers people wrote from, and the bytes of files.
    ///
    /// - Parameter form: leaves out its addresses and numbers, too; nil leaves them in.
    static func shown(_ words: [String: String], form: FormDefinition?) -> [String: String] {
        let personal = Set(
            (form?.questions ?? []).filter { $0.kind == .email || $0.kind == .phone }.map(\.id.text))
        return words.filter { field, _ in
            !field.hasPrefix(originalPrefix) && !field.hasPrefix("contact.")
                && !field.hasSuffix(ResponseShape.fileEnding) && !personal.contains(field)
        }
    }
}
