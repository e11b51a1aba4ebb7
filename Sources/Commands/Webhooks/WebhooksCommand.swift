internal import ArgumentParser
internal import Experience
internal import Formats
internal import Foundation
internal import Storage

/// Who is told of promise events.
struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks", abstract: "Tell other systems of promise events: add, list and remove addresses.",
        subcommands: [WebhooksAdd.self, WebhooksList.self, WebhooksRemove.self])
}

struct WebhooksAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Tell an address of every promise event from now on; its secret is printed this once.",
        discussion: "The secret alone goes to standard output. Messages are signed as Standard Webhooks asks.")

    @Argument(help: "Where to post, https://…")
    var url: String

    @Option(help: "Agency whose promises to tell of.")
    var agency: String

    @Option(help: "Only this service's.")
    var service: String?

    @Flag(help: "Let it lead into a private network; the server must be started with the same flag.")
    var webhooksPrivate = false

    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            let definitions = try allDefinitions(data: data, place: place)
            let agency = try definitions.agency(named: agency)
            var chosen: ServiceID?
            if let service {
                guard let found = definitions.first(where: { $0.id.text == service && $0.agency == agency }) else {
                    throw CommandFailure.usage("the agency \(agency) has no service “\(service)”; see services list.")
                }
                chosen = found.id
            }
            let address = try WebhookAddress.check(url, allowsPrivate: webhooksPrivate)
            try await data.onRecord { record in
                let added = try await record.addWebhook(
                    agency: agency, url: address, service: chosen, by: "command line")
                printError("Webhook \(added.webhook.id). Keep its secret now; it can't be shown again.")
                print(WebhookMessage.text(added.secret))
            }
        }
    }
}

struct WebhooksList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the addresses, and how deliveries to each are going.")

    @OptionGroup var data: DataPlace

    func run() async throws {
        try await reportingFailures {
            try await data.onRecord { record in
                let hooks = try await record.webhooks()
                if hooks.isEmpty { printError("There are no webhooks; make one with webhooks add.") }
                for hook in hooks {
                    let counts = try await record.deliveryCounts(hook)
                    let state = hook.isRemoved ? "removed" : hook.pausedAt != nil ? "paused " : "in use "
                    let problem = counts.lastProblem.map { "  last problem: \($0)" } ?? ""
                    print(
                        "\(hook.id)  \(state)  \(hook.agency)/\(hook.service?.text ?? "*")  \(hook.url)  "
                            + "\(counts.delivered) delivered, \(counts.waiting) waiting, \(counts.failed) failed\(problem)"
                    )
                }
            }
        }
    }
}

struct WebhooksRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Tell an address nothing more.")

    @Argument(help: "The webhook, as webhooks list names it.")
    var webhook: String

    @OptionGroup var data: DataPlace

    func run() async throws {
        try await reportingFailures {
            try await data.onRecord { record in
                guard let found = try await record.webhooks().first(where: { $0.id == webhook && !$0.isRemoved }) else {
                    throw CommandFailure.usage("there is no webhook \(webhook); see webhooks list.")
                }
                _ = try await record.removeWebhook(found.id, agency: found.agency, by: "command line")
                print("Removed \(found.id); it is told nothing more.")
            }
        }
    }
}
