internal import ArgumentParser
internal import Experience
internal import Foundation
internal import Storage

/// API keys of the systems that send events. A running server knows a key from the moment it is issued, and no
/// longer from the moment it is revoked.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Issue, list and revoke the API keys of systems that send events.",
        subcommands: [KeysIssue.self, KeysList.self, KeysRevoke.self])
}

struct KeysIssue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Make a key for one system; its secret is printed this once.",
        discussion: "The secret alone goes to standard output, so that a script can keep it.")

    @Option(help: "Agency whose services the system may write to.")
    var agency: String

    @Option(help: "Name of the system; event ids are unique within it.")
    var source: String

    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            let agency = try allDefinitions(data: data, place: place).agency(named: agency)
            try await data.onRecord { record in
                let accounts = record.accounts
                let issued = try await accounts.issueKey(agency: agency, source: source, by: "command line")
                printError("Key \(issued.key.id) for \(source). Keep its secret now; it can't be shown again.")
                print(issued.secret)
            }
        }
    }
}

struct KeysList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List an agency's keys, without their secrets.")

    @Option(help: "Agency whose keys to list.")
    var agency: String

    @OptionGroup var data: DataPlace

    func run() async throws {
        try await reportingFailures {
            let agency = try agencyID(agency)
            try await data.onRecord { record in
                let accounts = record.accounts
                let keys = try await accounts.keys(agency: agency)
                if keys.isEmpty { printError("The agency \(agency) has no keys; make one with keys issue.") }
                for key in keys {
                    print("\(key.id)  \(key.createdAt)  \(key.isRevoked ? "revoked" : "in use ")  \(key.source)")
                }
            }
        }
    }
}

struct KeysRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a key; what it sent stays in the record.")

    @Argument(help: "The key, as keys list names it.")
    var key: String

    @Option(help: "Agency the key belongs to.")
    var agency: String

    @OptionGroup var data: DataPlace

    func run() async throws {
        try await reportingFailures {
            let agency = try agencyID(agency)
            try await data.onRecord { record in
                let accounts = record.accounts
                guard let known = try await accounts.keys(agency: agency).first(where: { $0.id == key }) else {
                    throw CommandFailure.usage("the agency \(agency) has no key \(key); see keys list.")
                }
                guard !known.isRevoked else {
                    throw CommandFailure.usage("the key \(key) is revoked already.")
                }
                try await accounts.revokeKey(key, agency: agency, by: "command line")
                print("Revoked \(key), the key of \(known.source).")
            }
        }
    }
}

private func agencyID(_ text: String) throws -> AgencyID {
    guard let agency = AgencyID(text) else {
        throw CommandFailure.usage("“\(text)” can't be an agency; agencies are named as in the service definitions.")
    }
    return agency
}
