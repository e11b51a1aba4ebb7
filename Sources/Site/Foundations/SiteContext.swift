package import Experience
package import Hummingbird
import Logging
import NIOCore

/// What is known of one request on its way through the site.
package struct SiteContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    package var language: Language = .en
    /// The browser's own random value, held in a cookie; form tokens are bound to it. Nil until a page sets one.
    package var visit: String?
    /// The signed-in member of staff, and the session's token.
    package var session: StaffSession?
    package var address: String

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    /// Where the request comes from, for what is held back.
    var place: String { NetworkPlace.of(address) }

    package var maxUploadSize: Int { 1024 * 1024 }

    /// A part of the path that names something by its slug.
    func slug(_ part: String) -> Slug? { parameters.get(part).flatMap { Slug($0) } }

    /// A part of the path that may hold any characters, escaped.
    func text(_ part: String) -> String? { parameters.get(part).flatMap { Paths.unescape($0) } }

    /// The journey the path names.
    var journey: JourneyID? { text("journey").flatMap { JourneyID($0) } }
}

/// A session as the pages need it.
package struct StaffSession: Sendable {
    package var token: String
    package var account: StaffAccount

    package init(token: String, account: StaffAccount) {
        self.token = token
        self.account = account
    }
}

/// A member of staff who may sign in.
package struct StaffAccount: Sendable, Hashable {
    package var id: String
    package var name: String
    package var role: Role
    package var isActive: Bool
    package var lastSignIn: Instant?
    /// Holds a one-time link and has not chosen a password yet.
    package var isInvited: Bool
    /// The agency whose services the account may see; nil for all.
    package var agency: AgencyID?
    package var hasSecondFactor = false
    /// Without one, nothing but setting one up is open.
    package var mustHaveSecondFactor = false

    package enum Role: String, CaseIterable, Sendable, Comparable {
        case viewer, caseworker, owner, administrator

        package static func < (a: Role, b: Role) -> Bool { a.rank < b.rank }
        private var rank: Int { Role.allCases.firstIndex(of: self) ?? 0 }
    }

    package func maySee(_ agency: AgencyID) -> Bool { self.agency == nil || self.agency == agency }

    package init(
        id: String, name: String, role: Role, isActive: Bool = true, lastSignIn: Instant? = nil,
        isInvited: Bool = false, agency: AgencyID? = nil
    ) {
        self.isInvited = isInvited
        self.id = id
        self.name = name
        self.role = role
        self.isActive = isActive
        self.lastSignIn = lastSignIn
        self.agency = agency
    }
}
