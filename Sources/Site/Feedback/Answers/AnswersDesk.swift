package import Experience

/// The single answers behind the scores: their list, one of them, the files that came with it, a reply to it.
package struct AnswersDesk: Sendable {
    /// - Parameter reader: the account whose reading of people's words is noted; nil leaves the words out.
    package var list:
        @Sendable (ServiceDefinition, AnswerFilter, _ skipping: Int, _ limit: Int, _ reader: String?) async throws ->
            AnswerList
    package var one: @Sendable (ServiceDefinition, Int64, _ reader: String?) async throws -> AnswerView?
    /// A file given as an answer; nil when there is none. The reading is noted.
    package var file: @Sendable (ServiceDefinition, Int64, Slug, _ reader: String) async throws -> AnswerFile?
    package var reply: @Sendable (ServiceDefinition, AnswerReply, StaffAccount) async throws -> FollowUpResult

    package init(
        list:
            @escaping @Sendable (ServiceDefinition, AnswerFilter, Int, Int, String?) async throws -> AnswerList = {
                _, _, _, _, _ in AnswerList()
            },
        one: @escaping @Sendable (ServiceDefinition, Int64, String?) async throws -> AnswerView? = { _, _, _ in nil },
        file: @escaping @Sendable (ServiceDefinition, Int64, Slug, String) async throws -> AnswerFile? = {
            _, _, _, _ in nil
        },
        reply: @escaping @Sendable (ServiceDefinition, AnswerReply, StaffAccount) async throws -> FollowUpResult = {
            _, _, _ in .unknown
        }
    ) {
        self.list = list
        self.one = one
        self.file = file
        self.reply = reply
    }
}

package struct AnswerList: Sendable {
    package var total = 0
    /// Of all, those whose journey is known.
    package var onJourneys = 0
    package var answers: [AnswerView] = []

    package init(total: Int = 0, onJourneys: Int = 0, answers: [AnswerView] = []) {
        self.total = total
        self.onJourneys = onJourneys
        self.answers = answers
    }
}

/// One answer as it was given.
package struct AnswerView: Sendable {
    package var event: RecordedEvent
    /// The form in the version that was answered; nil where nobody knows it any more.
    package var form: FormDefinition?
    /// The person's words by question, personal data taken out; empty where the reader may not see them.
    package var words: [String: String]
    /// Put aside: counted nowhere until somebody decides.
    package var isHeld: Bool
    /// The ways the person can be answered.
    package var reachable: Set<ReplyChannel>

    package init(
        event: RecordedEvent, form: FormDefinition?, words: [String: String] = [:], isHeld: Bool = false,
        reachable: Set<ReplyChannel> = []
    ) {
        self.event = event
        self.form = form
        self.words = words
        self.isHeld = isHeld
        self.reachable = reachable
    }
}

/// A file given as an answer.
package struct AnswerFile: Sendable {
    package var kind: FileKind
    package var bytes: [UInt8]

    package init(kind: FileKind, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }
}

package enum ReplyChannel: String, Sendable, CaseIterable {
    case email, sms
}

package struct AnswerReply: Sendable {
    package var sequence: Int64
    package var by: ReplyChannel
    package var text: String
    package var language: Language

    package init(sequence: Int64, by: ReplyChannel, text: String, language: Language) {
        self.sequence = sequence
        self.by = by
        self.text = text
        self.language = language
    }
}

/// Which answers a list holds; lives in the address.
package struct AnswerFilter: Sendable, Hashable {
    package var feedback: FeedbackFilter
    package var about: About
    /// Short name of the wording; see ``name(of:)``.
    package var wording: String?

    package enum About: Sendable, Hashable {
        case everything
        case item(SurveyItem, ClosedRange<Int>)
        case thumb(Bool?)
        case mention(MentionedDriver, praised: Bool)
    }

    package init(_ feedback: FeedbackFilter, about: About = .everything, wording: String? = nil) {
        self.feedback = feedback
        self.about = about
        self.wording = wording
    }

    /// A short stable name for a wording, for addresses: FNV-1a over both languages.
    package static func name(of wording: LocalText) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in (wording.en + "\u{1F}" + wording.es).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(hash, radix: 36)
    }

    /// Written as one word, so that lists of journeys can carry it: what the answers said, then where they were given.
    package var text: String {
        let said =
            switch about {
            case .everything: "all"
            case .item(let item, let values): "item.\(item.name).\(values.lowerBound)-\(values.upperBound)"
            case .thumb(let up): "thumb.\(up.map { $0 ? "up" : "down" } ?? "any")"
            case .mention(let driver, let praised): "\(praised ? "praised" : "blamed").\(driver.rawValue)"
            }
        return [
            said, feedback.period.first.description, feedback.period.last.description, feedback.form?.text ?? "",
            feedback.channel?.rawValue ?? "", feedback.touchpoint ?? "", wording ?? "",
        ].joined(separator: "~")
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count <= 500, parts.count == 7, let about = AnswerFilter.about(parts[0]),
            let first = CivilDate(parts[1]), let last = CivilDate(parts[2]), first <= last
        else { return nil }
        self.init(
            FeedbackFilter(
                period: Period(first: first, last: last), form: Slug(parts[3]), channel: Channel(rawValue: parts[4]),
                touchpoint: parts[5].isEmpty ? nil : parts[5]),
            about: about, wording: parts[6].isEmpty ? nil : parts[6])
    }

    private static func about(_ text: String) -> About? {
        let parts = text.split(separator: ".").map(String.init)
        switch (parts.first, parts.count) {
        case ("all", 1): return .everything
        case ("item", 3):
            let ends = parts[2].split(separator: "-").compactMap { Int($0) }
            guard let item = SurveyItem.allCases.first(where: { $0.name == parts[1] }), ends.count == 2,
                ends[0] <= ends[1]
            else { return nil }
            return .item(item, ends[0]...ends[1])
        case ("thumb", 2): return .thumb(parts[1] == "up" ? true : parts[1] == "down" ? false : nil)
        case ("praised", 2), ("blamed", 2):
            return MentionedDriver(rawValue: parts[1]).map { .mention($0, praised: parts[0] == "praised") }
        default: return nil
        }
    }
}
