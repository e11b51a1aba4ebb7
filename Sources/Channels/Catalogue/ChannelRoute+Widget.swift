internal import Experience

extension ChannelRoute {
    /// A form shown inside another site's page.
    package static let widget = ChannelRoute(
        source: "widget", channel: .web, solicited: .intercepted, isOpen: true,
        title: LocalText(en: "Widget on another site", es: "Formulario en otro sitio"))
}
