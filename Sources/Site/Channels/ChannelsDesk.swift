internal import Channels
package import Experience

/// How people are asked and heard: offers, quarantine, devices, conversations, invitations.
package struct ChannelsDesk: Sendable {
    /// Decides whether a person is asked, and records it.
    package var offer: @Sendable (OfferAsk) async throws -> OfferDecision
    /// What the offer of a transaction is called: the attribute of an answer to it.
    package var offerKey: @Sendable (ServiceDefinition, String) async throws -> String
    package var overview:
        @Sendable (ServiceDefinition, _ first: CivilDate, _ last: CivilDate) async throws -> ChannelOverview
    /// What is held, with its words as they may be shown. Noted in the audit log for the account.
    package var quarantine: @Sendable (ServiceDefinition, _ account: String) async throws -> QuarantineReport
    package var decide:
        @Sendable (ServiceDefinition, [IntakeMark.Key], IntakeMark.State, _ account: String) async throws -> Void
    /// The words of an answer as they came, before anything was taken out; empty once they are forgotten.
    package var originals:
        @Sendable (ServiceDefinition, IntakeMark.Key, _ account: String) async throws -> [(field: String, text: String)]
    package var devices: DevicesDesk
    package var telephone: TelephoneDesk
    package var invitations: InvitationsDesk
    /// The wall's state at once, then again whenever it changed.
    package var live: @Sendable (ServiceDefinition) -> AsyncStream<WallState>
    package var wall: @Sendable (ServiceDefinition) async throws -> WallState

    /// Without arguments: nobody is asked, nothing is held.
    package init(
        offer: @escaping @Sendable (OfferAsk) async throws -> OfferDecision = { _ in .passedOver(.declined) },
        offerKey: @escaping @Sendable (ServiceDefinition, String) async throws -> String = { _, text in text },
        overview: @escaping @Sendable (ServiceDefinition, CivilDate, CivilDate) async throws -> ChannelOverview = {
            _, _, _ in ChannelOverview()
        },
        quarantine: @escaping @Sendable (ServiceDefinition, String) async throws -> QuarantineReport = { _, _ in
            QuarantineReport()
        },
        decide:
            @escaping @Sendable (ServiceDefinition, [IntakeMark.Key], IntakeMark.State, String) async throws -> Void = {
                _, _, _, _ in
            },
        originals:
            @escaping @Sendable (ServiceDefinition, IntakeMark.Key, String) async throws -> [(
                field: String, text: String
            )] = { _, _, _ in [] },
        devices: DevicesDesk = DevicesDesk(), telephone: TelephoneDesk = TelephoneDesk(),
        invitations: InvitationsDesk = InvitationsDesk(),
        live: @escaping @Sendable (ServiceDefinition) -> AsyncStream<WallState> = { _ in AsyncStream { $0.finish() } },
        wall: @escaping @Sendable (ServiceDefinition) async throws -> WallState = { _ in WallState() }
    ) {
        self.offer = offer
        self.offerKey = offerKey
        self.overview = overview
        self.quarantine = quarantine
        self.decide = decide
        self.originals = originals
        self.devices = devices
        self.telephone = telephone
        self.invitations = invitations
        self.live = live
        self.wall = wall
    }
}

/// Offers and answers of a service in a period.
package struct ChannelOverview: Sendable {
    package struct Line: Sendable {
        package var count: OfferCount
        package var rate: ShownFigure

        package init(count: OfferCount, rate: ShownFigure) {
            self.count = count
            self.rate = rate
        }
    }

    package var lines: [Line]
    package var whole: ShownFigure
    package var passedOver: [OfferDecision.Reason: Int]
    package var held: Int

    package init(
        lines: [Line] = [],
        whole: ShownFigure = ShownFigure(value: nil, n: 0, unit: .share, method: "wilson", strength: .suppressed),
        passedOver: [OfferDecision.Reason: Int] = [:], held: Int = 0
    ) {
        self.lines = lines
        self.whole = whole
        self.passedOver = passedOver
        self.held = held
    }
}

/// What is in quarantine, and what it does to the score.
package struct QuarantineReport: Sendable {
    package struct Item: Sendable {
        package var mark: IntakeMark
        /// The person's words, personal data taken out.
        package var words: String?
        package var hasOriginal: Bool

        package init(mark: IntakeMark, words: String?, hasOriginal: Bool) {
            self.mark = mark
            self.words = words
            self.hasOriginal = hasOriginal
        }
    }

    package var items: [Item]
    package var with: ShownFigure?
    package var without: ShownFigure?

    package init(items: [Item] = [], with: ShownFigure? = nil, without: ShownFigure? = nil) {
        self.items = items
        self.with = with
        self.without = without
    }
}

