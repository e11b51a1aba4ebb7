/// What those who run the server ask of it.
package struct OperationsDesk: Sendable {
    /// Whether the server can do its work now, part by part.
    package var checks: @Sendable () async -> [ReadinessCheck]
    /// Every metric in Prometheus' text format.
    package var metrics: @Sendable () async -> String
    /// How the running parts stand.
    package var system: @Sendable () async throws -> SystemView
    /// What an administrator should look at now.
    package var alarms: @Sendable () -> [SystemAlarm]

    /// Without arguments: nothing is checked, so the server is ready, and nothing is measured.
    package init(
        checks: @escaping @Sendable () async -> [ReadinessCheck] = { [] },
        metrics: @escaping @Sendable () async -> String = { "" },
        system: @escaping @Sendable () async throws -> SystemView = { SystemView() },
        alarms: @escaping @Sendable () -> [SystemAlarm] = { [] }
    ) {
        self.checks = checks
        self.metrics = metrics
        self.system = system
        self.alarms = alarms
    }

    package static let none = OperationsDesk()
}

/// One part of being ready. Anybody may ask, so it says which part and no more.
package struct ReadinessCheck: Sendable, Hashable {
    package var name: String
    package var isMet: Bool
    /// False: the server does its work without it, and only warns.
    package var isRequired: Bool

    package init(_ name: String, isMet: Bool, isRequired: Bool = true) {
        self.name = name
        self.isMet = isMet
        self.isRequired = isRequired
    }
}
