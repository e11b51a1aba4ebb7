internal import Experience
internal import Formats
internal import Logging
internal import ServiceLifecycle
internal import Storage

/// Takes up a changed service definition within a second.
struct CatalogueWatcher: Service {
    let catalogue: LiveCatalogue
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                guard let findings = catalogue.refresh(today: CivilDate(utc: .now)) else { continue }
                for finding in findings { logger.warning("\(finding)") }
                logger.notice(
                    "service definitions read again", metadata: ["services": "\(catalogue.current.services.count)"])
            }
        }
    }
}
