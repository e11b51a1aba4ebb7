internal import Experience

extension ChannelRoute {
    /// A form opened from a printed code.
    package static let poster = ChannelRoute(
        source: "poster", channel: .web, solicited: .volunteered, isOpen: true,
        title: LocalText(en: "Poster with a code", es: "Cartel con código"))
}
