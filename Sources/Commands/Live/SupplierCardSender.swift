package import Experience
package import Logging
internal import ServiceLifecycle

/// Sends every supplier its card of the last month by itself, once the month can be judged: the first day on which every
/// line of it has had its days.
///
/// Several nodes may run one each, and a server may have been down on the day: what is sent has one key a link and month
/// in the outbox, so that each card goes out once, whoever is first.
package struct SupplierCardSender: Service {
    private let definitions: @Sendable () -> [ServiceDefinition]
    private let today: @Sendable () -> CivilDate
    /// Queues the month's cards that were not queued before; gives how many.
    private let send: @Sendable (ServiceDefinition, _ month: CivilDate) async throws -> Int
    private let logger: Logger

    /// - Parameter send: queues the cards of a month that are not queued yet, and gives how many those were.
    package init(
        definitions: @escaping @Sendable () -> [ServiceDefinition], today: @escaping @Sendable () -> CivilDate,
        send: @escaping @Sendable (ServiceDefinition, _ month: CivilDate) async throws -> Int, logger: Logger
    ) {
        self.definitions = definitions
        self.today = today
        self.send = send
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await self.sendDue()
                } catch {
                    if Task.isCancelled { break }
                    self.logger.error("suppliers' cards could not be sent", metadata: ["reason": "\(error)"])
                }
                // A card is a monthly thing; a supplier who got a link today need not wait for tomorrow.
                try? await Task.sleep(for: .seconds(600))
            }
        }
    }

    /// Sends what is due today; gives how many cards that were.
    @discardableResult
    package func sendDue() async throws -> Int {
        var sent = 0
        for definition in definitions() {
            guard let rule = definition.suppliers, let month = rule.programme.lastJudgedMonth(on: today()) else {
                continue
            }
            let count = try await send(definition, month)
            sent += count
            if count > 0 {
                logger.notice(
                    "suppliers' cards were queued",
                    metadata: [
                        "service": "\(definition.id)", "month": "\(month.description.prefix(7))", "cards": "\(count)",
                    ])
            }
        }
        return sent
    }
}
