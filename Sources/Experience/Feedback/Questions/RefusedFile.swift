/// A file that was given and not taken by a malware scan: stands among the answers in the place of its ``FileNote``.
package enum RefusedFile: String, Sendable {
    case infected
    /// There was no verdict.
    case unchecked

    /// No kind of file is called so: never read as a file's note.
    package var note: String { "\(rawValue):" }

    init?(note: String) {
        guard note.hasSuffix(":") else { return nil }
        self.init(rawValue: String(note.dropLast()))
    }

    var problem: AnswerProblem {
        switch self {
        case .infected: .infectedFile
        case .unchecked: .uncheckedFile
        }
    }
}
