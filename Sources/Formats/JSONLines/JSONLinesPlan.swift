/// Which keys of the objects hold what.
struct JSONLinesPlan: Sendable {
    var roles: [ColumnRole: String]
    var assigned: [AssignedRole]
    var timeFormat: TimeFormat

    static let none = JSONLinesPlan(roles: [:], assigned: [], timeFormat: .iso8601)

    private init(roles: [ColumnRole: String], assigned: [AssignedRole], timeFormat: TimeFormat) {
        self.roles = roles
        self.assigned = assigned
        self.timeFormat = timeFormat
    }

    init(_ input: LogInput, _ options: LogReadingOptions) throws(FormatError) {
        let sample = try JSONLinesSample(head: input.head)
        guard sample.rows > 0 else { throw .noEvents(rejected: 0, first: nil) }
        let guess = RoleGuess(columns: sample.keys) { sample.values($0) }
        let columns = try guess.assign(options.roles)
        roles = columns.mapValues { sample.keys[$0.index] }
        assigned = ColumnRole.allCases.compactMap { role in
            columns[role].map { AssignedRole(role: role, column: sample.keys[$0.index], guessed: $0.guessed) }
        }
        timeFormat = .iso8601
        if let given = options.timeFormat {
            timeFormat = given
        } else if let column = columns[.time]?.index {
            var times = TimeFormatGuess()
            for value in sample.values(column) { withBytes(of: value) { times.observe($0) } }
            guard let decision = times.decision else {
                if let example = times.example { throw .ambiguousDates(column: sample.keys[column], example: example) }
                throw .unreadableTimes(column: sample.keys[column], example: times.neither ?? "")
            }
            timeFormat = decision
        }
    }
}
