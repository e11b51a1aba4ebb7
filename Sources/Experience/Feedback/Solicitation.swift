/// How a person came to answer. Kept with every answer: invited people and volunteers are not the same people, and a
/// score that mixes them says so.
package enum Solicitation: String, CaseIterable, Sendable, Codable, Hashable {
    /// Chosen and asked by message or by an agent.
    case invited
    /// Chosen and asked on the spot: on a page, in a widget.
    case intercepted
    /// Came by themselves: a link, a poster, a word sent by SMS.
    case volunteered
    /// Pressed a face on a device in passing.
    case kiosk
    /// Came in a file from another system, which knows how they were asked.
    case imported
    /// Was written for the public on another site.
    case review
}

/// The names of a response's attributes that are no answers.
package enum ResponseKey {
    package static let form = "form"
    package static let formVersion = "form_version"
    package static let language = "language"
    package static let simulated = "simulated"
    package static let solicited = "solicited"
    /// The transaction of the offer this answers.
    package static let offer = "offer"
    /// The kiosk it came from.
    package static let device = "device"
    /// What stood against it when it came: a word of ``IntakeMark/Reason``. What became of it is not in the event.
    package static let held = "held"
    /// The address of a review.
    package static let url = "url"

    package static let all: Set<String> = [
        form, formVersion, language, simulated, solicited, offer, device, held, url,
    ]
}
