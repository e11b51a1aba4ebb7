internal import Experience

extension ChannelRoute {
    /// Sent by another system with a key of its own.
    package static let api = ChannelRoute(
        source: "api", channel: .partner, solicited: .imported, isOpen: false,
        title: LocalText(en: "Another system", es: "Otro sistema"))
}
