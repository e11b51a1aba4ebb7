/// Where in an input something was found: the line (from 1) and the byte offset (from 0) in the unpacked text.
package struct InputPosition: Sendable, Hashable, CustomStringConvertible {
    package var line: Int
    package var byte: Int64

    package init(line: Int, byte: Int64) {
        self.line = line
        self.byte = byte
    }

    package var description: String { "line \(line) (byte \(byte))" }
}

/// Why a file could not be read or written. Every description is one sentence that says what to do.
package enum FormatError: Error, Sendable, Hashable {
    case cannotOpen(path: String, reason: String)
    case cannotRead(path: String, reason: String)
    case cannotWrite(path: String, reason: String)
    case unknownFormat(path: String)
    case empty(path: String)
    /// The input breaks its format's grammar at `position`.
    case damaged(format: LogFormat, at: InputPosition, reason: String)
    /// The input is well formed but asks for something that is never read: entities, a document type, endless nesting.
    case refused(format: LogFormat, at: InputPosition, reason: String)
    case damagedArchive(reason: String)
    case tooLarge(limit: Int64)
    case missingRoles(missing: [ColumnRole], columns: [String])
    case unknownColumn(name: String, columns: [String])
    case ambiguousDates(column: String, example: String)
    case unreadableTimes(column: String, example: String)
    case unknownTimeFormat(String)
    case unknownTimeZone(String)
    case unknownObjectType(name: String?, types: [String])
    case unknownClassifier(name: String, classifiers: [String])
    /// A row was bad and the caller asked for none to be.
    case badRow(RejectedRow)
    /// Nothing in the file could be used; `first` is an example of why.
    case noEvents(rejected: Int, first: RejectedRow?)
}

extension FormatError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
        case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        case .unknownFormat(let path):
            "cannot tell what \(path) is: name the format (xes, csv, jsonl, ocel-json or ocel-xml)"
        case .empty(let path): "\(path) is empty: nothing to read"
        case .damaged(let format, let position, let reason):
            "damaged \(format.title) at \(position): \(reason)"
        case .refused(let format, let position, let reason):
            "\(format.title) refused at \(position): \(reason)"
        case .damagedArchive(let reason): "damaged gzip data: \(reason); fetch the file again"
        case .tooLarge(let limit):
            "the file unpacks to more than the limit of \(limit) bytes: split it or raise the limit"
        case .missingRoles(let missing, let columns):
            "cannot tell which column holds the \(list(missing.map(\.title))): name it; the columns are \(list(columns))"
        case .unknownColumn(let name, let columns): "there is no column “\(name)”: the columns are \(list(columns))"
        case .ambiguousDates(let column, let example):
            "“\(example)” in column “\(column)” could be day first or month first, and no row settles it:"
                + " pass the time format day-first or month-first"
        case .unreadableTimes(let column, let example):
            "“\(example)” in column “\(column)” is no date and time that can be read:"
                + " name another time column or pass a time format (\(list(TimeFormat.allCases.map(\.rawValue))))"
        case .unknownTimeFormat(let name):
            "there is no time format “\(name)”: use one of \(list(TimeFormat.allCases.map(\.rawValue)))"
        case .unknownTimeZone(let name):
            "there is no time zone “\(name)”: use an offset such as +01:00 or a name such as Europe/Amsterdam"
        case .unknownObjectType(let name, let types):
            if let name {
                "there is no object type “\(name)”: use one of \(list(types))"
            } else {
                "an object-centric log needs the object type whose objects are the journeys: use one of \(list(types))"
            }
        case .unknownClassifier(let name, let classifiers):
            "there is no classifier “\(name)”: "
                + (classifiers.isEmpty ? "the log declares none" : "the log declares \(list(classifiers))")
        case .badRow(let row): "\(row)"
        case .noEvents(let rejected, let first):
            if let first {
                "none of the \(rejected) rows is a usable event; the first: \(first)"
            } else {
                "there is no event in it"
            }
        }
    }

    private func list(_ names: [String]) -> String { names.prefix(40).joined(separator: ", ") }
}

/// A row that was left out: its line (for XES the line of the event's end), why, and the start of its text.
package struct RejectedRow: Sendable, Hashable, CustomStringConvertible {
    package var line: Int
    package var reason: String
    /// At most ``excerptLimit`` bytes of the row as written; empty where the format has no rows.
    package var excerpt: String

    package static let excerptLimit = 160

    package init(line: Int, reason: String, excerpt: String) {
        self.line = line
        self.reason = reason
        self.excerpt = excerpt
    }

    package var description: String { "line \(line): \(reason)" + (excerpt.isEmpty ? "" : ": \(excerpt)") }
}
