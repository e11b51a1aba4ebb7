internal import Experience

extension ChannelRoute {
    /// A form opened by a link that works once.
    package static let invitation = ChannelRoute(
        source: "invitation", channel: .email, solicited: .invited, isOpen: false,
        title: LocalText(en: "Invitation", es: "Invitación"))
}
