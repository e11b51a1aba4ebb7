package import Experience

/// A way answers come in. To add one is a file of its own and a line in ``ChannelRoute/all``; nothing else asks which
/// it is.
package struct ChannelRoute: Hashable, Sendable {
    /// The source of the events it makes: with a response's id it names the response for good.
    package var source: String
    package var channel: Channel
    /// How people who answer this way came to it, where nothing else is known.
    package var solicited: Solicitation
    /// True where anybody may send: such answers are marked, and looked through for floods and copies.
    package var isOpen: Bool
    package var title: LocalText

    package init(source: String, channel: Channel, solicited: Solicitation, isOpen: Bool, title: LocalText) {
        self.source = source
        self.channel = channel
        self.solicited = solicited
        self.isOpen = isOpen
        self.title = title
    }

    package static let all: [ChannelRoute] = [
        .webPage, .widget, .poster, .invitation, .kiosk, .sms, .keys, .agent, .api, .spreadsheet, .review,
    ]

    package static func of(source: String) -> ChannelRoute? { all.first { $0.source == source } }
}
