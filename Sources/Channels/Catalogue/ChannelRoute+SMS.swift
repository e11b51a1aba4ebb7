internal import Experience

extension ChannelRoute {
    /// A conversation by text message.
    package static let sms = ChannelRoute(
        source: "sms", channel: .sms, solicited: .volunteered, isOpen: true,
        title: LocalText(en: "Text messages", es: "Mensajes de texto"))
}
