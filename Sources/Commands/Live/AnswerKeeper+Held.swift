internal import Analyses
internal import Experience
internal import Logging
internal import ServiceLifecycle
internal import Storage

extension ResponseColumns {
    /// Takes over which answers are in quarantine or left out.
    mutating func hold(_ keys: Set<IntakeMark.Key>) {
        self.hold(Set(keys.map { ResponseColumns.hash($0.source, $0.sourceID) }))
    }
}

/// Keeps the scores apart from answers that were put aside, within seconds of the decision.
struct HeldAnswers: Service {
    let record: Record
    let answers: AnswerKeeper
    let services: @Sendable () -> [ServiceDefinition]
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await refresh()
                } catch {
                    logger.error("the answers put aside could not be read", metadata: ["reason": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    func refresh() async throws {
        try await answers.settle(record)
        for definition in services() {
            let keys = try await record.heldKeys(agency: definition.agency, service: definition.id)
            answers.hold(Set(keys.map { ResponseColumns.hash($0.source, $0.sourceID) }), of: definition.id)
        }
    }
}
