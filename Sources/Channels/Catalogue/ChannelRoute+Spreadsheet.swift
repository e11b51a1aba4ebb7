internal import Experience

extension ChannelRoute {
    /// A line of a spreadsheet.
    package static let spreadsheet = ChannelRoute(
        source: "spreadsheet", channel: .unknown, solicited: .imported, isOpen: false,
        title: LocalText(en: "Spreadsheet", es: "Hoja de cálculo"))
}
