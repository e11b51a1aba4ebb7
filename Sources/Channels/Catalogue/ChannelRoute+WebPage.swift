internal import Experience

extension ChannelRoute {
    /// A form opened on a page of ours.
    package static let webPage = ChannelRoute(
        source: "form", channel: .web, solicited: .volunteered, isOpen: true,
        title: LocalText(en: "Web page", es: "Página web"))
}
