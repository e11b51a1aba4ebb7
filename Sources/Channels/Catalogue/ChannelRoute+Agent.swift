internal import Experience

extension ChannelRoute {
    /// Typed by an agent while the person is on the line.
    package static let agent = ChannelRoute(
        source: "agent", channel: .phone, solicited: .invited, isOpen: false,
        title: LocalText(en: "Typed by an agent", es: "Escrito por un agente"))
}
