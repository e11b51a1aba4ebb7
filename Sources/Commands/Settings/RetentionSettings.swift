internal import Configuration

/// How long what is kept. Nil = for ever.
struct RetentionSettings: Sendable, Hashable {
    var wordsDays: Int?
    var contactsDays: Int?
    var messagesDays: Int?
    var recordMonths: Int?
    /// At which hour of the site's day the schedule runs.
    var hour: Int

    var isEmpty: Bool { wordsDays == nil && contactsDays == nil && messagesDays == nil && recordMonths == nil }

    init(_ config: ConfigReader) throws {
        func days(_ key: String, most: Int) throws -> Int? {
            guard let value = config.int(forKey: ConfigKey(key.split(separator: ".").map(String.init))) else {
                return nil
            }
            guard (1...most).contains(value) else {
                throw CommandFailure.usage("\(key) is \(value); write 1 to \(most), or leave it out to keep for ever.")
            }
            return value
        }
        wordsDays = try days("retention.words.days", most: 36_500)
        contactsDays = try days("retention.contacts.days", most: 36_500)
        messagesDays = try days("retention.messages.days", most: 36_500)
        recordMonths = try days("retention.record.months", most: 1_200)
        hour = config.int(forKey: "retention.hour", default: 3)
        guard (0...23).contains(hour) else {
            throw CommandFailure.usage("retention.hour is \(hour); write an hour from 0 to 23.")
        }
    }
}
