internal import Channels
internal import Experience
internal import Site
internal import Storage

/// The ways a person left by which they can be written to. Looking at them opens nothing.
struct Reach: Sendable {
    struct Way: Sendable {
        var channel: ReplyChannel
        var subject: VaultSubject
        var field: String
        /// The journey whose person it is; nil for an answer that belongs to none.
        var journey: JourneyID?
    }

    let record: Record

    /// The number somebody wrote from: kept with their answer for as long as replies make sense.
    static let smsField = "contact.sms"

    /// The person of a journey: what they left when they asked for the service.
    func person(_ journey: JourneyID, _ definition: ServiceDefinition) async throws(StorageError) -> [Way] {
        let subject = VaultSubject.person(journey, agency: definition.agency)
        var candidates = definition.request.compactMap { question -> Way? in
            Reach.channel(question.kind).map {
                Way(channel: $0, subject: subject, field: question.id.text, journey: journey)
            }
        }
        // Journeys that came from elsewhere keep addresses under these names.
        candidates.append(Way(channel: .email, subject: subject, field: "email", journey: journey))
        candidates.append(Way(channel: .sms, subject: subject, field: "phone", journey: journey))
        return try await kept(candidates)
    }

    /// Whoever gave an answer: what they wrote into it, or the number they wrote from, else the journey's person.
    func answerer(
        _ event: Event, _ form: FormDefinition?, _ definition: ServiceDefinition
    ) async throws(StorageError) -> [Way] {
        let subject = VaultSubject.response(event)
        var candidates = (form?.questions ?? []).compactMap { question -> Way? in
            Reach.channel(question.kind).map {
                Way(channel: $0, subject: subject, field: question.id.text, journey: nil)
            }
        }
        candidates.append(Way(channel: .sms, subject: subject, field: Reach.smsField, journey: nil))
        var found = try await kept(candidates)
        if !event.journey.isUnattached {
            for way in try await person(event.journey, definition)
            where !found.contains(where: { $0.channel == way.channel }) {
                found.append(way)
            }
        }
        return found
    }

    private static func channel(_ kind: Question.Kind) -> ReplyChannel? {
        switch kind {
        case .email: .email
        case .phone: .sms
        default: nil
        }
    }

    /// The first of each channel that is kept.
    private func kept(_ candidates: [Way]) async throws(StorageError) -> [Way] {
        var found: [Way] = []
        for way in candidates where !found.contains(where: { $0.channel == way.channel }) {
            if try await record.keeps(way.field, of: way.subject) { found.append(way) }
        }
        return found
    }

    /// Where a message goes; nil when what is kept is no address, or the number asked for nothing more.
    ///
    /// - Parameter reader: whose reading of the address is noted.
    func recipient(_ way: Way, reader: String) async throws(StorageError) -> Result<OutgoingMessage.Recipient, Silence>
    {
        if way.channel == .email, let journey = way.journey {
            return .success(.person(journey, field: way.field))
        }
        guard let text = try await record.words(of: way.subject, reader: reader)[way.field] else {
            return .failure(.noAddress)
        }
        guard way.channel == .sms else { return .success(.address(text)) }
        guard let number = PhoneNumber(text) else { return .failure(.noAddress) }
        if try await record.isStopped(person: number.text, agency: way.subject.agency) { return .failure(.stopped) }
        if let journey = way.journey { return .success(.person(journey, field: way.field)) }
        return .success(.address(number.text))
    }

    enum Silence: Error {
        case noAddress, stopped
    }
}
