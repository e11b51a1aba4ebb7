package import Experience

/// Where a page of a list ends: what the next page continues after. Its text goes into a URL.
package struct PageKey: Hashable, Sendable, CustomStringConvertible {
    package var value: Int64
    package var journey: JourneyID

    package init(value: Int64, journey: JourneyID) {
        self.value = value
        self.journey = journey
    }

    package init?(_ text: String) {
        guard let dot = text.firstIndex(of: "."), let value = Int64(text[..<dot]),
            let journey = JourneyID(text[text.index(after: dot)...])
        else { return nil }
        self.init(value: value, journey: journey)
    }

    package var description: String { "\(value).\(journey.text)" }
}

/// Some of a list, and where it goes on.
package struct Page<Item: Sendable>: Sendable {
    package var items: [Item]
    /// Nil on the last page.
    package var next: PageKey?

    package init(items: [Item], next: PageKey? = nil) {
        self.items = items
        self.next = next
    }
}

/// A stretch of time: `from` included, `to` not.
package struct Period: Hashable, Sendable {
    package var from: Instant
    package var to: Instant

    package init(from: Instant, to: Instant) {
        self.from = from
        self.to = to
    }

    package func contains(_ instant: Instant) -> Bool { from <= instant && instant < to }
}
