import Experience

/// What a page shows, already formatted and translated, and the template that shows it.
package protocol Page: Sendable {
    static var template: String { get }
    /// The page's own title, without the site's name.
    var title: String { get }
    /// Scripts the page can't do without; nearly all have none.
    var scripts: [String] { get }
    var layout: Layout { get }
}

package enum Layout: Sendable {
    case publicSite, staff, kiosk
    /// Inside another site's page: nothing around it.
    case frame
}

extension Page {
    package var scripts: [String] { [] }
    package var layout: Layout { .publicSite }
}

/// What every page has around it.
struct Frame: Sendable {
    struct Link: Sendable {
        var title: String
        var href: String
        var isCurrent: Bool
        var language: String?
    }

    var language: String
    var documentTitle: String
    var siteName: String
    var homePath: String
    var staffPath: String
    var stylesheet: String
    var icon: String
    var scripts: [String]
    var navigation: [Link]
    var languages: [Link]
    var isSimulated: Bool
    var isStaff: Bool
    var isKiosk: Bool
    var isFramed: Bool
    var accountName: String?
    var accountRole: String?
    var accountPath: String
    var signOutPath: String
    var signInPath: String
    var accountsPath: String?
    var formToken: String
    var methodsPath: String
}

/// The whole a template is given: `frame`, the words as `t`, and the page's own `page`.
struct Rendered<Model: Page>: Sendable {
    var frame: Frame
    var t: [String: String]
    var page: Model
}
