/// One thing wrong in a service definition: where, what, and what to write instead.
package struct ServiceFinding: Hashable, Sendable, CustomStringConvertible {
    package enum Severity: String, Sendable { case error, warning }

    package var severity: Severity
    package var file: String
    /// From 1; 0 when the whole file is meant.
    package var line: Int
    package var column: Int
    /// Where in the definition, as `promise.from` or `steps[3].by`.
    package var path: String
    package var message: String

    package init(
        severity: Severity = .error, file: String, line: Int, column: Int = 0, path: String, message: String
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.message = message
    }

    /// `services/x.yaml:12: error: promise.from: …`, which editors and CI turn into a link.
    package var description: String {
        "\(file):\(line): \(severity.rawValue): \(path.isEmpty ? "" : path + ": ")\(message)"
    }
}
