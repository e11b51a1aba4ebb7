package import Experience

/// A service's answers in columns: one line a response, filled from the record and kept up by its tail.
///
/// A survey is what one line of a report is about: a form in one wording, over one channel, at one touchpoint.
package struct ResponseColumns: Sendable {
    package struct Survey: Hashable, Sendable {
        /// Place in ``forms``.
        package var form: Int
        package var channel: Channel
        /// Empty where the answers came without one.
        package var touchpoint: String

        package init(form: Int, channel: Channel, touchpoint: String) {
            self.form = form
            self.channel = channel
            self.touchpoint = touchpoint
        }
    }

    package private(set) var forms: [AskedForm] = []
    package private(set) var surveys: [Survey] = []

    package private(set) var sequence: [Int64] = []
    package private(set) var occurred: [Int64] = []
    package private(set) var survey: [UInt16] = []
    package private(set) var answers: [UInt64] = []
    /// Place in ``journeys``; -1 where the journey is not known.
    package private(set) var journey: [Int32] = []
    /// Hash of source and id, by which quarantined answers are known.
    package private(set) var key: [UInt64] = []
    /// 1 for answers that are kept out of scores until somebody has looked at them, or after.
    package private(set) var held: [UInt8] = []

    package private(set) var journeys: [String] = []
    private var journeyCodes: [String: Int32] = [:]
    private var surveyCodes: [Survey: UInt16] = [:]
    private var formCodes: [FormName: Int] = [:]

    /// Offers of a form to a person, and whether they were answered: what a response rate is counted from.
    package private(set) var offeredAt: [Int64] = []
    package private(set) var offeredForm: [UInt16] = []
    package private(set) var offeredChannel: [UInt8] = []
    package private(set) var offerAnswered: [Bool] = []
    /// Places of the offers above by name: each is counted once, and answered once.
    private var offerPlaces: [UInt64: Int] = [:]

    private struct FormName: Hashable {
        var id: String
        var version: Int
    }

    package init() {}

    package var count: Int { answers.count }

    /// Takes an event up; others than offers and responses change nothing.
    ///
    /// - Parameter form: the definition of a form of the service in the version that was asked, or the nearest known.
    package mutating func append(_ recorded: RecordedEvent, form: (Slug, Int) -> FormDefinition?) {
        let event = recorded.event
        guard event.kind == .response || event.kind == .offer, case .text(let name)? = event.attributes["form"],
            let id = Slug(name)
        else { return }
        if event.kind == .offer {
            guard let offer = ResponseColumns.offer(event), offerPlaces[offer] == nil else { return }
            let place = formCode(id, Int(event.attributes["form_version"]?.integer ?? 0), form)
            offerPlaces[offer] = offeredAt.count
            offeredAt.append(event.occurred.microseconds)
            offeredForm.append(UInt16(clamping: place))
            offeredChannel.append(UInt8(Channel.allCases.firstIndex(of: event.channel) ?? 0))
            offerAnswered.append(false)
            return
        }
        let place = formCode(id, Int(event.attributes["form_version"]?.integer ?? 0), form)
        if let offer = ResponseColumns.offer(event).flatMap({ offerPlaces[$0] }) { offerAnswered[offer] = true }
        append(
            forms[place].pack(event.attributes),
            survey: Survey(form: place, channel: event.channel, touchpoint: event.touchpoint ?? ""),
            at: event.occurred.microseconds, sequence: recorded.sequence,
            journey: event.journey.isUnattached ? nil : event.journey.text,
            key: ResponseColumns.hash(event.source, event.sourceID))
    }

    /// Takes up one answer as it is.
    package mutating func append(
        _ packed: PackedAnswers, survey wanted: Survey, at time: Int64, sequence number: Int64, journey id: String?,
        key hash: UInt64
    ) {
        sequence.append(number)
        occurred.append(time)
        survey.append(code(wanted))
        answers.append(packed.bits)
        key.append(hash)
        held.append(0)
        guard let id else {
            journey.append(-1)
            return
        }
        if let known = journeyCodes[id] {
            journey.append(known)
        } else {
            let code = Int32(clamping: journeys.count)
            journeyCodes[id] = code
            journeys.append(id)
            journey.append(code)
        }
    }

    /// Marks which answers are held; all others are let through.
    package mutating func hold(_ keys: Set<UInt64>) {
        for row in held.indices { held[row] = keys.isEmpty ? 0 : keys.contains(key[row]) ? 1 : 0 }
    }

    /// Adds offers whose answers were looked up elsewhere.
    package mutating func addOffers(of form: Int, over channel: Channel, at time: Int64, isAnswered: Bool, count: Int) {
        for _ in 0..<max(0, count) {
            offeredAt.append(time)
            offeredForm.append(UInt16(clamping: form))
            offeredChannel.append(UInt8(Channel.allCases.firstIndex(of: channel) ?? 0))
            offerAnswered.append(isAnswered)
        }
    }

    /// Adds a form by hand, for answers that do not come from the record.
    package mutating func add(_ form: AskedForm) -> Int {
        let name = FormName(id: form.id.text, version: form.version)
        if let known = formCodes[name] { return known }
        formCodes[name] = forms.count
        forms.append(form)
        return forms.count - 1
    }

    private mutating func formCode(_ id: Slug, _ version: Int, _ form: (Slug, Int) -> FormDefinition?) -> Int {
        if let known = formCodes[FormName(id: id.text, version: version)] { return known }
        var asked = form(id, version).map { AskedForm($0) } ?? AskedForm(unknown: id, version: version)
        asked.version = version
        return add(asked)
    }

    private mutating func code(_ wanted: Survey) -> UInt16 {
        if let known = surveyCodes[wanted] { return known }
        // Past 65,535 surveys of one service the last one takes the rest: no service has as many places.
        let code = UInt16(clamping: surveys.count)
        if surveys.count <= Int(UInt16.max) { surveys.append(wanted) }
        surveyCodes[wanted] = code
        return code
    }

    private static func offer(_ event: Event) -> UInt64? { OfferName.of(event).map { hash("offer", $0) } }

    /// FNV-1a over source and id.
    package static func hash(_ source: String, _ id: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in source.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ 0x1F) &* 0x100_0000_01B3
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }
}
