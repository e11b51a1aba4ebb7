internal import Experience

extension ChannelRoute {
    /// The keys of a telephone during a call.
    package static let keys = ChannelRoute(
        source: "ivr", channel: .phone, solicited: .invited, isOpen: true,
        title: LocalText(en: "Telephone keys", es: "Teclas del teléfono"))
}
