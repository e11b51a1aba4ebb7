/// What is kept beside an answer that came over an open channel, to tell one voice from one voice many times: no words,
/// no address, only a keyed mark of the sender and a sketch of the text, both forgotten after a month.
package struct IntakeMark: Hashable, Sendable {
    /// An answer by the source and id of its event.
    package struct Key: Hashable, Sendable {
        package var source: String
        package var sourceID: String

        package init(source: String, sourceID: String) {
            self.source = source
            self.sourceID = sourceID
        }
    }

    package enum State: String, CaseIterable, Sendable, Codable {
        /// Nothing stands against it.
        case clear
        /// In quarantine until somebody has looked, or until the queue lets it through.
        case held
        /// Looked at and let through; never held again by itself.
        case released
        /// Looked at and left out of scores; still in the record.
        case leftOut = "left_out"
    }

    package enum Reason: String, CaseIterable, Sendable, Codable {
        /// Came in a flood without the work that was asked for.
        case flood
        /// One of many copies of a text.
        case copies
        /// A burst from few senders.
        case fewSenders = "few_senders"
        /// From a device nobody issued, at a place that has issued ones.
        case unknownDevice = "unknown_device"
    }

    package var key: Key
    package var form: Slug
    package var channel: Channel
    package var touchpoint: Slug?
    package var at: Instant
    package var rating: Int?
    /// A keyed mark of where it came from, good for one day; nil where nothing is known or it was forgotten.
    package var sender: String?
    /// The smallest hashes of the text's shingles, ascending; empty for a text too short to compare.
    package var sketch: [UInt64]
    package var state: State
    package var reasons: [Reason]
    /// Pieces of personal data taken out of its words.
    package var redactions: Int

    package init(
        key: Key, form: Slug, channel: Channel, touchpoint: Slug? = nil, at: Instant, rating: Int? = nil,
        sender: String? = nil, sketch: [UInt64] = [], state: State = .clear, reasons: [Reason] = [],
        redactions: Int = 0
    ) {
        self.key = key
        self.form = form
        self.channel = channel
        self.touchpoint = touchpoint
        self.at = at
        self.rating = rating
        self.sender = sender
        self.sketch = sketch
        self.state = state
        self.reasons = reasons
        self.redactions = redactions
    }
}
