internal import Experience
internal import Storage

/// What the configuration says is to go when.
struct RetentionSchedule: Sendable {
    struct Line: Sendable, Hashable {
        var rule: RetentionRule
        /// How long it is kept, in the rule's own measure: days, or months of the record.
        var keeps: Int
        /// Everything kept before this goes now.
        var cutoff: Instant
    }

    let settings: RetentionSettings

    /// The lines in the order they are carried out.
    func lines(at now: Instant) -> [Line] {
        func days(_ rule: RetentionRule, _ count: Int?) -> Line? {
            count.map { Line(rule: rule, keeps: $0, cutoff: now.advanced(by: -Int64($0) * Instant.day)) }
        }
        var lines = [
            days(.words, settings.wordsDays), days(.contacts, settings.contactsDays),
            days(.messages, settings.messagesDays),
        ].compactMap { $0 }
        if let months = settings.recordMonths {
            lines.append(Line(rule: .months, keeps: months, cutoff: Self.monthsBefore(now, months)))
        }
        return lines
    }

    /// The beginning of the month that lies so many months before this one.
    static func monthsBefore(_ now: Instant, _ count: Int) -> Instant {
        let day = CivilDate(utc: now)
        let month = day.year * 12 + day.month - 1 - count
        let (year, index) = (month.quotientAndRemainder(dividingBy: 12))
        return (CivilDate(year: year, month: index + 1, day: 1) ?? day).startUTC
    }

    /// Carries every line out. Months of a record that can't drop them are left, and said.
    func run(
        on record: Record, by account: String, at now: Instant, skipped: (RetentionRule) -> Void = { _ in }
    ) async throws -> [ErasureCertificate] {
        var all: [ErasureCertificate] = []
        for line in lines(at: now) {
            if line.rule == .months, !record.dropsMonths {
                skipped(line.rule)
                continue
            }
            let before = try await record.certificates(limit: 1).first?.id ?? ""
            let made = try await record.erase(line.rule, before: line.cutoff, by: account)
            all += line.rule == .months ? try await record.certificates().filter { $0.id > before }.reversed() : made
        }
        return all
    }
}
