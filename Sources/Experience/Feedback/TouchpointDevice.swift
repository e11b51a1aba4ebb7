/// A kiosk somebody has put up: what staff issued, and what it last told of itself.
package struct TouchpointDevice: Hashable, Sendable {
    package var id: Slug
    package var service: ServiceID
    package var touchpoint: Slug
    package var name: String
    package var created: Instant
    package var revoked: Instant?
    package var seen: Instant?
    /// Presses it holds that are not sent yet, by its own count.
    package var waiting: Int
    package var presses: Int
    package var pressesToday: Int

    package init(
        id: Slug, service: ServiceID, touchpoint: Slug, name: String, created: Instant, revoked: Instant? = nil,
        seen: Instant? = nil, waiting: Int = 0, presses: Int = 0, pressesToday: Int = 0
    ) {
        self.id = id
        self.service = service
        self.touchpoint = touchpoint
        self.name = name
        self.created = created
        self.revoked = revoked
        self.seen = seen
        self.waiting = waiting
        self.presses = presses
        self.pressesToday = pressesToday
    }
}
