/// What those who run the server ask of it.
package struct OperationsDesk: Sendable {
    /// Whether the server can do its work now, part by part.
    package var checks: @Sendable () async -> [ReadinessCheck]
    /// Every metric in Prometheus' text format.
    package var metrics: @Sendable () async -> String

    /// Without arguments: nothing is checked, so the server is ready, and nothing is measured.
    package init(
        checks: @escaping @Sendable () async -> [ReadinessCheck] = { [] },
        metrics: @escaping @Sendable () async -> String = { "" }
    ) {
        self.checks = checks
        self.metrics = metrics
    }

    package static let none = OperationsDesk()
}

/// One part of being ready. Anybody may ask, so it says which part and no more.
package struct ReadinessCheck: Sendable, Hashable {
    package var name: String
    package var isMet: Bool

    package init(_ name: String, isMet: Bool) {
        self.name = name
        self.isMet = isMet
    }
}
