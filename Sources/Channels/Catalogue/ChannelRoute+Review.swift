internal import Experience

extension ChannelRoute {
    /// A review somebody wrote for the public on another site.
    package static let review = ChannelRoute(
        source: "review", channel: .web, solicited: .review, isOpen: false,
        title: LocalText(en: "Public review", es: "Reseña pública"))
}
