/// Tells which columns hold journey, activity and time, by their names first and by what is in them second.
struct RoleGuess {
    let columns: [String]
    /// Some values of a column, in the order of the rows.
    let values: (Int) -> [String]

    /// Given roles are taken as they are; the others are guessed from the columns left.
    func assign(_ given: [ColumnRole: String]) throws(FormatError) -> [ColumnRole: AssignedColumn] {
        var assigned: [ColumnRole: AssignedColumn] = [:]
        for (role, name) in given {
            guard let index = columns.firstIndex(of: name) ?? columns.firstIndex(where: { Self.alike($0, name) }) else {
                throw .unknownColumn(name: name, columns: columns)
            }
            assigned[role] = AssignedColumn(index: index, guessed: false)
        }
        var taken = Set(assigned.values.map(\.index))
        func take(_ role: ColumnRole, _ index: Int?) {
            guard assigned[role] == nil, let index else { return }
            assigned[role] = AssignedColumn(index: index, guessed: true)
            taken.insert(index)
        }
        if assigned[.time] == nil { take(.time, bestTime(taken)) }
        if assigned[.journey] == nil { take(.journey, bestJourney(taken)) }
        if assigned[.activity] == nil { take(.activity, byName(.activity, taken) ?? activityByContent(taken)) }
        for role in [ColumnRole.resource, .lifecycle, .recorded] where assigned[role] == nil {
            take(role, byName(role, taken))
        }
        let missing = ColumnRole.required.filter { assigned[$0] == nil }
        guard missing.isEmpty else { throw .missingRoles(missing: missing, columns: columns) }
        return assigned
    }

    private static func alike(_ a: String, _ b: String) -> Bool {
        let a = ColumnRole.normal(a)
        return !a.isEmpty && a == ColumnRole.normal(b)
    }

    private func ranked(_ role: ColumnRole, _ taken: Set<Int>) -> [Int] {
        let names = role.names
        return columns.indices.filter { !taken.contains($0) }
            .compactMap { index in names.firstIndex(of: ColumnRole.normal(columns[index])).map { ($0, index) } }
            .sorted { $0 < $1 }.map(\.1)
    }

    private func byName(_ role: ColumnRole, _ taken: Set<Int>) -> Int? { ranked(role, taken).first }

    private func bestTime(_ taken: Set<Int>) -> Int? {
        if let named = ranked(.time, taken).first(where: { readable($0, epochs: true) >= 0.8 }) { return named }
        return columns.indices.first { !taken.contains($0) && readable($0, epochs: false) >= 0.95 }
            ?? ranked(.time, taken).first
    }

    private func readable(_ column: Int, epochs: Bool) -> Double {
        var guess = TimeFormatGuess()
        for value in values(column).prefix(200) { withBytes(of: value) { guess.observe($0) } }
        if !epochs,
            guess.decision == .epochSeconds || guess.decision == .epochMilliseconds
                || guess.decision == .epochMicroseconds
        {
            return 0
        }
        return guess.readable
    }

    private func bestJourney(_ taken: Set<Int>) -> Int? {
        let named = ranked(.journey, taken)
        // An id no two rows share numbers the rows, not the journeys, if another column could be meant.
        if named.count > 1, let shared = named.first(where: { repeats($0) }) { return shared }
        if let first = named.first { return first }
        let ids = columns.indices.filter {
            !taken.contains($0) && ColumnRole.normal(columns[$0]).hasSuffix("id") && repeats($0)
        }
        return ids.first
    }

    private func repeats(_ column: Int) -> Bool {
        let values = values(column)
        return values.count < 3 || Set(values).count < values.count
    }

    /// The only text column whose few values come again and again.
    private func activityByContent(_ taken: Set<Int>) -> Int? {
        let candidates = columns.indices.filter { column in
            guard !taken.contains(column) else { return false }
            let values = values(column).filter { !$0.isEmpty }
            let distinct = Set(values).count
            guard values.count >= 4, distinct >= 2, distinct <= max(2, values.count / 2) else { return false }
            return values.allSatisfy { Double($0) == nil }
        }
        return candidates.count == 1 ? candidates.first : nil
    }
}

struct AssignedColumn: Sendable, Hashable {
    var index: Int
    var guessed: Bool
}
