/// How this site is served. Read once at start by the command line.
package struct SiteConfiguration: Sendable {
    /// Name shown in the header, by language.
    package var name: SiteName
    /// True where browsers reach us by https: cookies then carry the `__Host-` prefix and `Secure`, and HSTS is sent.
    /// Plain http is meant for the loopback address only; browsers refuse `__Host-` cookies there, so they
    /// go without the prefix, still HttpOnly and SameSite.
    package var isSecure: Bool
    /// IANA name of the zone in which times are shown.
    package var zone: String
    /// True when what is shown was simulated: every page says so.
    package var isSimulated: Bool
    /// Key for form tokens; at least 32 bytes, the same on every node.
    package var formKey: [UInt8]
    /// Where a proxy in front puts the person's address ("x-forwarded-for"); nil when there is none to believe.
    package var addressHeader: String?
    /// Where the site is reached from outside, without a slash at the end; nil where nobody said.
    package var publicURL: String?
    /// Answers a minute to one form that are never taken for a flood.
    package var floodFloor = 300
    /// Sites that may show our forms inside their pages: origins such as "https://www.example.gov".
    package var widgetOrigins: [String] = []
    /// The carrier's secret that signs its requests; without it nothing is taken from a telephone.
    package var telephoneToken: String?
    /// Who may read the metrics; nil: only this machine, while no proxy is in front.
    package var metricsToken: String?

    package struct SiteName: Sendable {
        package var en: String
        package var es: String

        package init(en: String, es: String) {
            self.en = en
            self.es = es
        }
    }

    package init(
        name: SiteName = SiteName(en: "Throughline", es: "Throughline"), isSecure: Bool,
        zone: String = "America/New_York",
        isSimulated: Bool = false, formKey: [UInt8], addressHeader: String? = nil
    ) {
        self.name = name
        self.isSecure = isSecure
        self.zone = zone
        self.isSimulated = isSimulated
        self.formKey = formKey
        self.addressHeader = addressHeader
    }
}
