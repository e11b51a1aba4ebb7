/// The control number under which a form may be asked, and until when.
package struct FormApproval: Hashable, Sendable {
    package var controlNumber: String
    /// The last day on which the form may be asked.
    package var expires: CivilDate
    /// What a response takes, in minutes.
    package var minutes: Double?
    /// Staff are warned this many days before.
    package var warnDays: Int

    package static let usualWarning = 60

    package init(
        controlNumber: String, expires: CivilDate, minutes: Double? = nil, warnDays: Int = FormApproval.usualWarning
    ) {
        self.controlNumber = controlNumber
        self.expires = expires
        self.minutes = minutes
        self.warnDays = warnDays
    }

    package enum Standing: Hashable, Sendable {
        case inForce
        /// In force, with this many days left: 0 on the last.
        case ending(days: Int)
        case expired
    }

    package func standing(on today: CivilDate) -> Standing {
        let left = expires.daysSince1970 - today.daysSince1970
        if left < 0 { return .expired }
        return left <= warnDays ? .ending(days: left) : .inForce
    }
}

extension FormDefinition {
    /// The approval that holds for the form: its own, else its service's, whose minutes are those of the request and
    /// say nothing of a form.
    package func approval(in service: ServiceDefinition?) -> FormApproval? {
        approval
            ?? service?.collection.map {
                FormApproval(controlNumber: $0.controlNumber, expires: $0.expires, minutes: nil)
            }
    }

    /// False when staff closed it, or its approval has expired: to everyone, on every channel.
    package func mayBeAsked(in service: ServiceDefinition?, on today: CivilDate) -> Bool {
        !isClosed && approval(in: service)?.standing(on: today) != .expired
    }
}
