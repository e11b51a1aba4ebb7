internal import Experience

extension ChannelRoute {
    /// A face pressed on a device in a hall.
    package static let kiosk = ChannelRoute(
        source: "kiosk", channel: .kiosk, solicited: .kiosk, isOpen: false, title: LocalText(en: "Kiosk", es: "Quiosco")
    )
}
