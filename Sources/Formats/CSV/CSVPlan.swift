/// How one table is to be read: settled before the first row.
struct CSVPlan: Sendable {
    var delimiter: UInt8
    var columns: [String]
    var roles: [ColumnRole: AssignedColumn]
    var timeFormat: TimeFormat

    var assigned: [AssignedRole] {
        ColumnRole.allCases.compactMap { role in
            roles[role].map { AssignedRole(role: role, column: columns[$0.index], guessed: $0.guessed) }
        }
    }

    init(_ input: LogInput, _ options: LogReadingOptions) throws(FormatError) {
        let isWhole = input.head.count < LogInput.headSize
        let guessed = try CSVSample.guessDelimiter(head: input.head, isWhole: isWhole)
        guard let delimiter = options.delimiter ?? guessed else { throw .unknownFormat(path: input.path) }
        let sample = try CSVSample(
            head: input.head, isWhole: isWhole, delimiter: delimiter, hasHeader: options.hasHeader)
        guard !sample.rows.isEmpty else { throw .noEvents(rejected: 0, first: nil) }
        guard sample.columns.count <= XESHeader.keyLimit else {
            throw .refused(
                format: .csv, at: InputPosition(line: 1, byte: 0),
                reason: "it has \(sample.columns.count) columns, more than \(XESHeader.keyLimit)")
        }
        self.delimiter = delimiter
        columns = sample.columns
        let guess = RoleGuess(columns: columns) { sample.values($0) }
        roles = try guess.assign(options.roles)
        timeFormat = .iso8601
        if let given = options.timeFormat {
            timeFormat = given
        } else {
            timeFormat = try guessTime(input, sample)
        }
    }

    private func guessTime(
        _ input: LogInput, _ sample: CSVSample
    ) throws(FormatError) -> TimeFormat {
        guard let column = roles[.time]?.index else { return .iso8601 }
        var guess = TimeFormatGuess()
        for value in sample.values(column) { withBytes(of: value) { guess.observe($0) } }
        if guess.isOpen, let reopen = input.reopen {
            // No row of the sample has a day past 12: the whole column must speak.
            var table = try CSVTokenizer(try reopen(), delimiter: delimiter)
            while guess.isOpen, try table.next() {
                guard table.fault == .none, column < table.fieldCount else { continue }
                guess.observe(table.field(column))
            }
        }
        if let decision = guess.decision { return decision }
        if let example = guess.example { throw .ambiguousDates(column: columns[column], example: example) }
        throw .unreadableTimes(column: columns[column], example: guess.neither ?? "")
    }
}
