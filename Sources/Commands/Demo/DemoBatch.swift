package import Experience

/// Simulated events in the order they occurred, and the words people gave with some of them.
package struct DemoBatch: Sendable {
    package var events: [Event]
    package var words: [DemoWords]

    package init(events: [Event], words: [DemoWords]) {
        self.events = events
        self.words = words
    }
}

/// Free text given with a response: it belongs in the vault, under the response's source and source id.
package struct DemoWords: Hashable, Sendable {
    package var agency: AgencyID
    package var source: String
    package var sourceID: String
    /// The question's id.
    package var field: String
    package var text: String
}