/// Kiosks that staff put up.
package struct DevicesDesk: Sendable {
    package var list: @Sendable (ServiceDefinition) async throws -> [TouchpointDevice]
    /// Gives the token, shown once.
    package var issue: @Sendable (ServiceDefinition, Slug, _ name: String, _ account: String) async throws -> String
    package var revoke: @Sendable (ServiceDefinition, Slug, _ account: String) async throws -> Bool
    package var find: @Sendable (ServiceDefinition, _ token: String) async throws -> TouchpointDevice?
    /// Whether a place has issued devices: then a press without a token is put aside.
    package var isGuarded: @Sendable (ServiceDefinition, Slug) async throws -> Bool
    package var note: @Sendable (ServiceDefinition, Slug, _ waiting: Int, _ presses: Int) async throws -> Void

    package init(
        list: @escaping @Sendable (ServiceDefinition) async throws -> [TouchpointDevice] = { _ in [] },
        issue: @escaping @Sendable (ServiceDefinition, Slug, String, String) async throws -> String = { _, _, _, _ in
            ""
        },
        revoke: @escaping @Sendable (ServiceDefinition, Slug, String) async throws -> Bool = { _, _, _ in false },
        find: @escaping @Sendable (ServiceDefinition, String) async throws -> TouchpointDevice? = { _, _ in nil },
        isGuarded: @escaping @Sendable (ServiceDefinition, Slug) async throws -> Bool = { _, _ in false },
        note: @escaping @Sendable (ServiceDefinition, Slug, Int, Int) async throws -> Void = { _, _, _, _ in }
    ) {
        self.list = list
        self.issue = issue
        self.revoke = revoke
        self.find = find
        self.isGuarded = isGuarded
        self.note = note
    }
}

/// Conversations by SMS and telephone keys.
package struct TelephoneDesk: Sendable {
    /// Takes a message of a person to an agency's number; gives the reply, the same for the same message.
    package var message: @Sendable (AgencyID, _ id: String, _ from: String, _ body: String) async throws -> String
    /// Takes what was pressed in a call; gives the TwiML of what follows.
    package var keys:
        @Sendable (AgencyID, _ call: String, _ from: String, _ turn: Int, KeysAsked) async throws -> String

    /// What a call is about, and what was pressed.
    package struct KeysAsked: Sendable, Hashable {
        package var service: ServiceID
        package var touchpoint: Slug
        package var language: Language
        package var digits: String?
        /// Where the next keys go.
        package var action: String

        package init(service: ServiceID, touchpoint: Slug, language: Language, digits: String?, action: String) {
            self.service = service
            self.touchpoint = touchpoint
            self.language = language
            self.digits = digits
            self.action = action
        }
    }

    package init(
        message: @escaping @Sendable (AgencyID, String, String, String) async throws -> String = { _, _, _, _ in "" },
        keys: @escaping @Sendable (AgencyID, String, String, Int, KeysAsked) async throws -> String = { _, _, _, _, _ in
            TwiML.silence
        }
    ) {
        self.message = message
        self.keys = keys
    }
}

/// Forms opened by a link that works once.
package struct InvitationsDesk: Sendable {
    package struct Opened: Sendable, Hashable {
        package var service: ServiceID
        package var form: Slug
        package var journey: JourneyID?
        package var offer: String
        package var isUsed: Bool
        package var isExpired: Bool

        package init(
            service: ServiceID, form: Slug, journey: JourneyID?, offer: String, isUsed: Bool, isExpired: Bool
        ) {
            self.service = service
            self.form = form
            self.journey = journey
            self.offer = offer
            self.isUsed = isUsed
            self.isExpired = isExpired
        }
    }

    package var open: @Sendable (_ token: String) async throws -> Opened?
    /// Of two at once, one gets true.
    package var use: @Sendable (_ token: String) async throws -> Bool

    package init(
        open: @escaping @Sendable (String) async throws -> Opened? = { _ in nil },
        use: @escaping @Sendable (String) async throws -> Bool = { _ in false }
    ) {
        self.open = open
        self.use = use
    }
}

/// One answer as a wall shows it: no journey, no person.
package struct WallAnswer: Sendable, Hashable {
    package var at: Instant
    package var touchpoint: Slug?
    package var channel: Channel
    package var rating: Int?
    package var solved: JourneyState.Solved?
    /// Personal data taken out; only words nothing stands against.
    package var words: String?

    package init(
        at: Instant, touchpoint: Slug?, channel: Channel, rating: Int?, solved: JourneyState.Solved? = nil,
        words: String? = nil
    ) {
        self.at = at
        self.touchpoint = touchpoint
        self.channel = channel
        self.rating = rating
        self.solved = solved
        self.words = words
    }
}

/// Today, as it stands when a wall is opened.
package struct WallState: Sendable {
    package struct Place: Sendable, Hashable {
        package var touchpoint: Slug?
        /// Answers of 1 to 5.
        package var counts: [Int]

        package init(touchpoint: Slug?, counts: [Int]) {
            self.touchpoint = touchpoint
            self.counts = counts
        }
    }

    package var places: [Place]
    package var last: [WallAnswer]
    /// Grows with every state of a wall that is shared by its screens: the same number is the same state. 0 = not shared.
    package var number: Int64

    package init(places: [Place] = [], last: [WallAnswer] = [], number: Int64 = 0) {
        self.places = places
        self.last = last
        self.number = number
    }
}
